import { addMonths, monthBounds } from '../platform/clock.ts';

/** The day until which goods keep at most that come in on a day: none where they do not expire. The package may say less. */
export function latestUseBy(day: string, shelfLifeMonths: number | null): string | undefined {
  if (shelfLifeMonths === null) return undefined;
  const month = addMonths(day.slice(0, 7), shelfLifeMonths);
  const sameDay = `${month}-${day.slice(8)}`;
  const { lastDay } = monthBounds(month);
  return sameDay < lastDay ? sameDay : lastDay;
}

/** What is odd about a use-by day, though it may be right: none for goods that expire, or one later than they keep. */
export function doubtUseBy(
  useBy: string | undefined,
  { occurredOn, shelfLifeMonths }: { occurredOn: string; shelfLifeMonths: number | null },
): 'noUseBy' | 'tooLate' | undefined {
  const latest = latestUseBy(occurredOn, shelfLifeMonths);
  if (latest === undefined) return undefined;
  if (useBy === undefined) return 'noUseBy';
  return useBy > latest ? 'tooLate' : undefined;
}
