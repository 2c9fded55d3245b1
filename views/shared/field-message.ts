import { fill, type Locale } from '../../src/platform/i18n/locale.ts';
import { isWordKey, translate, type WordKey } from './dictionary.ts';

/** What a schema found in one field of a request: zod's code of the issue and what belongs to it. */
export interface FieldIssue {
  code: string;
  message: string;
  params: Readonly<Record<string, unknown>>;
}

/** The sentence for a field in the reader's language: zod's own stands in one language for all. */
export function fieldMessage(locale: Locale, { code, message, params }: FieldIssue): string {
  const isMissing = code === 'invalid_type' && message.endsWith('received undefined');
  const key = `shared.field.${isMissing ? 'missing' : code}`;
  const values = Object.entries(params).map(([name, value]) => [name, String(value)] as const);
  const t = translate(locale) as (key: WordKey) => string;
  return fill(t(isWordKey(key) ? key : 'shared.field.other'), Object.fromEntries(values));
}
