/**
 * What a point is worth, held against the acts that say so: the village's terms are those of the newest one, every conversion belongs to
 * a change of the rate and follows it, together they convert as much as it says, what rounding gave is what it gave, and a line in
 * publicity waits for as much as came there, converted at each of them.
 */
import type { BadRow } from '../auditlog/index.ts';
import { type Conversion, pointLots, villageTerms } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

export async function verifyRates(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [terms] = await sql<{ rate: number; opening: number; fenPerPoint: number; openingCentipoints: number }[]>`
    select (said.facts ->> 'rate')::integer as rate,
           (said.facts ->> 'opening')::integer as opening,
           fen_per_point as "fenPerPoint",
           opening_centipoints as "openingCentipoints"
      from village_terms
      join lateral (
        select facts
          from act
         where act.village_id = village_terms.village_id
           and (act.seq = 0 or act.type = 'rate.change')
         order by act.seq desc
         limit 1
      ) as said on true
     where village_terms.village_id = ${villageId}`;
  if (terms && (terms.rate !== terms.fenPerPoint || terms.opening !== terms.openingCentipoints)) {
    const sentence = `a point is worth ${terms.fenPerPoint} fen and a card starts with ${terms.openingCentipoints}, but the record says ${terms.rate} and ${terms.opening}`;
    return { table: 'village_terms', row: `village ${villageId}`, sentence };
  }
  return (await wrongChange(sql, villageId)) ?? (await wrongLots(sql, villageId)) ?? (await wrongLine(sql, villageId));
}

async function wrongChange(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [found] = await sql<{ seq: number }[]>`
    select coalesce(change.seq, min(converted.seq)) as seq
      from (
        select act.seq,
               act.facts,
               entry.amount_centipoints as amount,
               -- Not the operation: what came back out of a public log has one for each act.
               (
                 select max(earlier.seq)
                   from act as earlier
                  where earlier.village_id = act.village_id
                    and earlier.type = 'rate.change'
                    and earlier.seq < act.seq
               ) as change_seq
          from act
          join entry
            on entry.village_id = act.village_id
           and entry.seq = act.seq
         where act.village_id = ${villageId}
           and act.type = 'points.convert'
      ) as converted
      full join (
        select seq, facts
          from act
         where village_id = ${villageId}
           and type = 'rate.change'
      ) as change
        on change.seq = converted.change_seq
     group by change.seq, change.facts
    having change.seq is null
        or coalesce(sum(converted.amount), 0) <> (change.facts ->> 'after')::bigint - (change.facts ->> 'before')::bigint
        or (change.facts ->> 'rounding')::bigint < 0
        or (change.facts ->> 'before')::bigint * (change.facts ->> 'was')::bigint + (change.facts ->> 'rounding')::bigint
           <> (change.facts ->> 'after')::bigint * (change.facts ->> 'rate')::bigint
        or bool_or(
             converted.facts ->> 'was' <> change.facts ->> 'was' or converted.facts ->> 'rate' <> change.facts ->> 'rate'
           )
     order by 1
     limit 1`;
  if (!found) return null;
  return { table: 'act', row: `seq ${found.seq}`, sentence: 'points were converted by something else than it says' };
}

/** What each lot came to is what the account got: worked out again where anything was converted at all. */
async function wrongLots(sql: Reader, villageId: number): Promise<BadRow | null> {
  const converted = await sql<{ accountId: number; balanceCentipoints: number }[]>`
    select account.account_id as "accountId",
           account.balance_centipoints as "balanceCentipoints"
      from account
     where account.village_id = ${villageId}
       and account.kind = 'spendable'
       and exists (
         select
           from act
           join entry
             on entry.village_id = act.village_id
            and entry.seq = act.seq
          where act.village_id = ${villageId}
            and act.type = 'points.convert'
            and entry.account_id = account.account_id
       )
     order by account.account_id`;
  if (converted.length === 0) return null;
  const accountIds = converted.map(({ accountId }) => accountId);
  const lots = await pointLots(sql, villageId, await villageTerms(sql, villageId), accountIds);
  for (const { accountId, balanceCentipoints } of converted) {
    const held = lots.get(accountId);
    const parts = held?.lots.reduce((sum, { centipoints }) => sum + centipoints, 0) ?? 0;
    const owed = (held?.unsettledCentipoints ?? 0) + (held?.overspentCentipoints ?? 0);
    if (parts - owed !== balanceCentipoints) {
      const sentence = `its lots come to ${parts - owed} after the rate changed, but it holds ${balanceCentipoints}`;
      return { table: 'account', row: `account ${accountId}`, sentence };
    }
  }
  return null;
}

async function wrongLine(sql: Reader, villageId: number): Promise<BadRow | null> {
  const lines = await sql<{ claimId: string; amount: number; pended: number; conversions: Conversion[] }[]>`
    select claim.claim_id as "claimId",
           claim.amount_centipoints as amount,
           entry.amount_centipoints as pended,
           converted.conversions
      from claim
      join entry
        on entry.village_id = claim.village_id
       and entry.seq = claim.pending_seq
      join lateral (
        select jsonb_agg(act.facts order by act.seq) as conversions
          from act
         where act.village_id = claim.village_id
           and act.type = 'claim.convert'
           and act.facts ->> 'claim' = claim.claim_id
           and act.seq > claim.pending_seq
      ) as converted on conversions is not null
     where claim.village_id = ${villageId}
       and claim.state in ('committee_passed', 'posted', 'objected', 'cleared')
     order by claim.claim_id`;
  for (const { claimId, amount, pended, conversions } of lines) {
    const expected = conversions.reduce((points, { was, rate }) => Math.ceil((points * was) / rate), pended);
    if (amount !== expected) {
      const sentence = `it waits for ${amount}, but what came into publicity has become ${expected}`;
      return { table: 'claim', row: `claim ${claimId}`, sentence };
    }
  }
  return null;
}
