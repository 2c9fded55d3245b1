import { expect } from 'vitest';
import { openBooks } from '../../src/audit/books.ts';
import { parseLeaf } from '../../src/audit/parse-leaf.ts';
import type { Reader } from '../../src/platform/database/db.ts';

/** What was last said of whether an account may earn and spend, gathered once: there are few such acts among very many. */
const STANDING = `
    with standing as materialized (
      select village_id, seq, type, facts ->> 'acct' as pseudonym
        from act
       where type ~ '^(account|household|card)[.]'
         and type not in ('card.replace', 'household.leave', 'household.join', 'household.correct')
    )`;

/** Each must find no row. The names say what would be wrong if it did. */
const WORLD: Readonly<Record<string, string>> = {
  'a balance differs from the sum of its entries': `
    select account.village_id, account.account_id
      from account
      left join entry using (village_id, account_id)
     group by account.village_id, account.account_id, balance_centipoints
    having balance_centipoints <> coalesce(sum(amount_centipoints), 0)`,
  'something but a deduction left a balance below the floor': `
    select entry.village_id, entry.account_id, entry.n
      from entry
      join account using (village_id, account_id)
      join act using (village_id, seq)
     where balance_after_centipoints < floor_centipoints
       and amount_centipoints < 0
       and act.type not in ('points.deduct', 'points.reverse', 'points.convert')
       and not act.facts ? 'owed'`,
  'entries of an account are not numbered 1, 2, 3 … with a chain of balances': `
    select village_id, account_id, n
      from (
        select *,
               row_number() over account_order as expected_n,
               sum(amount_centipoints) over account_order as expected_balance
          from entry
        window account_order as (partition by village_id, account_id order by n)
      ) as numbered
     where n <> expected_n
        or balance_after_centipoints <> expected_balance`,
  'an account does not know its last entry': `
    select account.village_id, account.account_id
      from account
      left join entry using (village_id, account_id)
     group by account.village_id, account.account_id, last_n
    having last_n <> coalesce(max(n), 0)`,
  'entries follow another order than their acts': `
    select village_id, account_id, n
      from (select *, lag(seq) over (partition by village_id, account_id order by n) as previous_seq from entry) as ordered
     where seq <= previous_seq`,
  'a lot differs from the sum of its moves, or was below nothing': `
    select stock_lot.village_id, stock_lot.lot_id
      from stock_lot
      left join stock_move using (village_id, lot_id)
     group by stock_lot.village_id, stock_lot.lot_id, quantity_on_hand, stock_lot.last_n
    having quantity_on_hand <> coalesce(sum(quantity), 0)
        or min(quantity_after) < 0
        or stock_lot.last_n <> count(n)`,
  'moves of a lot are not numbered 1, 2, 3 … with a chain of quantities': `
    select village_id, lot_id, n
      from (
        select *,
               row_number() over lot_order as expected_n,
               sum(quantity) over lot_order as expected_quantity
          from stock_move
        window lot_order as (partition by village_id, lot_id order by n)
      ) as numbered
     where n <> expected_n
        or quantity_after <> expected_quantity`,
  'acts of a village are not numbered 0, 1, 2 …': `
    select village_id, seq
      from (select *, row_number() over (partition by village_id order by seq) - 1 as expected_seq from act) as numbered
     where seq <> expected_seq`,
  'a log does not know its size': `
    select log_head.village_id
      from log_head
      left join act using (village_id)
     group by log_head.village_id, size
    having size <> count(seq)`,
  'operations do not cover the acts exactly': `
    select village_id, seq
      from act
      left join operation using (village_id, operation_id)
     where operation.operation_id is null
        or seq < first_seq
        or seq >= first_seq + act_count
        or act.recorded_at <> operation.recorded_at`,
  'an operation has fewer acts than it says': `
    select operation.village_id, operation.operation_id
      from operation
      left join act using (village_id, operation_id)
     group by operation.village_id, operation.operation_id, act_count
    having act_count <> count(act.seq)`,
  'an act that moves points has no entry, or an entry has no such act': `
    select coalesce(act.village_id, entry.village_id), coalesce(act.seq, entry.seq)
      from (
        select *
          from act
         where type like 'points.%'
            or type in ('honor.award', 'honor.backfill', 'honor.withdraw', 'honor.move')
      ) as act
      full join entry using (village_id, seq)
     where act.seq is null
        or entry.seq is null`,
  'a leaf does not hash to its hash': `
    select village_id, seq
      from act
     where leaf_hash <> sha256('\\x00'::bytea || leaf)`,
  'a leaf tells another story than its entry': `
    select village_id, seq
      from act
      join entry using (village_id, seq)
      join account using (village_id, account_id)
     cross join lateral (select convert_from(leaf, 'UTF8')::jsonb as said) as leaf
     where (said ->> 'delta')::bigint <> amount_centipoints
        or (said ->> 'n')::bigint <> n
        or said ->> 'acct' <> pseudonym
        or said ->> 'type' <> type
        or (said ->> 'occurred')::date <> act.occurred_on`,
  'a redemption costs something else than the goods that it issued': `
    select act.village_id, act.seq
      from act
      join entry using (village_id, seq)
      join (
        select village_id, seq, sum(quantity * unit_price_centipoints) as cost
          from stock_move
         group by village_id, seq
      ) as issued using (village_id, seq)
     where act.type = 'points.redeem'
       and amount_centipoints <> cost`,
  'a reversal does not undo exactly its act': `
    select reversal.village_id, reversal.seq
      from act as reversal
      join act as original on original.village_id = reversal.village_id and original.seq = reversal.reverses_seq
      left join entry as back on back.village_id = reversal.village_id and back.seq = reversal.seq
      left join entry as forth on forth.village_id = original.village_id and forth.seq = original.seq
     where coalesce(back.amount_centipoints, 0) <> -coalesce(forth.amount_centipoints, 0)
        or back.account_id is distinct from forth.account_id
        or original.reverses_seq is not null
        or reversal.occurred_on <> original.occurred_on
        or exists (
             select lot_id, quantity from stock_move where village_id = reversal.village_id and seq = reversal.seq
             except
             select lot_id, -quantity from stock_move where village_id = original.village_id and seq = original.seq
           )
        or exists (
             select lot_id, -quantity from stock_move where village_id = original.village_id and seq = original.seq
             except
             select lot_id, quantity from stock_move where village_id = reversal.village_id and seq = reversal.seq
           )`,
  'a card was opened twice': `
    select village_id, account_id
      from act
      join entry using (village_id, seq)
     where type = 'points.open'
     group by village_id, account_id
    having count(*) > 1`,
  'points that moved between households do not add up to nothing, or lost their days': `
    select act.village_id, act.operation_id
      from act
      join entry using (village_id, seq)
     where act.type = 'points.transfer'
     group by act.village_id, act.operation_id
    having sum(amount_centipoints) <> 0
        or count(*) <> 2
        or count(distinct account_id) <> 2
        or sum(amount_centipoints) filter (where amount_centipoints > 0) <> sum((
             select sum((piece ->> 'centipoints')::bigint) from jsonb_array_elements(act.facts -> 'pieces') as piece
           ))`,
  'an account is in another state than its last act says': `
    ${STANDING}
    select account.village_id, account.account_id, account.status, told.type
      from account
      join lateral (
        select standing.type
          from standing
         where standing.village_id = account.village_id
           and standing.pseudonym = account.pseudonym
         order by standing.seq desc
         limit 1
      ) as told on true
     where account.status <> case
             when told.type in ('account.unfreeze', 'household.split') then 'active'
             when told.type in ('account.close', 'household.merge') then 'closed'
             else 'frozen'
           end`,
  'a frozen or closed account earned or spent': `
    ${STANDING}
    select entry.village_id, entry.seq
      from entry
      join account using (village_id, account_id)
      join act on act.village_id = entry.village_id and act.seq = entry.seq
      join lateral (
        select earlier.type
          from standing as earlier
         where earlier.village_id = account.village_id
           and earlier.pseudonym = account.pseudonym
           and earlier.seq < entry.seq
         order by earlier.seq desc
         limit 1
      ) as told on true
     where told.type not in ('account.unfreeze', 'household.split')
       and act.type in ('points.open', 'points.award', 'points.deduct', 'points.redeem')`,
  'a household without members still earns, or its points do not wait': `
    select household.village_id, household_id
      from household
      join account on account.village_id = household.village_id and account.holder_id = household_id
     where member_count = 0
       and account.kind = 'spendable'
       and account.status not in ('frozen', 'closed')`,
  'a closed account has a card that opens': `
    select card.village_id, card.number
      from card
      join account on account.village_id = card.village_id and account.holder_id = card.household_id
     where account.status = 'closed'
       and card.ended_at is null
       and card.recalled_at is null`,
  'a person lives nowhere or where more are named than counted': `
    select household_member.village_id, household_id
      from household_member
      join household using (village_id, household_id)
     where left_on is null
     group by household_member.village_id, household_id, member_count
    having count(*) > member_count`,
  'a household has no account': `
    select village_id, household_id
      from household
     where not exists (
       select
         from account
        where account.village_id = household.village_id
          and holder_id = household_id
          and kind = 'spendable'
     )`,
  'a household has no current card, or more than one': `
    select household.village_id, household.household_id
      from household
      left join card
        on card.village_id = household.village_id
       and card.household_id = household.household_id
       and card.ended_at is null
     group by household.village_id, household.household_id
    having count(card.number) <> 1`,
  'points in publicity are not those of the lines in publicity': `
    select pending.village_id, pending.account_id
      from account as pending
      join account as spendable
        on spendable.village_id = pending.village_id
       and spendable.holder_id = pending.holder_id
       and spendable.kind = 'spendable'
      left join claim
        on claim.village_id = spendable.village_id
       and claim.account_id = spendable.account_id
       and claim.state in ('committee_passed', 'posted', 'objected')
       and claim.amount_centipoints > 0
     where pending.kind = 'pending'
     group by pending.village_id, pending.account_id, pending.balance_centipoints
    having pending.balance_centipoints <> coalesce(sum(claim.amount_centipoints), 0)`,
  'a published month has no closed period, or the other way round': `
    select village_id, month
      from (select distinct village_id, month from publication) as published
      full join closed_period using (village_id, month)
     where published.month is null
        or closed_period.month is null`,
};

