/**
 * Why a card holds what it holds: every line up to a day, what each kind of act brought or took, and the sum worked out again.
 * The day is that of recording, so a statement of a past day says for ever what the board showed that evening.
 */
import type { ActType } from '../ledger/index.ts';
import { endOfDay } from '../platform/clock.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { decideSoundness, type Soundness } from './decide-soundness.ts';
import { type PassbookLine, passbook } from './passbook.ts';

export interface CardStatement extends Soundness {
  /** Oldest first; the last ones when there are more than fit. */
  lines: PassbookLine[];
  /** What is not among the lines because it lies further back. */
  carriedCentipoints: number;
  carriedCount: number;
  /** The balance less whatever was recorded later. */
  statedCentipoints: number;
  parts: StatementPart[];
}

/** All acts of one kind together; what was taken back is a part of its own. */
export interface StatementPart {
  kind: (typeof STATEMENT_KINDS)[number];
  count: number;
  centipoints: number;
}

export interface StatementOf {
  villageId: number;
  accountId: number;
  /** The last day that counts; left out: until now. */
  asOf?: string | undefined;
  limit: number;
}

/** Read in one snapshot, so that an act of this very moment cannot make it look wrong. */
export async function cardStatement(
  { sql }: Db,
  { villageId, accountId, asOf, limit }: StatementOf,
): Promise<CardStatement> {
  const recordedBefore = asOf === undefined ? undefined : endOfDay(asOf);
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const [newestFirst, sums] = await Promise.all([
      passbook(tx, { villageId, accountId, recordedBefore, limit }),
      sumsByKind(tx, villageId, accountId, recordedBefore),
    ]);
    const lines = newestFirst.reverse();
    const past = sums.filter(({ isLater }) => !isLater);
    const laterCentipoints = total(sums.filter(({ isLater }) => isLater));
    const carriedCentipoints = total(past) - lines.reduce((sum, line) => sum + line.amountCentipoints, 0);
    const carriedCount = past.reduce((sum, { count }) => sum + count, 0) - lines.length;
    const statedCentipoints = (sums[0]?.balanceCentipoints ?? 0) - laterCentipoints;
    const soundness = decideSoundness({ carriedCentipoints, carriedCount, lines, statedCentipoints });
    return { lines, carriedCentipoints, carriedCount, statedCentipoints, parts: partsOf(past), ...soundness };
  });
}

/** The parts alone, for a page that shows the lines itself. */
export async function statementParts(
  sql: Reader,
  { villageId, accountId }: Pick<StatementOf, 'villageId' | 'accountId'>,
): Promise<StatementPart[]> {
  return partsOf(await sumsByKind(sql, villageId, accountId, undefined));
}

interface KindSum {
  type: ActType;
  isReversal: boolean;
  isLater: boolean;
  count: number;
  centipoints: number;
  balanceCentipoints: number;
}

function sumsByKind(
  sql: Reader,
  villageId: number,
  accountId: number,
  recordedBefore: Date | undefined,
): Promise<KindSum[]> {
  const isLater = recordedBefore === undefined ? sql`false` : sql`act.recorded_at >= ${recordedBefore}`;
  return sql<KindSum[]>`
    select coalesce(holding.type, act.type) as type,
           original.seq is not null as "isReversal",
           ${isLater} as "isLater",
           count(*)::integer as count,
           sum(entry.amount_centipoints)::bigint as centipoints,
           account.balance_centipoints as "balanceCentipoints"
      from account
      join entry
        on entry.village_id = account.village_id
       and entry.account_id = account.account_id
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
      -- What is no longer kept explains nothing: it comes off what is.
      left join act as holding
        on holding.village_id = act.village_id
       and holding.seq = act.reverses_seq
       and holding.type = 'points.hold'
      left join act as original
        on original.village_id = act.village_id
       and original.seq = act.reverses_seq
       and holding.seq is null
     where account.village_id = ${villageId}
       and account.account_id = ${accountId}
     group by 1, 2, 3, account.balance_centipoints`;
}

const KINDS: Readonly<Record<string, StatementPart['kind']>> = {
  'points.open': 'opened',
  'points.award': 'awarded',
  'points.deduct': 'deducted',
  'points.redeem': 'redeemed',
  'points.hold': 'held',
  'points.transfer': 'moved',
  'points.return': 'moved',
  'points.expire': 'expired',
  'points.convert': 'converted',
  'points.settle': 'corrected',
};

/** In the order in which a balance is explained. */
export const STATEMENT_KINDS = [
  'opened',
  'awarded',
  'deducted',
  'redeemed',
  'held',
  'moved',
  'expired',
  'converted',
  'other',
  'corrected',
] as const;

function partsOf(sums: readonly KindSum[]): StatementPart[] {
  const kindOf = ({ type, isReversal }: KindSum) => (isReversal ? 'corrected' : (KINDS[type] ?? 'other'));
  return STATEMENT_KINDS.map((kind) => {
    const ofKind = sums.filter((sum) => kindOf(sum) === kind);
    return { kind, count: ofKind.reduce((count, sum) => count + sum.count, 0), centipoints: total(ofKind) };
  }).filter(({ kind, count, centipoints }) => count > 0 && (kind !== 'held' || centipoints !== 0));
}

function total(sums: readonly { centipoints: number }[]): number {
  return sums.reduce((sum, { centipoints }) => sum + centipoints, 0);
}
