/**
 * What is typed on the award form stays in this browser until it is recorded, thrown away or its person signs out: a closed tab, an
 * ended sign-in or a lost connection costs nobody a list. The key of the award comes back with it, so what did arrive is not recorded
 * a second time.
 */
import { fieldsOf } from './fields-of.ts';
import { DRAFT_PREFIX } from './forget-drafts.ts';

interface Draft {
  savedAt: number;
  fields: [name: string, value: string][];
}

const KEPT_MS = 12 * 3_600_000;

const { reader = '', village = '' } = document.documentElement.dataset;
const name = `${DRAFT_PREFIX}award ${reader} ${village}`;

export function saveDraft(form: HTMLFormElement): void {
  // What stands in the field for scanning is on its way to becoming something else.
  const fields = fieldsOf(form).filter(([field, value]) => field !== '_csrf' && field !== 'code' && value !== '');
  try {
    if (fields.some(isWorthKeeping)) localStorage.setItem(name, JSON.stringify({ savedAt: Date.now(), fields }));
    else dropDraft();
  } catch {
    // A browser that keeps nothing: the form is still there.
  }
}

export function dropDraft(): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

/** Offers what was left, where the form has nothing of its own yet. */
export function offerDraft(form: HTMLFormElement, onRestored: () => void): void {
  const offer = document.querySelector<HTMLElement>('#award-draft');
  const draft = readDraft();
  if (!offer || !draft || fieldsOf(form).some(isWorthKeeping)) return;
  offer.hidden = false;
  offer.addEventListener('click', ({ target }) => {
    const what = target instanceof Element ? target.closest<HTMLElement>('[data-draft]')?.dataset['draft'] : undefined;
    if (what === undefined) return;
    offer.hidden = true;
    if (what === 'restore') restore(form, draft);
    else dropDraft();
    onRestored();
  });
}

function isWorthKeeping([field, value]: [string, string]): boolean {
  return ['rule', 'groups', 'cards', 'names', 'note'].includes(field) && value.trim() !== '';
}

function readDraft(): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(name) ?? 'null') as Draft | null;
    return draft && Date.now() - draft.savedAt < KEPT_MS ? draft : null;
  } catch {
    return null;
  }
}

function restore(form: HTMLFormElement, { fields }: Draft): void {
  const list = form.querySelector<HTMLTextAreaElement>('textarea[name=names]');
  for (const [field, value] of fields) {
    const choice = form.querySelector<HTMLInputElement>(`input[name="${field}"][value="${CSS.escape(value)}"]`);
    if (choice && /^(radio|checkbox)$/.test(choice.type)) choice.checked = true;
    else if (field === 'names' && list) list.value = [list.value, value].filter(Boolean).join('\n');
    else if (field === 'skip') form.append(hidden(field, value));
    else {
      const control = form.elements.namedItem(field);
      if (control instanceof HTMLInputElement) control.value = value;
    }
  }
}

export function hidden(field: string, value: string): HTMLInputElement {
  const input = document.createElement('input');
  Object.assign(input, { type: 'hidden', name: field, value });
  return input;
}
