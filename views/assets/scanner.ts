/**
 * A scanner that types: much faster than anybody, and Enter at the end. Its keys are read as keys and not as letters, so that a
 * Chinese input method, or a cursor that stands in another field, does not get in between. The code goes into the page's one field
 * for scanning, `[data-scan]`, behind what was typed there before (`3*`), and its form is sent.
 */
const MOST_GAP_MS = 50;
/** The shortest that is printed: a goods barcode of eight digits, or a village's own code. */
const FEWEST_LETTERS = 6;

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Scanned while an answer was under way: a scan that overtook it would be asked with the basket as it was, and the one before be lost. */
let waiting: string[] = [];

let scanned = '';
let lastKeyMs = 0;
/** Where the cursor stood when the first key came, and what that field held. */
let disturbed: { field: TextField; held: string } | null = null;

document.addEventListener(
  'keydown',
  (event) => {
    const field = document.querySelector<HTMLInputElement>('input[data-scan]');
    if (!field?.form) return;
    const isFast = event.timeStamp - lastKeyMs < MOST_GAP_MS;
    lastKeyMs = event.timeStamp;
    if (event.code.endsWith('Enter')) {
      if (isFast && scanned.length >= FEWEST_LETTERS) {
        event.preventDefault();
        event.stopImmediatePropagation();
        take(field);
      }
      scanned = '';
      return;
    }
    const letter = letterOf(event);
    if (letter === '') return;
    if (isFast && scanned !== '') {
      scanned += letter;
      return;
    }
    const active = document.activeElement;
    const isText = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement;
    disturbed = isText ? { field: active, held: active.value } : null;
    scanned = letter;
  },
  true,
);

function take(field: HTMLInputElement): void {
  const before = disturbed?.field === field && /^\d{1,4}\*$/.test(disturbed.held) ? disturbed.held : '';
  // Leaving the field ends what an input method has begun in it.
  (document.activeElement as HTMLElement | null)?.blur();
  if (disturbed && disturbed.field !== field) disturbed.field.value = disturbed.held;
  if (field.form?.matches('.htmx-request')) {
    waiting.push(before + scanned);
  } else {
    // What had no answer the page has told, and whoever scans has looked at the basket.
    waiting = [before + scanned];
    handNext();
  }
}

document.addEventListener('htmx:after:swap', handNext);

function handNext(): void {
  const field = document.querySelector<HTMLInputElement>('input[data-scan]');
  const code = waiting.shift();
  if (!code || !field) return;
  field.value = code;
  // A page may take the code itself instead of sending its form.
  if (field.dispatchEvent(new Event('scanned', { cancelable: true }))) field.form?.requestSubmit();
}

/** By the place of the key; what only shapes a letter (Shift) is nothing. */
function letterOf({ code, ctrlKey, altKey, metaKey }: KeyboardEvent): string {
  if (ctrlKey || altKey || metaKey) return '';
  const [, letter] = /^(?:Digit|Numpad|Key)([0-9A-Z])$/.exec(code) ?? [];
  return letter ?? { Slash: '/', Period: '.', Minus: '-', Semicolon: ':' }[code] ?? '';
}
