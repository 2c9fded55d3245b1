/**
 * What happens to households checked from inside: points between them go out and come in at once, an account is in the state
 * that its last act says, and nothing is earned or spent while it is frozen or closed.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';

export async function verifyHouseholds(sql: Reader, villageId: number): Promise<BadRow | null> {
  return (
    (await looseTransfer(sql, villageId)) ??
    (await wrongState(sql, villageId)) ??
    (await movedWhileFrozen(sql, villageId))
  );
}

async function looseTransfer(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ seq: number; sum: number }[]>`
    select min(act.seq) as seq,
           sum(entry.amount_centipoints)::bigint as sum
      from act
      join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
     where act.village_id = ${villageId}
       and act.type = 'points.transfer'
     group by act.operation_id
    having sum(entry.amount_centipoints) <> 0
        or count(distinct entry.account_id) <> 2
     order by seq
     limit 1`;
  if (!found) return null;
  const sentence = `points went from one household to another, but the village holds ${found.sum} more than before`;
  return { table: 'entry', row: `seq ${found.seq}`, sentence };
}

/** The states that acts put an account into, in their order. */
const told = (sql: Reader, villageId: number) => sql`
  select account.account_id,
         act.seq,
         case when act.type in ('account.unfreeze', 'household.split') then 'active'
              when act.type in ('account.close', 'household.merge') then 'closed'
              else 'frozen'
         end as state,
         lead(act.seq) over (partition by account.account_id order by act.seq) as until_seq
    from act
    join account
      on account.village_id = act.village_id
     and account.pseudonym = act.facts ->> 'acct'
   where act.village_id = ${villageId}
     and act.type in (
       'account.freeze', 'account.unfreeze', 'account.close', 'card.recall', 'household.split', 'household.merge'
     )`;

async function wrongState(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ accountId: number; status: string; state: string; seq: number }[]>`
    with told as (${told(sql, villageId)})
    select account.account_id as "accountId",
           account.status,
           told.state,
           told.seq
      from told
      join account
        on account.village_id = ${villageId}
       and account.account_id = told.account_id
     where told.until_seq is null
       and account.status <> told.state
     order by account.account_id
     limit 1`;
  if (!found) return null;
  const sentence = `it is ${found.status}, but its act ${found.seq} left it ${found.state}`;
  return { table: 'account', row: `account ${found.accountId}`, sentence };
}

async function movedWhileFrozen(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ accountId: number; n: number; state: string }[]>`
    with told as (${told(sql, villageId)})
    select entry.account_id as "accountId",
           entry.n,
           told.state
      from told
      join entry
        on entry.village_id = ${villageId}
       and entry.account_id = told.account_id
       and entry.seq > told.seq
       and entry.seq < coalesce(told.until_seq, ${Number.MAX_SAFE_INTEGER})
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
     where told.state <> 'active'
       and act.type in ('points.open', 'points.award', 'points.deduct', 'points.redeem', 'points.hold', 'points.reverse')
     order by entry.account_id, entry.n
     limit 1`;
  if (!found) return null;
  return {
    table: 'entry',
    row: `account ${found.accountId}, n ${found.n}`,
    sentence: `it moves points while the account is ${found.state}`,
  };
}
