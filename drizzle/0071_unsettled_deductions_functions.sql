-- The last wall: at commit the parts of an operation are held against each other once more, whichever way they were written.
-- A broken one ends the transaction, so nothing of it is ever seen.
create or replace function check_operation() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_last_seq bigint := new.first_seq + new.act_count - 1;
  v_broken text;
begin
  select case
           when (
             select count(*)
               from act
              where village_id = new.village_id
                and seq between new.first_seq and v_last_seq
                and operation_id = new.operation_id
           ) <> new.act_count then 'its acts are not all there'
           when (select size from log_head where village_id = new.village_id) <= v_last_seq then 'the log does not hold it'
           when exists (
             select
               from entry
               join account
                 on account.village_id = entry.village_id
                and account.account_id = entry.account_id
               left join entry as earlier
                 on earlier.village_id = entry.village_id
                and earlier.account_id = entry.account_id
                and earlier.n = entry.n - 1
              where entry.village_id = new.village_id
                and entry.seq between new.first_seq and v_last_seq
                and (
                  entry.balance_after_centipoints <> coalesce(earlier.balance_after_centipoints, 0) + entry.amount_centipoints
                  or (entry.n > 1 and earlier.n is null)
                  or account.last_n < entry.n
                  or (account.last_n = entry.n and account.balance_centipoints <> entry.balance_after_centipoints)
                )
           ) then 'a balance does not follow from its entries'
           when exists (
             select
               from entry
               join account
                 on account.village_id = entry.village_id
                and account.account_id = entry.account_id
               join act
                 on act.village_id = entry.village_id
                and act.seq = entry.seq
              where entry.village_id = new.village_id
                and entry.seq between new.first_seq and v_last_seq
                and entry.amount_centipoints < 0
                and entry.balance_after_centipoints < account.floor_centipoints
                and not (
                  account.kind = 'spendable'
                  and (act.type in ('points.deduct', 'points.reverse') or (act.type = 'points.transfer' and act.facts ? 'owed'))
                )
           ) then 'an account is left below its floor'
           when exists (
             select
               from stock_move
               join stock_lot
                 on stock_lot.village_id = stock_move.village_id
                and stock_lot.lot_id = stock_move.lot_id
               left join stock_move as earlier
                 on earlier.village_id = stock_move.village_id
                and earlier.lot_id = stock_move.lot_id
                and earlier.n = stock_move.n - 1
              where stock_move.village_id = new.village_id
                and stock_move.seq between new.first_seq and v_last_seq
                and (
                  stock_move.quantity_after <> coalesce(earlier.quantity_after, 0) + stock_move.quantity
                  or (stock_move.n > 1 and earlier.n is null)
                  or stock_lot.last_n < stock_move.n
                  or (stock_lot.last_n = stock_move.n and stock_lot.quantity_on_hand <> stock_move.quantity_after)
                )
           ) then 'a stock does not follow from its moves'
           when exists (
             select
               from act
               left join entry
                 on entry.village_id = act.village_id
                and entry.seq = act.seq
              where act.village_id = new.village_id
                and act.seq between new.first_seq and v_last_seq
                and act.type in ('points.redeem', 'points.hold')
                and coalesce(entry.amount_centipoints, 0) <> (
                  select coalesce(sum(quantity * unit_price_centipoints), 0)
                    from stock_move
                   where village_id = act.village_id
                     and seq = act.seq
                )
           ) then 'goods and points of an exchange are not worth the same'
         end
    into v_broken;
  if v_broken is not null then
    raise exception 'operation % of village % does not add up: %', new.operation_id, new.village_id, v_broken;
  end if;
  return null;
end;
$$;
--> statement-breakpoint
-- Checks under the locks what may have changed since the decision was made. Null when nothing stands against the posting.
create or replace function refuse_posting(
  p_village_id integer,
  p_operation jsonb,
  p_accounts integer[],
  p_amounts bigint[],
  p_lots integer[],
  p_quantities integer[]
) returns jsonb
language plpgsql
as $$
declare
  v_found jsonb;
begin
  -- Status: as a change of status expects it, else active.
  if jsonb_array_length(p_operation -> 'statuses') = 0 then
    select jsonb_build_object('code', 'wrong_status', 'account', account_id, 'status', status)
      into v_found
      from account
     where village_id = p_village_id
       and account_id = any (p_accounts)
       and status <> 'active'
     order by account_id
     limit 1;
  else
    select jsonb_build_object('code', 'wrong_status', 'account', account.account_id, 'status', account.status)
      into v_found
      from (select unnest(p_accounts) union select s.account from jsonb_to_recordset(p_operation -> 'statuses') as s(account integer))
        as named(account)
      join account on account.village_id = p_village_id and account.account_id = named.account
      left join jsonb_to_recordset(p_operation -> 'statuses') as statuses(account integer, "from" text)
        on statuses.account = named.account
     where account.status <> coalesce(statuses."from", 'active')
     order by account.account_id
     limit 1;
  end if;
  if found then
    return v_found;
  end if;

  if jsonb_path_exists(p_operation, '$.entries[*].expectedN') and exists (
    select 1
      from jsonb_to_recordset(p_operation -> 'entries') as entries(account integer, "expectedN" bigint)
      join account on account.village_id = p_village_id and account.account_id = entries.account
     where account.last_n <> entries."expectedN"
  ) then
    return jsonb_build_object('code', 'stale');
  end if;

  if jsonb_path_exists(p_operation, '$.acts[*].reverses') then
    select jsonb_build_object('code', 'already_reversed', 'seq', act.reverses_seq, 'bySeq', act.seq)
      into v_found
      from jsonb_to_recordset(p_operation -> 'acts') as acts(reverses bigint)
      join act on act.village_id = p_village_id and act.reverses_seq = acts.reverses
     order by act.reverses_seq
     limit 1;
    if found then
      return v_found;
    end if;
  end if;

  select jsonb_build_object(
           'code', 'insufficient_points',
           'accounts', jsonb_agg(
             jsonb_build_object(
               'account', account.account_id,
               'missing', account.floor_centipoints - (account.balance_centipoints + entries.amount)
             ) order by account.account_id
           )
         )
    into v_found
    from unnest(p_accounts, p_amounts) as entries(account, amount)
    join account on account.village_id = p_village_id and account.account_id = entries.account
   where entries.amount < 0
     and account.balance_centipoints + entries.amount < account.floor_centipoints
     -- A deduction may leave less, as far as the village lets it.
     and account.balance_centipoints + entries.amount < coalesce(
           (
             select given.least
               from jsonb_to_recordset(p_operation -> 'entries') as given(account integer, least bigint)
              where given.account = entries.account
           ),
           account.floor_centipoints
         )
  having count(*) > 0;
  if found then
    return v_found;
  end if;

  if cardinality(p_lots) > 0 then
    select jsonb_build_object('code', 'out_of_stock', 'lot', stock_lot.lot_id, 'goods', stock_lot.goods_id)
      into v_found
      from unnest(p_lots, p_quantities) as moves(lot, quantity)
      join stock_lot on stock_lot.village_id = p_village_id and stock_lot.lot_id = moves.lot
     where stock_lot.quantity_on_hand + moves.quantity < 0
     order by stock_lot.lot_id
     limit 1;
    if found then
      return v_found;
    end if;
  end if;

  return null;
end;
$$;
