/**
 * 欠扣的分 checked from inside: what is below nothing are deductions alone, none of them further than the village let a household stay
 * behind on that day, and what a deduction left it left because there was no more. Only accounts that ever were below are looked at.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { decideLots } from './decide-lots.ts';
import { FOR_EVER, lotEntries } from './point-lots.ts';
import { unsettledMost } from './unsettled-most.ts';

interface Fall {
  accountId: number;
  n: number;
  seq: number;
  balance: number;
  isKnown: boolean;
  /** What its act says that it left. */
  beyond: number;
  most: number | null;
}

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
           ${unsettledMost(sql, villageId, sql`entry.seq`)} as most
      from entry
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
     where entry.village_id = ${villageId}
       and entry.amount_centipoints < 0
       and (entry.balance_after_centipoints < 0 or act.facts ? 'beyond')
     order by entry.seq`;
  if (falls.length === 0) return null;
  const entries = await lotEntries(sql, villageId, [...new Set(falls.map(({ accountId }) => accountId))]);
  for (const fall of falls) {
    const { accountId, n, seq } = fall;
    const until = (entries.get(accountId) ?? []).filter((entry) => entry.seq <= seq);
    const sentence = wrongFall(fall, decideLots(until, FOR_EVER).overspentCentipoints);
    if (sentence !== null) return { table: 'entry', row: `account ${accountId}, n ${n}`, sentence };
  }
  return null;
}

function wrongFall({ balance, isKnown, beyond, most }: Fall, overspent: number): string | null {
  if (beyond > 0 && balance !== -(most ?? Number.NaN))
    return 'it leaves some of the deduction although there was more to take';
  if (isKnown || balance >= 0) return null;
  if (most === null || balance < -most) return 'it leaves the household further behind than the village allows';
  return overspent > 0 ? 'it takes back points that were spent' : null;
}
