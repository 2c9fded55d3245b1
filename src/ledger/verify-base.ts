import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';

/**
 * 基数: an exchange that was made while the village kept what a card starts with leaves at least that; goods that were kept for somebody
 * were paid when they were kept, and what was under way at the counter while the village decided is let be for a minute.
 */
export async function verifyBase(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ accountId: number; n: number; left: number; base: number }[]>`
    with decided as (
      select seq,
             recorded_at,
             (facts -> 'values' ->> 'baseStays')::boolean as stays,
             lead(seq) over (order by seq) as until_seq
        from act
       where village_id = ${villageId}
         and type = 'settings.change'
         and facts -> 'values' ? 'baseStays'
    )
    select entry.account_id as "accountId",
           entry.n,
           entry.balance_after_centipoints as left,
           base.centipoints as base
      from decided
      join act
        on act.village_id = ${villageId}
       and act.seq > decided.seq
       and act.recorded_at > decided.recorded_at + interval '1 minute'
       and act.seq < coalesce(decided.until_seq, ${Number.MAX_SAFE_INTEGER})
       and act.type in ('points.redeem', 'points.hold')
       and not act.facts ? 'hold'
      join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
     cross join lateral (
        select (said.facts ->> 'opening')::bigint as centipoints
          from act as said
         where said.village_id = ${villageId}
           and (said.seq = 0 or said.type = 'rate.change')
           and said.seq < act.seq
         order by said.seq desc
         limit 1
      ) as base
     where decided.stays
       and entry.balance_after_centipoints < base.centipoints
     order by act.seq
     limit 1`;
  if (!found) return null;
  const sentence = `an exchange leaves ${found.left}, but ${found.base} stay on every card`;
  return { table: 'entry', row: `account ${found.accountId}, n ${found.n}`, sentence };
}
