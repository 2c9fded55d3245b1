import type { HomeTask } from '../people/home-page.tsx';
import type { DeskPageProps, Language } from './desk-page.tsx';

const PATHS = { proposals: 'goods-proposals', counts: 'stocktakes', receipts: 'receipts', gifts: 'gifts' } as const;

/** What waits for a second person, where the reader may be the one. */
export function secondTasks(
  { looks, villageHref }: Pick<DeskPageProps, 'looks' | 'villageHref'>,
  { t }: Language,
): HomeTask[] {
  return (['proposals', 'counts', 'receipts', 'gifts'] as const).flatMap((what) =>
    looks[what] > 0
      ? [
          {
            href: `${villageHref}/${PATHS[what]}`,
            label: t(`oversight.task.second.${what}`, { count: looks[what] }),
            detail: t('oversight.task.secondHint'),
            tone: 'warning',
          } as const,
        ]
      : [],
  );
}
