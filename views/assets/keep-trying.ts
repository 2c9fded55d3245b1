/**
 * A press that moves points is sent in such a way that a lost network or a broken server leaves the form as it is, with the strip that
 * says so above it: pressed again it goes out under the same key, so what did arrive is not done twice. Only forms that ask for it,
 * `data-keep`; where a worker keeps awards for later, those go its way.
 */
import { fieldsOf } from './fields-of.ts';

export function keepTrying(showStrip: (shown: boolean) => void): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.dataset['keep'] === undefined) return;
    if (form.dataset['keep'] === 'worker' && navigator.serviceWorker?.controller) return;
    event.preventDefault();
    void send(form);
  });

  async function send(form: HTMLFormElement): Promise<void> {
    // Until there is an answer, however long it takes.
    form.dataset['sent'] = 'still';
    showStrip(false);
    const hasFiles = form.enctype === 'multipart/form-data';
    const body = hasFiles ? new FormData(form) : new URLSearchParams(fieldsOf(form));
    try {
      const answer = await fetch(form.action, { method: 'POST', body, signal: timeLimit(hasFiles ? 60_000 : 20_000) });
      if (answer.status >= 500) throw new Error(String(answer.status));
      // Done, under an address of its own; anything else is a page that this form leads to when it is sent as it is.
      if (answer.ok && answer.redirected) location.assign(answer.url);
      else form.submit();
    } catch {
      showStrip(true);
      delete form.dataset['sent'];
    }
  }
}

/** Not in every browser: there the network itself gives up. */
function timeLimit(milliseconds: number): AbortSignal | null {
  return 'timeout' in AbortSignal ? AbortSignal.timeout(milliseconds) : null;
}
