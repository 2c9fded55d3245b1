import type { Reader } from '../platform/database/db.ts';
import { decideLots, type LotEntry, type Lots, type PointsLife, type YearEnd } from './decide-lots.ts';
import { unsettledMost } from './unsettled-most.ts';

/** What each of these accounts still holds, by account; every account of the village where none is named. One query. */
export async function pointLots(
  sql: Reader,
  villageId: number,
  life: PointsLife & YearEnd,
  accountIds: readonly number[] | null = null,
): Promise<Map<number, Lots>> {
  const entries = await lotEntries(sql, villageId, accountIds);
  return new Map([...entries].map(([accountId, ofAccount]) => [accountId, decideLots(ofAccount, life)]));
}

/** What lots are worked out of: the entries of each account in their order. */
export async function lotEntries(
  sql: Reader,
  villageId: number,
  accountIds: readonly number[] | null = null,
): Promise<Map<number, LotEntry[]>> {
  const rows = await sql<(LotEntry & { accountId: number })[]>`
    select entry.account_id as "accountId",
           entry.seq,
           entry.amount_centipoints as "amountCentipoints",
           entry.occurred_on as "occurredOn",
           act.type = 'points.open' as "isOpening",
           act.reverses_seq as "reversesSeq",
           act.type = 'points.deduct' or (act.type = 'points.transfer' and act.facts ? 'owed') as "mayWait",
           act.facts -> 'pieces' as pieces,
           case when act.type = 'points.convert' then act.facts end as conversion
      from entry
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
     where entry.village_id = ${villageId}
       and (${accountIds === null}::boolean or entry.account_id = any(${[...(accountIds ?? [])]}::integer[]))
     order by entry.account_id, entry.n`;
  const entries = new Map<number, LotEntry[]>();
  for (const { accountId, ...entry } of rows) {
    const known = entries.get(accountId);
    if (known) known.push(entry);
    else entries.set(accountId, [entry]);
  }
  return entries;
}

/** For what is owed it does not matter how long points live. */
export const FOR_EVER: PointsLife = { earnedMonths: null, openingMonths: null };

/** An act that gave points, and what its household holds once those of it that come before in the list are taken back. */
interface GivingAct {
  seq: number;
  accountId: number;
  amountCentipoints: number;
  balanceCentipoints: number;
}

/**
 * By the act's number: how many points it lacks to be taken back, all together and in this order. What was spent cannot be; a deduction
 * that they settled is owed again, as far as the village lets a household stay behind.
 */
export async function missingWithout(
  sql: Reader,
  villageId: number,
  acts: readonly GivingAct[],
): Promise<Map<number, number>> {
  const short = acts.filter(({ amountCentipoints, balanceCentipoints }) => amountCentipoints > balanceCentipoints);
  if (short.length === 0) return new Map();
  const [entries, [decided]] = await Promise.all([
    lotEntries(sql, villageId, [...new Set(short.map(({ accountId }) => accountId))]),
    sql<{ most: number | null }[]>`select ${unsettledMost(sql, villageId)} as most`,
  ]);
  return new Map(
    short.map(({ seq, accountId, amountCentipoints, balanceCentipoints }) => {
      const below = amountCentipoints - balanceCentipoints;
      const most = decided?.most ?? null;
      if (most === null) return [seq, below];
      const gone = new Set(acts.slice(0, acts.findIndex((act) => act.seq === seq) + 1).map((act) => act.seq));
      const others = (entries.get(accountId) ?? []).filter((entry) => !gone.has(entry.seq));
      return [seq, Math.max(decideLots(others, FOR_EVER).overspentCentipoints, below - most, 0)];
    }),
  );
}
