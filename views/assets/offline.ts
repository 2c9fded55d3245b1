/**
 * What a page shows of the service worker: whether there is a network, and how many awards wait for one. Whoever is not signed in has
 * nothing of anybody kept in this browser but what still waits to be sent.
 */
import type { WaitingState } from '../shared/worker-messages.ts';
import { askWorker } from './ask-worker.ts';

/** A browser says that it is online before the way to the server is open, so the first tries follow quickly, each pause twice the last. */
const LONGEST_PAUSE_MS = 30_000;

const page = document.documentElement;
const { reader, village = '', look = '' } = page.dataset;
const line = document.getElementById('connection');

let tries = 0;
let nextTry: number | undefined;

/** A page that opens without network is drawn for nobody and says nothing of who is signed in; neither does a copy. */
const isCopy = page.dataset['offline'] !== undefined;
const isKept = isCopy || document.querySelector('[data-shell]') !== null;
if (reader === undefined && !isKept) void forgetReaders();
else if ('serviceWorker' in navigator) start();

function start(): void {
  if (reader !== undefined) navigator.serviceWorker.register('/sw.js').catch(() => {});
  const first = askWorker<WaitingState>(
    isKept || reader === undefined ? { ask: 'send' } : { ask: 'hello', reader, look, village: village || null },
  );
  first.then(follow, () => {});
  navigator.serviceWorker.addEventListener('message', () => {
    askWorker<WaitingState>({ ask: 'state' }).then(follow, () => {});
  });
  for (const name of ['online', 'offline']) {
    window.addEventListener(name, () => {
      tries = 0;
      retry();
    });
  }
}

/** As long as something waits it is tried again, by this page as by every other one; the worker sends each but once. */
function follow(state: WaitingState | null): void {
  if (state) show(state);
  if (state?.waiting.length === 0) tries = 0;
  else nextTry ??= window.setTimeout(retry, Math.min(1_000 * 2 ** tries++, LONGEST_PAUSE_MS));
}

function retry(): void {
  clearTimeout(nextTry);
  nextTry = undefined;
  askWorker<WaitingState>({ ask: 'send' }).then(follow, () => {});
}

function show(state: WaitingState): void {
  const count = state.waiting.length + state.refused.length;
  const isCut = isCopy || !navigator.onLine;
  for (const words of document.querySelectorAll<HTMLElement>('[data-when-offline]')) words.hidden = !isCut;
  for (const link of document.querySelectorAll<HTMLElement>('[data-waiting-link]')) {
    link.hidden = count === 0;
    link.textContent = (link.dataset['words'] ?? '').replace('{count}', String(count));
  }
  if (!line) return;
  const kind = count > 0 ? 'waiting' : navigator.onLine ? 'online' : 'offline';
  line.dataset['state'] = kind;
  line.hidden = false;
  line.textContent = (line.dataset[kind] ?? '').replace('{count}', String(count));
}

async function forgetReaders(): Promise<void> {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith('baskets ')) sessionStorage.removeItem(name);
    for (const name of await caches.keys()) if (name.startsWith('copies-')) await caches.delete(name);
  } catch {
    // A browser that keeps nothing.
  }
}
