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
                  and (act.type in ('points.deduct', 'points.reverse', 'points.convert') or (act.type = 'points.transfer' and act.facts ? 'owed'))
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
