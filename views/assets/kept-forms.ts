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
    const redrawn = readAnswer();
    const forms = [...document.querySelectorAll<HTMLFormElement>('main form[method=post]')].filter(isKept);
    for (const form of forms) follow(form, redrawn);
    if (!forms.some((form) => redrawn.some(isOf(form)))) passOn(redrawn);
  } catch {
    // A browser that keeps nothing: the form is still there.
  }
}

/** A page on which what was typed is only looked at carries it on in a form of its own: with that one it is done. */
function passOn(names: readonly string[]): void {
  const key = document.querySelector<HTMLInputElement>('main [name=idempotencyKey]')?.value;
  for (const name of names) if (key) localStorage.setItem(name, JSON.stringify({ ...read(name), key }));
}

/** What was kept of the form that the server has drawn once more; of a form that is done all goes. */
function readAnswer(): string[] {
  const [, name, key, how] = /(?:^|; )([\w-]*answered)=([\w-]+)\.(\w+)/.exec(document.cookie) ?? [];
  if (name === undefined) return [];
  // biome-ignore lint/suspicious/noDocumentCookie: over plain HTTP, as in a village's network, there is no Cookie Store
  document.cookie = `${name}=; path=/; max-age=0${name.startsWith('__Host-') ? '; secure' : ''}`;
  const kept = Object.keys(localStorage).filter((one) => one.startsWith(FORM) && read(one)?.key === key);
  if (how === 'drawn') return kept;
  for (const one of kept) localStorage.removeItem(one);
  return [];
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

function placeOf(form: HTMLFormElement): string {
  return `${FORM}${reader} ${form.getAttribute('action')} `;
}

function isOf(form: HTMLFormElement): (name: string) => boolean {
  return (name) => name.startsWith(placeOf(form));
}

/** By where it is sent, how its page was opened and what it is about: never what was written of one household for another. */
function nameOf(form: HTMLFormElement): string {
  const about = [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')]
    .filter((field) => !field.matches(`[name=_csrf], ${KEYS}`))
    .map(({ name, value }) => `${name}=${value}`);
  return `${placeOf(form)}${location.search} ${about.join('&')}`;
}

function typedIn(form: HTMLFormElement): Fields {
  return fieldsOf(form).filter(
    ([name]) => form.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`) === null,
  );
}

function follow(form: HTMLFormElement, redrawn: readonly string[]): void {
  const key = keyOf(form);
  const name = nameOf(form);
  const drawn = typedIn(form);
  const asDrawn = JSON.stringify(drawn);
  const keep = (fields: Fields, ...names: string[]) => {
    const kept = JSON.stringify({ savedAt: Date.now(), key: key.value, fields });
    for (const one of names) localStorage.setItem(one, kept);
  };
  const before = redrawn.filter(isOf(form));
  const kept = read(name);
  // What the server made of it is right: it may have found the goods behind a code.
  if (before.length > 0) {
    if (drawn.length > 0) keep(drawn, name, ...before);
  } else if (kept && JSON.stringify(kept.fields) !== asDrawn) {
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
    if (JSON.stringify(fields) === asDrawn && before.length === 0) localStorage.removeItem(name);
    else keep(fields, name, ...before);
  });
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
