import { z } from 'zod';

/** A form may repeat a field; then it arrives as a list, else as a text. */

/** Every value of a field, in order. A number is its own text, so what was read once can be read again. */
export function allOf(value: unknown): string[] {
  return [value]
    .flat()
    .filter((one): one is string | number => typeof one === 'string' || typeof one === 'number')
    .map(String);
}

/** The last value of a field that is not blank, trimmed. */
export function lastOf(value: unknown): string | undefined {
  return allOf(value)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .at(-1);
}

/** What people write, on one line and with its own punctuation: NFKC would make half-width commas of it. */
export function typedWords(body: Readonly<Record<string, unknown>>, name: string, most = 200): string {
  return (lastOf(body[name]) ?? '').normalize('NFC').replace(/\s+/g, ' ').slice(0, most);
}

/** The number of a row, as far as the database counts rows. */
export const rowNumber = z.coerce.number().pipe(z.int32().min(1));

/** The number of an act in a village's public record, or how many came before: from 0, as far as the database counts. */
export const seqNumber = z.coerce.number().pipe(z.int32().min(0));

/** What a page carries along in a hidden field, such as the rows of a preview; null when somebody changed it. */
export function readCarried<Value>(schema: z.ZodType<Value>, value: unknown): Value | null {
  try {
    return schema.parse(JSON.parse(lastOf(value) ?? ''));
  } catch {
    return null;
  }
}
