import type { HonourLine } from '../../src/cards/honour-line.ts';
import { formatDay } from '../shared/day-text.tsx';
import { isWordKey, type Translate, type WordKey } from '../shared/dictionary.ts';
import { usePage } from '../shared/page-context.ts';

/** 荣誉 of a household in one line; null where there is none. */
export function useHonourLine({ stars, honours }: HonourLine): string | null {
  const { t, locale } = usePage();
  if (honours.length === 0) return null;
  const list = honours
    .map(({ kind, day }) =>
      t('honours.dated', { honour: nameOf(kind, t), day: formatDay(day, locale, { short: true }) }),
    )
    .join(t('shared.comma'));
  return stars === 0 ? list : t('honours.cardLineStars', { list, count: stars });
}

/** Which honours there are is for the folder of honours to say; its words are everybody's. */
function nameOf(kind: string, t: Translate): string {
  const key = `honours.kind.${kind}`;
  return isWordKey(key) ? (t as (key: WordKey) => string)(key) : t('honours.kind.other');
}
