/**
 * What is typed into a form and not sent stays in this browser: a closed tab, a lost network, a broken server or an ended sign-in costs
 * nobody their words. They come back when the form is opened again, with its key, so what did arrive is not recorded twice; they are
 * gone once the form was answered, when they are thrown away, after half a day and with the sign-out. The award and the basket at the
 * counter are kept in ways of their own.
 */
import { DRAFT_PREFIX } from './draft-prefix.ts';
import { fieldsOf } from './fields-of.ts';

type Fields = [name: string, value: string][];

const KEPT_MS = 12 * 3_600_000;
const FORM = `${DRAFT_PREFIX}form `;
const KEYS = '[name=idempotencyKey], [name=_form]';

const { reader } = document.documentElement.dataset;

if (reader !== undefined) {
  try {
    forgetAnswered();
    for (const form of document.querySelectorAll<HTMLFormElement>('main form[method=post]')) {
      if (isKept(form)) follow(form, nameOf(form));
    }
  } catch {
    // A browser that keeps nothing: the form is still there.
  }
}

/** Secrets are never kept. */
function isKept(form: HTMLFormElement): boolean {
  return !form.matches('[hx-post], [data-keep], #award-form, :has([type=password], [autocomplete=one-time-code])');
}

/** Of the act that it becomes; a form without one is given a name of its own. */
function keyOf(form: HTMLFormElement): HTMLInputElement {
  const key = form.querySelector<HTMLInputElement>(KEYS);
  if (key) return key;
  const own = document.createElement('input');
  const value = `${Date.now()}-${String(Math.random()).slice(2)}`;
  form.append(Object.assign(own, { type: 'hidden', name: '_form', value }));
  return own;
}

/** By where it is sent, how its page was opened and what it is about: never what was written of one household for another. */
function nameOf(form: HTMLFormElement): string {
  const about = [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')]
    .filter((field) => !field.matches(`[name=_csrf], ${KEYS}`))
    .map(({ name, value }) => `${name}=${value}`);
  return `${FORM}${reader} ${form.getAttribute('action')} ${location.search} ${about.join('&')}`;
}

function typedIn(form: HTMLFormElement): Fields {
  return fieldsOf(form).filter(
    ([name]) => form.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`) === null,
  );
}

function follow(form: HTMLFormElement, name: string): void {
  const asDrawn = JSON.stringify(typedIn(form));
  const key = keyOf(form);
  const kept = read(name);
  if (kept && JSON.stringify(kept.fields) !== asDrawn) {
    const ownKey = key.value;
    key.value = kept.key;
    fill(form, kept.fields);
    offerToDrop(form, () => {
      form.reset();
      key.value = ownKey;
      localStorage.removeItem(name);
    });
  }
  form.addEventListener('input', () => {
    const fields = typedIn(form);
    if (JSON.stringify(fields) === asDrawn) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify({ savedAt: Date.now(), key: key.value, fields }));
  });
}

/** The server says which form was done. */
function forgetAnswered(): void {
  const answered = /(?:^|[ -])answered=([\w-]+)/.exec(document.cookie)?.[1];
  if (answered === undefined) return;
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(FORM) && read(name)?.key === answered) localStorage.removeItem(name);
  }
}

function read(name: string): { key: string; fields: Fields } | null {
  const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as {
    savedAt: number;
    key: string;
    fields: Fields;
  } | null;
  return kept && Date.now() - kept.savedAt < KEPT_MS ? kept : null;
}

function fill(form: HTMLFormElement, fields: Fields): void {
  const left = [...fields];
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type)) {
      control.checked = fields.some(([name, value]) => name === control.name && value === control.value);
    } else if (
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement ||
      (control instanceof HTMLInputElement && !/^(hidden|file|submit)$/.test(control.type))
    ) {
      const at = left.findIndex(([name]) => name === control.name);
      if (at !== -1) control.value = left.splice(at, 1)[0]?.[1] ?? '';
    }
  }
}

function offerToDrop(form: HTMLFormElement, drop: () => void): void {
  const words = document.querySelector<HTMLTemplateElement>('#kept-words')?.content.cloneNode(true);
  if (!words) return;
  form.append(words);
  const folded = form.closest('details');
  if (folded) folded.open = true;
  const note = form.lastElementChild;
  note?.querySelector('button')?.addEventListener('click', () => {
    drop();
    note.remove();
  });
}
