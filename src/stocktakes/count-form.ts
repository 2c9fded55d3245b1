import { villageDay } from '../platform/clock.ts';
import { lastOf } from '../platform/http/form-fields.ts';

const PREFIX = 'counted.';

/** `counted.GR001=12`: what is empty was not counted; what is no whole number is a fault. */
export function readCounts(fields: Readonly<Record<string, unknown>>) {
  const counts: { code: string; counted: number }[] = [];
  const faults: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const text = (lastOf(value) ?? '').normalize('NFKC').trim();
    if (!name.startsWith(PREFIX) || text === '') continue;
    if (/^\d{1,5}$/.test(text)) counts.push({ code: name.slice(PREFIX.length), counted: Number(text) });
    else faults.push(name);
  }
  return { counts, faults };
}

/** Codes as a scanner types them, an input method on or off; `3*` before it says how many. Null: nothing was scanned. */
export function readScan(
  fields: Readonly<Record<string, unknown>>,
): { text: string; code: string; quantity: number } | null {
  const text = (lastOf(fields['code']) ?? '').normalize('NFKC').trim().slice(0, 40);
  const [, times, code = text] = /^(\d{1,4})\s*[*x×]\s*(.*)$/i.exec(text) ?? [];
  return text === '' ? null : { text, code: code.toUpperCase(), quantity: Math.max(Number(times ?? 1), 1) };
}

/** A time of today in the village, not after now; undefined where nothing was typed, null where it is no such time. */
export function readTime(text: string, now: Date): Date | undefined | null {
  const plain = text.normalize('NFKC').trim();
  if (plain === '') return undefined;
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(plain) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  const at = new Date(`${villageDay(now)}T${hours.padStart(2, '0')}:${minutes}:59.999+08:00`);
  return at.getTime() - now.getTime() < 60_000 ? at : null;
}
