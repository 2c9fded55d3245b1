/**
 * The two forms of an award, when they cannot be sent. The confirmation, which names cards and sum, waits as it is, under the key
 * that it carries; what was only being prepared goes on at the page that works without network.
 */

import type { AwardBook, Draft } from '../shared/worker-messages.ts';
import { findCopy } from './copies.ts';
import { read, write } from './store.ts';
import { hold, settle } from './uploads.ts';

const AWARDS = /^\/villages\/(\d{12})\/(awards|award-previews)$/;

export function isAwardForm(path: string): boolean {
  return AWARDS.test(path);
}

/** Where the browser goes instead, or null where there is nothing to keep. */
export async function keepAwardForm(path: string, form: FormData): Promise<string | null> {
  const [, village, step] = AWARDS.exec(path) ?? [];
  if (village === undefined) return null;
  const text = (name: string) => textsOf(form, name).at(-1) ?? '';
  const list = (name: string) => textsOf(form, name).flatMap((part) => part.split(',').filter(Boolean));
  const [rule, occurredOn, note, cards] = [text('rule'), text('occurredOn'), text('note'), list('cards')];
  const key = text('idempotencyKey');
  const [times, members] = [text('times'), list('members')];
  const evidence = { photos: await bytesOf(form, 'photos'), photoIds: list('photoIds') };
  const isDecided = cards.length > 0 && text('names') === '' && list('groups').length === 0;
  if (step === 'awards' && key !== '' && isDecided) {
    const book = await findBook(village);
    const isKept = await hold({
      id: key,
      village,
      fields: { rule, occurredOn, cards, note, total: text('total'), times, members },
      ruleName: book?.rules.find(({ code }) => code === rule)?.name ?? rule,
      households: cards.map((card) => book?.households.find(({ number }) => number === card)?.name ?? card),
      ...evidence,
    });
    return isKept ? '/uploads' : null;
  }
  const draft: Draft = {
    key,
    village,
    rule,
    occurredOn,
    note,
    names: text('names'),
    cards,
    groups: list('groups').map(Number),
    times,
    members,
    ...evidence,
  };
  const id = crypto.randomUUID();
  await write('drafts', id, draft);
  return `/uploads/award?draft=${id}`;
}

function textsOf(form: FormData, name: string): string[] {
  return form.getAll(name).filter((part) => typeof part === 'string');
}

/** What is in the files now, for they may be gone when there is a network again. A field in which nothing was chosen holds an empty one. */
async function bytesOf(form: FormData, name: string): Promise<ArrayBuffer[]> {
  const files = form.getAll(name).filter((part): part is File => typeof part !== 'string' && part.size > 0);
  return Promise.all(files.map((file) => file.arrayBuffer()));
}

/** What was entered again after a refusal carries the same key: it waits no longer. */
export async function settleAwardForm(path: string, form: FormData): Promise<void> {
  if (AWARDS.exec(path)?.[2] === 'awards') await settle(textsOf(form, 'idempotencyKey').at(-1) ?? '');
}

export function findDraft(id: string): Promise<Draft | undefined> {
  return read<Draft>('drafts', id);
}

export async function findBook(village: string): Promise<AwardBook | null> {
  const copy = await findCopy(bookPath(village));
  return copy ? ((await copy.json()) as AwardBook) : null;
}

export function bookPath(village: string): string {
  return `/villages/${village}/awards/book`;
}
