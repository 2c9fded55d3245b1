/**
 * 欠扣的分 checked from inside: what is below nothing are deductions alone, none of them further than the village let a household stay
 * behind on that day, and what a deduction left it left because there was no more. Only accounts that ever were below are looked at.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { decideLots } from './decide-lots.ts';
import { FOR_EVER, lotEntries } from './point-lots.ts';

interface Fall {
  accountId: number;
  n: number;
  seq: number;
  balance: number;
  isKnown: boolean;
  /** What its act says that it left. */
  beyond: number;
  recordedAt: Date;
}

/** What the village said, and until when it counts. */
interface Said {
  most: number | null;
  seq: number;
  recordedAt: Date;
}

/** What was under way while the village decided is decided by what was said before. */
const UNDER_WAY_MS = 60_000;

export async function verifyUnsettled(sql: Reader, villageId: number): Promise<BadRow | null> {
  const falls = await sql<Fall[]>`
    select entry.account_id as "accountId",
           entry.n,
           entry.seq,
           entry.balance_after_centipoints as balance,
           -- What another household owed, or what was owed already where a point became worth less.
           act.facts ? 'owed'
             or (act.type = 'points.convert' and entry.balance_after_centipoints - entry.amount_centipoints < 0) as "isKnown",
           coalesce((act.facts ->> 'beyond')::bigint, 0) as beyond,
           act.recorded_at as "recordedAt"
      from entry
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
     where entry.village_id = ${villageId}
       and entry.amount_centipoints < 0
       and (entry.balance_after_centipoints < 0 or act.facts ? 'beyond')
     order by entry.seq`;
  if (falls.length === 0) return null;
  const [entries, said] = await Promise.all([
    lotEntries(sql, villageId, [...new Set(falls.map(({ accountId }) => accountId))]),
    sql<Said[]>`
      select (facts -> 'values' ->> 'unsettledMostCentipoints')::bigint as most,
             seq,
             recorded_at as "recordedAt"
        from act
       where village_id = ${villageId}
         and type = 'settings.change'
         and facts -> 'values' ? 'unsettledMostCentipoints'
       order by seq`,
  ]);
  for (const fall of falls) {
    const { accountId, n, seq } = fall;
    const until = (entries.get(accountId) ?? []).filter((entry) => entry.seq <= seq);
    const sentence = wrongFall(fall, allowedAt(fall, said), decideLots(until, FOR_EVER).overspentCentipoints);
    if (sentence !== null) return { table: 'entry', row: `account ${accountId}, n ${n}`, sentence };
  }
  return null;
}

/** How far a household could stay behind then: as it was said last, or until a minute before. */
function allowedAt({ seq, recordedAt }: Fall, said: readonly Said[]): number[] {
  const before = said.filter((one) => one.seq < seq);
  return before.flatMap(({ most }, place) => {
    const replaced = before[place + 1]?.recordedAt;
    const isOver = replaced !== undefined && recordedAt.getTime() > replaced.getTime() + UNDER_WAY_MS;
    return most === null || isOver ? [] : [most];
  });
}

function wrongFall({ balance, isKnown, beyond }: Fall, allowed: readonly number[], overspent: number): string | null {
  if (beyond > 0 && !allowed.includes(-balance)) {
    return 'it leaves some of the deduction although there was more to take';
  }
  if (isKnown || balance >= 0) return null;
  if (!allowed.some((most) => balance >= -most))
    return 'it leaves the household further behind than the village allows';
  return overspent > 0 ? 'it takes back points that were spent' : null;
}
