import type { Locale } from '../../src/platform/i18n/locale.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { isWordKey, translate, type WordKey } from './dictionary.ts';
import { formatYuan } from './yuan.tsx';

/**
 * The sentence for a refusal: what is the matter and what to do next. The text is found by the code (`refusal.unknown_card`),
 * its places are filled from the refusal's own values; `missingCentipoints: 250` fills `{missing}` with `2.5`.
 */
export function refusalText(locale: Locale, { refused, ...values }: { refused: string }): string {
  const key = `refusal.${refused}`;
  const t = translate(locale) as (key: WordKey, values: Record<string, string | number>) => string;
  return t(isWordKey(key) ? key : 'refusal.server_error', readable(values));
}

function readable(values: Record<string, unknown>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (typeof value === 'number' && name.endsWith('Centipoints')) {
        return [[name.slice(0, -'Centipoints'.length), formatPoints(value)]];
      }
      if (typeof value === 'number' && name.endsWith('Fen')) {
        return [
          [name, value],
          [name.slice(0, -'Fen'.length), formatYuan(value)],
        ];
      }
      return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
    }),
  );
}