/** Proves the whole ledger again: every sum, every chain, every leaf, and by the verifier from outside. Call it after each act. */
export async function checkWorld(sql: Reader): Promise<void> {
  for (const [wrong, query] of Object.entries(WORLD)) {
    const rows = await sql.unsafe(query);
    expect(rows.slice(0, 5), wrong).toEqual([]);
  }
  await keepBooksAgain(sql);
}

/** The leaves alone, read as a stranger would read them: they lead to the balances that the ledger holds. */
async function keepBooksAgain(sql: Reader): Promise<void> {
  const villages = await sql<{ villageId: number; centipoints: number; honorCentipoints: number; pieces: number }[]>`
    select log_head.village_id as "villageId",
           (select coalesce(sum(balance_centipoints) filter (where kind <> 'honor'), 0)
              from account where account.village_id = log_head.village_id)::bigint as centipoints,
           (select coalesce(sum(balance_centipoints) filter (where kind = 'honor'), 0)
              from account where account.village_id = log_head.village_id)::bigint as "honorCentipoints",
           (select coalesce(sum(quantity_on_hand), 0) from stock_lot where stock_lot.village_id = log_head.village_id)::bigint
             as pieces
      from log_head
      join region on region_id = village_id
     where size > 0
       and level = 'village'`;
  for (const { villageId, centipoints, honorCentipoints, pieces } of villages) {
    const acts = await sql<{ leaf: Buffer }[]>`select leaf from act where village_id = ${villageId} order by seq`;
    const books = openBooks();
    for (const [index, { leaf }] of acts.entries()) books.enter(parseLeaf(leaf, index), index);
    const { centipoints: said, honorCentipoints: honoured, pieces: counted } = books.totals();
    expect({ said, honoured, counted }, 'the leaves lead to other balances').toEqual({
      said: Number(centipoints),
      honoured: Number(honorCentipoints),
      counted: Number(pieces),
    });
  }
}
