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
  type(letters: string): Promise<void>;
  scan(code: string): Promise<void>;
  paste(target: Locator, text: string): Promise<void>;
  /** From now until it is there, in milliseconds. */
  timed(until: () => Promise<unknown>): Promise<void>;
  medianMs(): number;
}

export function openHands(page: Page, { hasScript }: { hasScript: boolean }): Hands {
  const counted: Counted = { taps: 0, keys: 0, scans: 0, pastes: 0 };
  const times: number[] = [];
  return {
    counted,
    tap: async (target) => {
      counted.taps += 1;
      await target.click();
    },
    tapTwice: async (target) => {
      counted.taps += 1;
      await target.dblclick();
    },
    press: async (key) => {
      counted.keys += 1;
      await page.keyboard.press(key);
    },
    pressTwice: async (key) => {
      counted.keys += 1;
      // As a bouncing switch sends it: nobody waits for the page in between.
      await Promise.all([page.keyboard.press(key), page.keyboard.press(key)]);
    },
    type: async (letters) => {
      counted.keys += letters.length;
      await page.keyboard.type(letters);
    },
    scan: async (code) => {
      counted.scans += 1;
      if (hasScript) return burst(page, code);
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

/** As a scanner types: all keys in one go, Enter at the end. What no script takes stands in the focused field, as it would. */
async function burst(page: Page, code: string): Promise<void> {
  await page.evaluate((letters) => {
    const places: Record<string, string> = {
      '/': 'Slash',
      '.': 'Period',
      '-': 'Minus',
      ':': 'Semicolon',
      Enter: 'Enter',
    };
    for (const key of [...letters, 'Enter']) {
      const place = places[key] ?? (/\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`);
      const target = document.activeElement ?? document.body;
      const isFree = target.dispatchEvent(
        new KeyboardEvent('keydown', { key, code: place, bubbles: true, cancelable: true }),
      );
      if (isFree && key !== 'Enter' && target instanceof HTMLInputElement) target.value += key;
    }
  }, code);
}

/** Less is what a busy machine draws before it has read the page to its end. */
const LEAST_JUMP = 0.05;

/** Gathers what jumps while nobody has pressed anything, as browsers measure it (cumulative layout shift). */
export async function watchShifts(context: BrowserContext, shifts: string[]): Promise<void> {
  await context.exposeFunction('jumped', (what: string) => shifts.push(what));
  await context.addInitScript(`new PerformanceObserver((list) => {
    for (const { hadRecentInput, value, sources } of list.getEntries()) {
      if (hadRecentInput || value < ${LEAST_JUMP}) continue;
      const nodes = sources.map(({ node }) => node?.id || node?.className || node?.nodeName);
      jumped(location.pathname + ' ' + value.toFixed(4) + ': ' + nodes.join(', '));
    }
  }).observe({ type: 'layout-shift', buffered: true });`);
}
