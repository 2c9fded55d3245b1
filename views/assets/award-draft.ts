/**
 * What is typed on the award form stays in this browser until it is recorded, thrown away or its person signs out: a closed tab, an
 * ended sign-in or a lost connection costs nobody a list. The key of the award comes back with it, so what did arrive is not recorded
 * a second time.
 */
import { fieldsOf } from './fields-of.ts';
import { type Draft, draftName, readDraft } from './left-draft.ts';

export function saveDraft(form: HTMLFormElement): void {
  // What stands in the field for scanning is on its way to becoming something else.
  const fields = fieldsOf(form).filter(([field, value]) => field !== '_csrf' && field !== 'code' && value !== '');
  try {
    if (fields.some(isWorthKeeping)) localStorage.setItem(draftName(), JSON.stringify({ savedAt: Date.now(), fields }));
    else dropDraft();
  } catch {
    // A browser that keeps nothing: the form is still there.
  }
}

export function dropDraft(): void {
  try {
    localStorage.removeItem(draftName());
  } catch {
    // Nothing was kept.
  }
}

/** What was left is offered from the first picture on (award-left.ts); here it is taken up, or thrown away. */
export function offerDraft(form: HTMLFormElement, onRestored: () => void): void {
  const offer = document.querySelector<HTMLElement>('.left-draft');
  const draft = readDraft();
  if (!offer || !draft) return;
  offer.addEventListener('click', ({ target }) => {
    const what = target instanceof Element ? target.closest<HTMLElement>('[data-draft]')?.dataset['draft'] : undefined;
    if (what === undefined) return;
    delete document.documentElement.dataset['left'];
    if (what === 'restore') restore(form, draft);
    else dropDraft();
    onRestored();
  });
}

function isWorthKeeping([field, value]: [string, string]): boolean {
  return ['rule', 'groups', 'cards', 'names', 'note'].includes(field) && value.trim() !== '';
}

function restore(form: HTMLFormElement, { fields }: Draft): void {
  const list = form.querySelector<HTMLTextAreaElement>('textarea[name=names]');
  for (const [field, value] of fields) {
    const choice = form.querySelector<HTMLInputElement>(`input[name="${field}"][value="${CSS.escape(value)}"]`);
    if (choice && /^(radio|checkbox)$/.test(choice.type)) choice.checked = true;
    // A browser that goes back may have filled the list in by itself.
    else if (field === 'names' && list?.value.includes(value)) continue;
    else if (field === 'names' && list) list.value = [list.value, value].filter(Boolean).join('\n');
    else if (field === 'skip' || field === 'members' || field === 'photoIds') form.append(hidden(field, value));
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
