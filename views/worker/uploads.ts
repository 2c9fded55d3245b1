/**
 * Awards that were entered without network. Each waits under the key that was drawn for it, so that whether the answer was lost, two
 * pages send or the browser sends by itself, the village's record has it once. They are sent in the order in which they were entered
 * and only while the person who entered them is signed in. What is refused stays, with the reason, until that person decides.
 */

import type { NewUpload, Upload, WaitingState } from '../shared/worker-messages.ts';
import { knownReader, meet } from './copies.ts';
import { worker } from './scope.ts';
import { read, readAll, remove, write } from './store.ts';

const LONGEST_DAYS = 7;
const PATIENCE_MS = 20_000;

let needsSignIn = false;
let isSending = false;
/** Whoever asks meanwhile may know better: the network that is just being waited for in vain may have come back. */
let asksAgain = false;

export async function state(): Promise<WaitingState> {
  const [reader, all] = await Promise.all([knownReader(), readAll<Upload>('uploads')]);
  const mine = all
    .filter((upload) => upload.reader === reader)
    .sort((left, right) => left.enteredAt.localeCompare(right.enteredAt));
  return {
    reader,
    waiting: mine.filter(({ refusal }) => refusal === null),
    refused: mine.filter(({ refusal }) => refusal !== null),
    village: (await read<string>('notes', 'village')) ?? null,
    others: all.length - mine.length,
    needsSignIn,
  };
}

export async function hold(upload: NewUpload): Promise<boolean> {
  const reader = await knownReader();
  if (reader === null) return false;
  const known = await read<Upload>('uploads', upload.id);
  const enteredAt = known?.enteredAt ?? new Date().toISOString();
  await write('uploads', upload.id, { ...upload, reader, enteredAt, refusal: null } satisfies Upload);
  // Where the browser can, it sends them even after the page is closed.
  await worker.registration.sync?.register('uploads').catch(() => {});
  await tellPages();
  return true;
}

/** Only one's own. */
export async function discard(id: string): Promise<void> {
  const upload = await read<Upload>('uploads', id);
  if (upload?.reader !== (await knownReader())) return;
  await remove('uploads', id);
  await tellPages();
}

/** It reached the record on another way. */
export async function settle(id: string): Promise<void> {
  if ((await read<Upload>('uploads', id)) === undefined) return;
  await remove('uploads', id);
  await tellPages();
}

/** One sender at a time, whichever page or event asks for it; who asks while it is at work is not forgotten. */
export async function send(): Promise<void> {
  asksAgain = isSending;
  if (isSending) return;
  isSending = true;
  try {
    do {
      asksAgain = false;
      // A worker that has just been replaced may still be sending.
      await navigator.locks.request('uploads', { ifAvailable: true }, (lock) => (lock ? sendAll() : undefined));
    } while (asksAgain);
  } finally {
    isSending = false;
  }
}

async function sendAll(): Promise<void> {
  for (;;) {
    const [next] = (await state()).waiting;
    if (!next || !(await sendOne(next))) return;
    await tellPages();
  }
}

/** Whether the next one may follow. */
async function sendOne(upload: Upload): Promise<boolean> {
  if (Date.now() - Date.parse(upload.enteredAt) > LONGEST_DAYS * 86_400_000) {
    await refuse(upload, { code: 'upload_too_old', detail: '' });
    return true;
  }
  const address = `/villages/${upload.village}/awards/uploads`;
  const pass = await answerTo(address, {});
  if (!pass) return false;
  if (pass.status !== 200) return stop(pass);
  const { reader, token } = (await pass.json()) as { reader: string; token: string };
  await meet(reader);
  if (reader !== upload.reader) return true;
  const answer = await answerTo(address, { method: 'POST', body: formOf(upload, token) });
  if (!answer) return false;
  if (answer.status === 201) {
    needsSignIn = false;
    await remove('uploads', upload.id);
    return true;
  }
  const isOurs = (answer.headers.get('content-type') ?? '').startsWith('application/problem+json');
  if (!isOurs || answer.status >= 500 || answer.status === 429) return stop(answer);
  await refuse(upload, (await answer.json()) as { code: string; detail: string });
  return true;
}

function formOf({ id, fields, photos = [], photoIds = [] }: Upload, token: string): FormData {
  const form = new FormData();
  const { cards, members = [] } = fields;
  const lists = { cards: cards.join(','), members: members.join(','), photoIds: photoIds.join(',') };
  for (const [name, value] of Object.entries({ ...fields, ...lists, idempotencyKey: id, _csrf: token })) {
    form.append(name, value);
  }
  for (const photo of photos) form.append('photos', new Blob([photo], { type: 'image/jpeg' }), 'photo.jpg');
  return form;
}

async function answerTo(address: string, init: RequestInit): Promise<Response | null> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    return await fetch(address, { ...init, redirect: 'manual', signal: patience.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** Tried again later; a redirection or a 401 is the question who it is. */
function stop({ type, status }: Response): false {
  needsSignIn = type === 'opaqueredirect' || status === 401 || status === 403;
  return false;
}

async function refuse(upload: Upload, { code, detail }: { code: string; detail: string }): Promise<void> {
  await write('uploads', upload.id, { ...upload, refusal: { code, detail } } satisfies Upload);
}

export async function tellPages(): Promise<void> {
  for (const page of await worker.clients.matchAll({ type: 'window' })) page.postMessage('uploads');
}
