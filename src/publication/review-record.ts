import { monthBounds } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import type { RecordDraft } from './draft-record.ts';
import type { PublicationMonth, PublicationSummary } from './publications.ts';

/** What the supervisor should look at before publishing. None of it stands in the way; failed checks do. */
export type Remark =
  | { kind: 'month_not_over'; lastDay: string }
  | { kind: 'earlier_unpublished'; month: string }
  | { kind: 'earlier_changed'; month: string; count: number }
  | { kind: 'opening_differs'; month: string; closingCentipoints: number; openingCentipoints: number }
  | { kind: 'entered_late'; count: number }
  | { kind: 'equal_shares'; code: string; name: string; households: number; cards: number }
  | { kind: 'reversals'; count: number };

/** Above this share of all cards, one rule looks like an equal hand-out (平均发放). */
const EQUAL_SHARE = 0.8;
const FEWEST_CARDS = 10;

export interface ReviewFigures {
  activeCards: number;
  /** Acts of the month that were entered after its last day, corrections left out. */
  enteredLate: number;
}

export async function reviewFigures(
  sql: Reader,
  villageId: number,
  month: string,
  latestVersion: number | null,
): Promise<ReviewFigures> {
  const { firstDay, lastDay } = monthBounds(month);
  const [figures] = await sql<ReviewFigures[]>`
    select (
             select count(*)
               from account
              where village_id = ${villageId}
                and kind = 'spendable'
                and status = 'active'
           ) as "activeCards",
           (
             select count(*)
               from act
              where village_id = ${villageId}
                and occurred_on between ${firstDay} and ${lastDay}
                and reverses_seq is null
                and type not in ('village.open', 'publication')
                and (recorded_at at time zone 'Asia/Shanghai')::date > ${lastDay}
                and seq > coalesce((
                  select max(through_seq)
                    from publication
                   where publication.village_id = ${villageId}
                     and publication.month = ${month}
                     and publication.version = ${latestVersion}::integer
                ), -1)
           ) as "enteredLate"`;
  if (!figures) throw new Error('a query without a source of rows gave none');
  return figures;
}

/** The most important first. */
export function reviewRecord(
  month: string,
  today: string,
  { record }: RecordDraft,
  { activeCards, enteredLate }: ReviewFigures,
  months: readonly PublicationMonth[],
  published: readonly PublicationSummary[],
): Remark[] {
  const { lastDay } = monthBounds(month);
  const earlier = months.filter((other) => other.month < month);
  const before = published.find((version) => version.month === earlier[0]?.month);
  const { openingCentipoints } = record.totals;
  return [
    ...(lastDay >= today ? [{ kind: 'month_not_over', lastDay } as const] : []),
    ...earlier
      .filter(({ latestVersion, actCount }) => latestVersion === null && actCount > 0)
      .map((other) => ({ kind: 'earlier_unpublished', month: other.month }) as const),
    ...earlier
      .filter(({ latestVersion, newActCount }) => latestVersion !== null && newActCount > 0)
      .map((other) => ({ kind: 'earlier_changed', month: other.month, count: other.newActCount }) as const),
    ...(before && before.totals.closingCentipoints !== openingCentipoints
      ? [
          {
            kind: 'opening_differs',
            month: before.month,
            closingCentipoints: before.totals.closingCentipoints,
            openingCentipoints,
          } as const,
        ]
      : []),
    ...(enteredLate > 0 ? [{ kind: 'entered_late', count: enteredLate } as const] : []),
    ...(activeCards >= FEWEST_CARDS
      ? record.rules
          .filter(({ kind, households }) => kind === 'award' && households > activeCards * EQUAL_SHARE)
          .map(
            ({ code, name, households }) =>
              ({ kind: 'equal_shares', code, name, households, cards: activeCards }) as const,
          )
      : []),
    ...(record.reversals.length > 0 ? [{ kind: 'reversals', count: record.reversals.length } as const] : []),
  ];
}
