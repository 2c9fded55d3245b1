import type { RecordCheck } from './record-schema.ts';

/** In order of precedence. */
export type PublicationRefusal =
  | { refused: 'month_in_future'; month: string }
  | { refused: 'month_before_founding'; month: string; foundedMonth: string }
  | { refused: 'nothing_to_correct'; month: string; version: number }
  | { refused: 'checks_failed'; month: string; checks: RecordCheck['name'][] };

export interface PublicationBasis {
  today: string;
  foundedOn: string;
  /** The last published version of the month; null when there is none. */
  latestVersion: number | null;
  /** How many lines differ from that version. */
  changeCount: number;
  checks: readonly RecordCheck[];
}

/** The first version of a month closes it; a further one needs something to say. */
export function decidePublication(
  month: string,
  { today, foundedOn, latestVersion, changeCount, checks }: PublicationBasis,
): PublicationRefusal | { version: number } {
  if (month > today.slice(0, 7)) return { refused: 'month_in_future', month };
  const foundedMonth = foundedOn.slice(0, 7);
  if (month < foundedMonth) return { refused: 'month_before_founding', month, foundedMonth };
  if (latestVersion !== null && changeCount === 0)
    return { refused: 'nothing_to_correct', month, version: latestVersion };
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
  if (failed.length > 0) return { refused: 'checks_failed', month, checks: failed };
  return { version: (latestVersion ?? 0) + 1 };
}
