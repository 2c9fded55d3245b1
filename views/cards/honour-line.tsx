import type { HonourLine } from '../../src/cards/honour-line.ts';
import { honourName } from '../honours/honour-name.ts';
import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';

/** 荣誉 of a household in one line; null where there is none. */
export function useHonourLine({ stars, honours }: HonourLine): string | null {
  const { t, locale } = usePage();
  if (honours.length === 0) return null;
  const list = honours
    .map(({ kind, day }) => t('honours.dated', { honour: honourName(kind, t), day: formatDay(day, locale) }))
    .join(t('honours.join'));
  return stars === 0 ? list : t('honours.cardLineStars', { list, count: stars });
}
