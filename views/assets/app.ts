/**
 * The script of the pages for cadres: the strip that says "not saved", the keys, and the focus after a swap, where `live.ts` brings
 * htmx along. Everything on the pages works without it.
 */
import './offline.ts';
import './forget-drafts.ts';
import { keepTrying } from './keep-trying.ts';
import './kept-forms.ts';
import './left-basket.ts';
import './scanner.ts';
import './shortcuts.ts';

type HtmxDetail = { ctx?: { response?: { status: number }; target?: Element | null } };

const strip = document.getElementById('error-strip');

function showStrip(shown: boolean): void {
  if (strip && strip.hidden === shown) strip.hidden = !shown;
}

function detailOf(event: Event): HtmxDetail {
  return (event as CustomEvent<HtmxDetail>).detail ?? {};
}

// Any 4xx answer is a page of our own and is swapped in; only a broken server or network needs the strip.
document.addEventListener('htmx:response:error', (event) => {
  const status = detailOf(event).ctx?.response?.status ?? 0;
  if (status >= 500) showStrip(true);
});
document.addEventListener('htmx:error', () => showStrip(true));
document.addEventListener('htmx:before:request', () => showStrip(false));

// The answer to what was just pressed takes the focus, unless the reader is still typing in a place that survived.
document.addEventListener('htmx:after:swap', () => {
  const answer = document.querySelector<HTMLElement>('[autofocus]:not([data-focused])');
  if (!answer) return;
  answer.dataset['focused'] = '';
  answer.focus();
});
for (const shown of document.querySelectorAll<HTMLElement>('[autofocus]')) shown.dataset['focused'] = '';

// A form that was sent natively stays on screen while the network is slow: one press, one posting.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== 'post' || form.hasAttribute('hx-post')) return;
  if (form.dataset['sent'] !== undefined) {
    event.preventDefault();
    return;
  }
  // Without network what was typed stays where it is; what the worker keeps for later, and who leaves, goes its way.
  const isForWorker = /\/(awards|award-previews|sign-out)$/.test(form.getAttribute('action') ?? '');
  if (!navigator.onLine && !(isForWorker && navigator.serviceWorker?.controller)) {
    event.preventDefault();
    showStrip(true);
    return;
  }
  form.dataset['sent'] = '';
  setTimeout(() => form.dataset['sent'] || delete form.dataset['sent'], 3000);
});
keepTrying(showStrip);
// Whoever comes back to a page that the browser has kept may press again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) delete form.dataset['sent'];
});
