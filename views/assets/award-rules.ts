/**
 * Initials choose a rule: the server is asked for what is typed, one question at a time and the newest counts, and Enter takes the first
 * of its answer, or asks anew where the answer is not that of what stands there. Of several found the arrows choose and Enter goes on.
 */
import { askPart } from './ask-part.ts';

const ASK_AFTER_MS = 150;

export function chooseRuleByKeys(next: HTMLInputElement, changed: () => void): void {
  const query = document.querySelector<HTMLInputElement>('#rule-query');
  if (!query) return;
  const strip = document.getElementById('error-strip');
  /** Whose answer stands on the page. */
  let answered = query.value;
  let asked = answered;
  let asking: AbortController | null = null;
  let timer = 0;
  let isWaiting = false;
  /** With an input method on, the Enter that leaves the letters as they are is meant for the page. */
  let takesAfterComposition = false;

  const checked = () => document.querySelector<HTMLInputElement>('input[name=rule]:checked')?.value ?? '';

  const choose = () => {
    isWaiting = false;
    const found = [...document.querySelectorAll<HTMLInputElement>('#rule-choices input[name=rule]')];
    const [first] = found;
    if (!first || query.value === '') return;
    first.checked = true;
    (found.length === 1 ? next : first).focus();
    changed();
  };

  const ask = async () => {
    clearTimeout(timer);
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    const words = query.value;
    asked = words;
    const address = `${query.dataset['search']}?${new URLSearchParams({ ruleQuery: words, rule: checked() })}`;
    const drawn = await askPart(address, { selector: '#rule-choices', signal: mine.signal }).catch(() => null);
    if (mine.signal.aborted) return;
    asking = null;
    if (strip) strip.hidden = drawn !== null;
    if (!drawn) return;
    document.querySelector('#rule-choices')?.replaceWith(drawn.querySelector('#rule-choices') ?? '');
    answered = words;
    if (isWaiting && words === query.value) choose();
  };

  const take = () => {
    if (answered === query.value) return choose();
    isWaiting = true;
    if (!asking || asked !== query.value) void ask();
  };
  const askSoon = () => {
    clearTimeout(timer);
    isWaiting = false;
    timer = setTimeout(() => void ask(), ASK_AFTER_MS);
  };
  query.addEventListener('input', (event) => {
    if (!(event instanceof InputEvent && event.isComposing)) askSoon();
  });
  query.addEventListener('compositionend', () => {
    askSoon();
    // Behind the letters that the input method leaves in the field.
    if (takesAfterComposition) setTimeout(take);
    takesAfterComposition = false;
  });

  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (target === query && event.isComposing) {
      takesAfterComposition = event.code === 'Enter';
      return;
    }
    if (event.key !== 'Enter' || !(target instanceof HTMLInputElement)) return;
    if (target === query) {
      event.preventDefault();
      take();
    } else if (target.name === 'rule') {
      event.preventDefault();
      next.focus();
    }
  });
}
