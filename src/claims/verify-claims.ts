/**
 * Claims checked from inside: every row is where its acts left it, every act about a claim has its row, and what stands on the
 * accounts of publicity is what the lines in publicity say.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { IN_PUBLICITY } from './decide-claim.ts';

export async function verifyClaims(sql: Reader, villageId: number): Promise<BadRow | null> {
  return (
    (await wrongClaim(sql, villageId)) ??
    (await missingClaim(sql, villageId)) ??
    (await unnamed(sql, villageId)) ??
    (await wrongPending(sql, villageId))
  );
}

/** What the last act about a claim leaves it as; an objection to what is cleared changes nothing until it is answered. */
async function wrongClaim(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ claimId: string; state: string; lastSeq: number; type: string | null }[]>`
    with told as (
      select claim.claim_id,
             claim.state,
             claim.last_seq,
             claim.needs,
             claim.passed_by,
             claim.award_seq,
             claim.submitted_seq,
             act.type,
             case act.type
               when 'claim.post' then exists (
                 select
                   from jsonb_array_elements(act.facts -> 'lines') as line
                  where line ->> 'claim' = claim.claim_id
                    and (line ->> 'clears')::date = claim.clears_on
                    and (line ->> 'until')::date = claim.objectable_until
                    and (act.facts ->> 'sheet')::integer = claim.sheet
               )
               else act.facts ->> 'claim' = claim.claim_id
             end as is_about_it,
             act.facts ->> 'outcome' as outcome
        from claim
        left join act
          on act.village_id = claim.village_id
         and act.seq = claim.last_seq
       where claim.village_id = ${villageId}
    )
    select claim_id as "claimId",
           state,
           last_seq as "lastSeq",
           type
      from told
     where is_about_it is not true
        or not case type
                 when 'claim.submit' then state = 'submitted' and cardinality(passed_by) = 0
                 when 'claim.pass' then state in ('group_passed', 'committee_heard', 'committee_passed')
                 when 'points.pend' then state = 'committee_passed' and cardinality(passed_by) = cardinality(needs)
                 when 'claim.return' then state = 'returned'
                 when 'claim.withdraw' then state = 'withdrawn'
                 when 'claim.post' then state = 'posted'
                 when 'claim.convert' then state in ('committee_passed', 'posted', 'objected')
                 when 'objection.file' then state in ('objected', 'cleared')
                 when 'objection.answer' then state = 'upheld' or (outcome = 'dismissed' and state in ('posted', 'cleared'))
                 when 'points.award' then state = 'cleared' and award_seq = last_seq
                 when 'points.deduct' then state = 'cleared' and award_seq = last_seq
                 else false
               end
     order by last_seq
     limit 1`;
  if (!found) return null;
  const sentence = `it is ${found.state}, but its act ${found.lastSeq} (${found.type ?? 'missing'}) left it otherwise`;
  return { table: 'claim', row: `claim ${found.claimId}`, sentence };
}

async function missingClaim(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ seq: number; claimId: string }[]>`
    select act.seq,
           act.facts ->> 'claim' as "claimId"
      from act
      left join claim
        on claim.village_id = act.village_id
       and claim.claim_id = act.facts ->> 'claim'
     where act.village_id = ${villageId}
       and act.facts ? 'claim'
       and (claim.claim_id is null or claim.last_seq < act.seq)
     order by act.seq
     limit 1`;
  if (!found) return null;
  return { table: 'claim', row: `claim ${found.claimId}`, sentence: `it knows nothing of its act ${found.seq}` };
}

/** Where a rule's cap is each person's, everything by it says whose. */
async function unnamed(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ seq: number }[]>`
    select act.seq
      from act
      join rule_version
        on rule_version.village_id = act.village_id
       and rule_version.code = act.facts ->> 'rule'
       and rule_version.version = (act.facts ->> 'version')::integer
       and rule_version.cap_per = 'person'
     where act.village_id = ${villageId}
       and act.type in ('points.award', 'points.deduct')
       and not act.facts ? 'member'
     order by act.seq
     limit 1`;
  return found
    ? { table: 'act', row: `seq ${found.seq}`, sentence: 'it does not say whom of the household it is about' }
    : null;
}

async function wrongPending(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ accountId: number; balance: number; waiting: number }[]>`
    select pending.account_id as "accountId",
           pending.balance_centipoints as balance,
           coalesce(waiting.centipoints, 0)::bigint as waiting
      from account as pending
      left join (
        select account.holder_id,
               sum(claim.amount_centipoints) as centipoints
          from claim
          join account
            on account.village_id = claim.village_id
           and account.account_id = claim.account_id
         where claim.village_id = ${villageId}
           and claim.state = any(${[...IN_PUBLICITY]}::text[])
           and claim.amount_centipoints > 0
         group by account.holder_id
      ) as waiting
        on waiting.holder_id = pending.holder_id
     where pending.village_id = ${villageId}
       and pending.kind = 'pending'
       and pending.balance_centipoints <> coalesce(waiting.centipoints, 0)
     order by pending.account_id
     limit 1`;
  if (!found) return null;
  const sentence = `it holds ${found.balance}, but the lines in publicity come to ${found.waiting}`;
  return { table: 'account', row: `account ${found.accountId}`, sentence };
}
