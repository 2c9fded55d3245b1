/**
 * Honours checked from inside: an honour was given by a result to somebody who was nominated, as many as the result says, and nobody
 * else holds points because of a round. That honour points came from honours and from nothing else: see the ledger's verify-entries.ts.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';

export async function verifyHonours(sql: Reader, villageId: number): Promise<BadRow | null> {
  return (await wrongResult(sql, villageId)) ?? (await wrongAward(sql, villageId)) ?? (await wrongEnd(sql, villageId));
}

async function wrongResult(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ seq: number; said: number; given: number }[]>`
    select closed.seq,
           (closed.facts ->> 'awards')::integer as said,
           count(award.seq)::integer as given
      from act as closed
      left join act as award
        on award.village_id = closed.village_id
       and award.type = 'honor.award'
       and award.facts -> 'round' = closed.facts -> 'round'
       -- Right behind it; not by the operation, for what came back out of a public log has one for each act.
       and award.seq between closed.seq + 1 and closed.seq + (closed.facts ->> 'awards')::bigint
     where closed.village_id = ${villageId}
       and closed.type = 'honor.close'
     group by closed.seq, closed.facts
    having (closed.facts ->> 'awards')::integer <> count(award.seq)
     order by closed.seq
     limit 1`;
  if (!found) return null;
  const { seq, said, given } = found;
  return { table: 'act', row: `seq ${seq}`, sentence: `it honours ${said}, but ${given} were given an honour` };
}

/** Each honour has its nomination in the same round, of the household that holds it. */
async function wrongAward(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ seq: number }[]>`
    select award.seq
      from act as award
      join entry
        on entry.village_id = award.village_id
       and entry.seq = award.seq
      join account as honor
        on honor.village_id = entry.village_id
       and honor.account_id = entry.account_id
      left join act as nomination
        on nomination.village_id = award.village_id
       and nomination.type = 'honor.nominate'
       and nomination.seq = (award.facts ->> 'nomination')::bigint
       and nomination.facts -> 'round' = award.facts -> 'round'
      left join account as nominated
        on nominated.village_id = nomination.village_id
       and nominated.pseudonym = nomination.facts ->> 'acct'
       and nominated.holder_id = honor.holder_id
     where award.village_id = ${villageId}
       and award.type = 'honor.award'
       and nominated.account_id is null
     order by award.seq
     limit 1`;
  return found
    ? { table: 'act', row: `seq ${found.seq}`, sentence: 'it honours a household that was not nominated in its round' }
    : null;
}

async function wrongEnd(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ seq: number; what: string }[]>`
    select max(act.seq) as seq,
           case act.type when 'honor.close' then 'a round ended twice' else 'an honour was taken back twice' end as what
      from act
     where act.village_id = ${villageId}
       and act.type in ('honor.close', 'honor.withdraw')
     group by act.type, coalesce(act.facts ->> 'round', act.facts ->> 'award')
    having count(*) > 1
     order by seq
     limit 1`;
  return found ? { table: 'act', row: `seq ${found.seq}`, sentence: found.what } : null;
}
