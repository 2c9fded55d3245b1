/**
 * The service worker: pages when there is no network, and awards that wait for it. Everything goes to the server first; a form goes to
 * the server alone, and is kept only when it certainly came from a page of this site and no answer came. Cards behind a QR code, files
 * and addresses of programs are left alone.
 */

import type { Question } from '../shared/worker-messages.ts';
import { bookPath, findBook, findDraft, isAwardForm, keepAwardForm, settleAwardForm } from './award-forms.ts';
import { findCopy, forgetCopies, isFresh, isKept, keepCopy, meet, READER, stamped } from './copies.ts';
import { worker } from './scope.ts';
import { fetchShell, findInShell, followReader, forgetOldShells, isAsset, offlinePage } from './shell.ts';
import { write } from './store.ts';
import { discard, hold, send, state, tellPages } from './uploads.ts';

/** After this long the last copy is better than waiting. */
const PAGE_PATIENCE_MS = 4_000;
const FORM_PATIENCE_MS = 20_000;

const LEFT_ALONE = /^\/(C|api|log|assets|photos)\//;

worker.addEventListener('install', (event) => {
  event.waitUntil(fetchShell().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldShells().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== worker.location.origin) return;
  if (request.method === 'GET' && isAsset(pathname)) {
    event.respondWith(findInShell(pathname).then((asset) => asset ?? fetch(request)));
    return;
  }
  if (request.mode !== 'navigate' || LEFT_ALONE.test(pathname)) return;
  if (request.method === 'GET') {
    event.respondWith(showPage(event, pathname, search === '' || pathname.endsWith('/awards/new')));
  } else if (request.referrer.startsWith(`${origin}/`)) {
    // Another site's form goes its way as if there were no worker: only ours may wait here and be sent again.
    event.respondWith(pathname === '/sign-out' ? leave(event) : sendForm(event, pathname));
  }
});

worker.addEventListener('sync', (event) => {
  event.waitUntil(
    send().then(async () => {
      const { waiting, needsSignIn } = await state();
      // Rejected, the browser tries again later by itself.
      if (waiting.length > 0 && !needsSignIn) throw new Error('some wait still');
    }),
  );
});

/** A list that was searched is not kept and not answered with the whole one; `isWhole` says that the address has nothing of the kind. */
async function showPage(event: FetchEvent, path: string, isWhole: boolean): Promise<Response> {
  const answer = fetch(event.request).then(async (response) => {
    if (response.ok && isHtml(response)) {
      await meet(response.headers.get(READER));
      if (new URL(event.request.url).search === '') event.waitUntil(keepCopy(path, response.clone()).catch(() => {}));
    }
    return response;
  });
  event.waitUntil(answer.catch(() => {}));
  const shown = await soonOr(answer, PAGE_PATIENCE_MS);
  if (shown) return shown;
  const copy = isKept(path) && isWhole ? await findCopy(path) : null;
  if (copy) return stamped(copy);
  return (await findInShell(path)) ?? answer.catch(() => offlinePage('page'));
}

/** Null when it failed or took too long. */
function soonOr(answer: Promise<Response>, patienceMs: number): Promise<Response | null> {
  return Promise.race([
    answer.catch(() => null),
    new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs)),
  ]);
}

function isHtml(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').startsWith('text/html');
}

async function sendForm(event: FetchEvent, path: string): Promise<Response> {
  const { request } = event;
  if (!isAwardForm(path)) return fetch(request).catch(() => offlinePage('form'));
  const form = request.clone().formData();
  const answer = fetch(request).then(async (response) => {
    // The record has it, even if the answer came too late for whoever waited.
    if (response.type === 'opaqueredirect') await settleAwardForm(path, await form);
    return response;
  });
  event.waitUntil(answer.catch(() => {}));
  const shown = await soonOr(answer, FORM_PATIENCE_MS);
  if (shown) return shown;
  const next = await keepAwardForm(path, await form).catch(() => null);
  return next === null ? offlinePage('form') : Response.redirect(next, 303);
}

/** Nobody leaves while something of theirs waits: the page says what, and how to leave nevertheless. */
async function leave(event: FetchEvent): Promise<Response> {
  const { waiting, refused } = await state();
  if (waiting.length + refused.length > 0) return Response.redirect('/uploads?leaving', 303);
  await forgetCopies();
  await meet(null);
  return fetch(event.request).catch(() => offlinePage('left'));
}

worker.addEventListener('message', (event) => {
  const [port] = event.ports;
  event.waitUntil(answer(event.data as Question).then((value) => port?.postMessage(value)));
});

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'hello':
      await meet(question.reader);
      if (question.village) await write('notes', 'village', question.village);
      await Promise.all([followReader(question.look), question.village && provide(question.village), send()]).catch(
        () => {},
      );
      return state();
    case 'state':
      return state();
    case 'send':
      await send();
      await tellPages();
      return state();
    case 'draft':
      return (await findDraft(question.id)) ?? null;
    case 'book':
      await provide(question.village).catch(() => {});
      return findBook(question.village);
    case 'hold':
      return hold(question.upload);
    case 'discard':
      await discard(question.id);
      return state();
  }
}

/** So that an award can be entered without network even where its form was not open before. */
async function provide(village: string): Promise<void> {
  const paths = [bookPath(village), `/villages/${village}/awards/new`, `/villages/${village}/desk`];
  for (const path of paths) {
    if (!(await isFresh(path))) await keepCopy(path, await fetch(path));
  }
}
