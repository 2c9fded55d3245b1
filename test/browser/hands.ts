/**
 * Somebody's hands at a page: every tap, key, scan and paste goes through here and is counted, so that a flow can be held to its budget.
 * How long the answers take is gathered beside it, to be printed and never to be asserted.
 */
import type { BrowserContext, Locator, Page } from 'playwright-core';

export interface Counted {
  taps: number;
  keys: number;
  scans: number;
  pastes: number;
}

export interface Hands {
  counted: Counted;
  tap(target: Locator): Promise<void>;
  /** The last press, which a bouncing switch makes two. */
  tapTwice(target: Locator): Promise<void>;
  press(key: string): Promise<void>;
  pressTwice(key: string): Promise<void>;
  /** An access key, the browser's own way to a field or button where there is no script. */
  alt(key: string): Promise<void>;
  type(letters: string): Promise<void>;
  scan(code: string): Promise<void>;
  paste(target: Locator, text: string): Promise<void>;
  /** From now until it is there, in milliseconds. */
  timed(until: () => Promise<unknown>): Promise<void>;
  medianMs(): number;
}

/** What each of these fields or buttons would send. */
export async function valuesOf(controls: Locator): Promise<string[]> {
  return controls.evaluateAll((all) => (all as unknown as { value: string }[]).map(({ value }) => value));
}

export function openHands(page: Page, { hasScript }: { hasScript: boolean }): Hands {
  const counted: Counted = { taps: 0, keys: 0, scans: 0, pastes: 0 };
  const times: number[] = [];
  /** Nobody presses what is not drawn yet: where a press has led to another page, it is there to its end, and its script listens. */
  const seen = () => page.waitForLoadState();
  return {
    counted,
    tap: async (target) => {
      counted.taps += 1;
      await target.click();
      await seen();
    },
    tapTwice: async (target) => {
      counted.taps += 1;
      await target.dblclick();
    },
    press: async (key) => {
      counted.keys += key.split('+').length;
      await page.keyboard.press(key);
    },
    pressTwice: async (key) => {
      counted.keys += key.split('+').length;
      // As a bouncing switch sends it: nobody waits for the page in between.
      await Promise.all([page.keyboard.press(key), page.keyboard.press(key)]);
    },
    alt: async (key) => {
      counted.keys += 2;
      await pressAccessKey(page, key);
    },
    type: async (letters) => {
      counted.keys += letters.length;
      await page.keyboard.type(letters);
    },
    scan: async (code) => {
      counted.scans += 1;
      await seen();
      if (hasScript) return burst(page, code);
      // Whoever scans sees the cursor first: a new page puts it there a moment after it is drawn.
      await page.locator('input:focus').waitFor();
      await page.keyboard.insertText(code);
      await page.keyboard.press('Enter');
    },
    paste: async (target, text) => {
      counted.pastes += 1;
      if (!hasScript) return target.fill(text);
      await target.evaluate((field, pasted) => {
        const data = new DataTransfer();
        data.setData('text/plain', pasted);
        const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
        const takesText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
        if (field.dispatchEvent(event) && takesText) field.value += pasted;
      }, text);
    },
    timed: async (until) => {
      const startedAt = performance.now();
      await until();
      times.push(performance.now() - startedAt);
    },
    medianMs: () => Math.round(times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0),
  };
}

/** Chromium looks for access keys where a key has become a letter, which playwright's keys with Alt never do. */
async function pressAccessKey(page: Page, key: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const pressed = { modifiers: 1, key, code: `Digit${key}`, text: key, unmodifiedText: key };
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...pressed });
  await session.send('Input.dispatchKeyEvent', { type: 'char', ...pressed });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...pressed });
  await session.detach();
}

interface Burst {
  /** The keys come as an input method passes them on: it has their letters, the page has only their places. */
  isComposing?: boolean;
  /** By the clock of the events, so that a machine that pauses in between is no slow scanner. */
  gapMs?: number;
}

/** As a scanner types: all keys in one go, Enter at the end. What no script takes stands in the focused field, as it would. */
export async function burst(page: Page, code: string, { isComposing = false, gapMs = 5 }: Burst = {}): Promise<void> {
  await page.evaluate(
    ({ letters, isComposing, gapMs }) => {
      const places: Record<string, string> = { '/': 'Slash', '.': 'Period', '-': 'Minus', ':': 'Semicolon' };
      const placeOf = (letter: string) =>
        places[letter] ?? (/\d/.test(letter) ? `Digit${letter}` : `Key${letter.toUpperCase()}`);
      const beganAt = performance.now();
      for (const [at, letter] of [...letters, 'Enter'].entries()) {
        const isEnter = letter === 'Enter';
        const target = document.activeElement ?? document.body;
        const event = new KeyboardEvent('keydown', {
          key: isComposing ? 'Process' : letter,
          code: isEnter ? letter : placeOf(letter),
          isComposing,
          bubbles: true,
          cancelable: true,
        });
        Object.defineProperty(event, 'timeStamp', { value: beganAt + at * gapMs });
        const isFree = target.dispatchEvent(event);
        if (!isFree || !(target instanceof HTMLInputElement)) continue;
        if (!isEnter) target.value += isComposing ? '拼' : letter;
        else if (!isComposing) target.form?.requestSubmit();
      }
    },
    { letters: [...code], isComposing, gapMs },
  );
}

/** Less than this nobody sees. */
const LEAST_SEEN = 0.001;

/** Gathers what jumps while nobody has pressed anything, as browsers measure it (cumulative layout shift). */
export async function watchShifts(context: BrowserContext, shifts: string[], least = LEAST_SEEN): Promise<void> {
  await context.exposeFunction('jumped', (what: string) => shifts.push(what));
  await context.addInitScript(`new PerformanceObserver((list) => {
    for (const { hadRecentInput, value, sources } of list.getEntries()) {
      if (hadRecentInput || value < ${least}) continue;
      const nodes = sources.map(({ node }) => node?.id || node?.className || node?.nodeName);
      jumped(location.pathname + ' ' + value.toFixed(4) + ': ' + nodes.join(', '));
    }
  }).observe({ type: 'layout-shift', buffered: true });`);
}
