DROP INDEX "act_shop_index";--> statement-breakpoint
CREATE INDEX "act_shop_index" ON "act" USING btree ("village_id","type","seq") WHERE "act"."type" in (
          'stock.check', 'stock.adjust', 'stock.writeoff', 'stocktake', 'points.hold', 'handover', 'handover.waive'
        );
--> statement-breakpoint
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
-- Imports lost acts with all that they moved, worked out of their leaves alone: entries, balances, stock. What the public record
-- does not hold stays lost: names, remarks, use-by days. For the owner of the database; no server may be running.
-- p_goods has the village's goods by code. Whatever does not fit to what is here fails as a whole.
create or replace function import_acts(
  p_village_id integer,
  p_first_seq bigint,
  p_leaves bytea[],
  p_recorded_by integer,
  p_goods jsonb
) returns void
language plpgsql
as $$
declare
  v_seq bigint := p_first_seq;
  v_leaf jsonb;
  v_account account%rowtype;
  v_line jsonb;
  v_left integer;
  v_lot stock_lot%rowtype;
  v_moved stock_move%rowtype;
  v_taken integer;
begin
  perform restore_acts(p_village_id, p_first_seq, p_leaves, p_recorded_by);

  for v_leaf in
    select convert_from(leaf, 'UTF8')::jsonb
      from unnest(p_leaves) with ordinality as given(leaf, position)
     order by position
  loop
    if v_leaf ? 'delta' then
      update account
         set balance_centipoints = balance_centipoints + (v_leaf ->> 'delta')::bigint,
             last_n = last_n + 1
       where village_id = p_village_id
         and pseudonym = v_leaf ->> 'acct'
      returning * into v_account;
      if not found or v_account.last_n <> (v_leaf ->> 'n')::bigint then
        raise exception 'number % does not fit to an account that is here', v_seq;
      end if;
      insert into entry (village_id, account_id, n, seq, amount_centipoints, balance_after_centipoints, occurred_on)
      values (p_village_id, v_account.account_id, v_account.last_n, v_seq, (v_leaf ->> 'delta')::bigint,
              v_account.balance_centipoints, (v_leaf ->> 'occurred')::date);
      if v_leaf ->> 'type' = 'points.open' then
        update account
           set status = 'active'
         where village_id = p_village_id
           and account_id = v_account.account_id;
      end if;
    end if;

    if v_leaf ->> 'type' in ('account.freeze', 'account.unfreeze') then
      update account
         set status = case v_leaf ->> 'type' when 'account.freeze' then 'frozen' else 'active' end
       where village_id = p_village_id
         and pseudonym = v_leaf ->> 'acct';
    end if;

    for v_line in select value from jsonb_array_elements(v_leaf -> 'goods') where v_leaf ->> 'type' = 'stock.in' loop
      insert into stock_lot (village_id, goods_id, source_kind, source_name, fund, gift_seq, awaits_check, unit_value_fen,
                             quantity_on_hand, last_n)
      values (p_village_id, (p_goods ->> (v_line ->> 'code'))::integer, v_leaf ->> 'source', '', v_leaf ->> 'fund',
              (v_leaf ->> 'giftSeq')::bigint, coalesce(v_leaf ->> 'checked' = 'later', false), (v_line ->> 'value')::integer, (v_line ->> 'quantity')::integer, 1)
      returning * into v_lot;
      insert into stock_move (village_id, lot_id, n, seq, goods_id, quantity, quantity_after, occurred_on)
      values (p_village_id, v_lot.lot_id, 1, v_seq, v_lot.goods_id, v_lot.quantity_on_hand, v_lot.quantity_on_hand,
              (v_leaf ->> 'occurred')::date);
    end loop;

    -- Goods leave in the order in which the counter takes them.
    for v_line in select value from jsonb_array_elements(v_leaf -> 'goods') where v_leaf ->> 'type' in ('points.redeem', 'points.hold', 'stock.writeoff') loop
      v_left := (v_line ->> 'quantity')::integer;
      for v_lot in
        select *
          from stock_lot
         where village_id = p_village_id
           and goods_id = (p_goods ->> (v_line ->> 'code'))::integer
           and quantity_on_hand > 0
         order by use_by nulls last, lot_id
      loop
        exit when v_left = 0;
        v_taken := least(v_left, v_lot.quantity_on_hand);
        update stock_lot
           set quantity_on_hand = quantity_on_hand - v_taken,
               last_n = last_n + 1
         where village_id = p_village_id
           and lot_id = v_lot.lot_id;
        insert into stock_move
          (village_id, lot_id, n, seq, goods_id, quantity, quantity_after, unit_price_centipoints, occurred_on)
        values
          (p_village_id, v_lot.lot_id, v_lot.last_n + 1, v_seq, v_lot.goods_id, -v_taken,
           v_lot.quantity_on_hand - v_taken, (v_line ->> 'price')::integer, (v_leaf ->> 'occurred')::date);
        v_left := v_left - v_taken;
      end loop;
      if v_left > 0 then
        raise exception 'number % takes more goods than are here', v_seq;
      end if;
    end loop;

    if v_leaf ->> 'type' = 'stock.check' then
      update stock_lot
         set awaits_check = false
       where village_id = p_village_id
         and lot_id in (
           select lot_id
             from stock_move
            where village_id = p_village_id
              and seq = (v_leaf ->> 'receipt')::bigint
              and n = 1
         );
    end if;

    for v_moved in
      select *
        from stock_move
       where village_id = p_village_id
         and seq = (v_leaf ->> 'reverses')::bigint
       order by lot_id
    loop
      update stock_lot
         set quantity_on_hand = quantity_on_hand - v_moved.quantity,
             last_n = last_n + 1
       where village_id = p_village_id
         and lot_id = v_moved.lot_id
      returning * into v_lot;
      insert into stock_move
        (village_id, lot_id, n, seq, goods_id, quantity, quantity_after, unit_price_centipoints, occurred_on)
      values
        (p_village_id, v_lot.lot_id, v_lot.last_n, v_seq, v_lot.goods_id, -v_moved.quantity, v_lot.quantity_on_hand,
         v_moved.unit_price_centipoints, (v_leaf ->> 'occurred')::date);
    end loop;

    v_seq := v_seq + 1;
  end loop;
end;
$$;
--> statement-breakpoint
-- Gives back what was kept for a household and exchanges it at once: both operations, or neither. Answers as post_act does for the
-- exchange, or with the reason why one of the two was refused. Both touch the same account and the same lots, so the second one meets
-- no lock that the first one does not hold.
create or replace function hand_over_goods(p_village_id integer, p_release jsonb, p_redemption jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
begin
  v_answer := find_posted(p_village_id, p_redemption ->> 'idempotencyKey', p_redemption ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;
  v_answer := post_act(p_village_id, p_release);
  if v_answer ->> 'code' <> 'posted' then
    -- Its twin has been faster, and the answer is the one that this one got.
    return coalesce(
      find_posted(p_village_id, p_redemption ->> 'idempotencyKey', p_redemption ->> 'requestHash'),
      case v_answer ->> 'code' when 'replayed' then jsonb_build_object('code', 'stale') else v_answer end
    );
  end if;
  v_answer := post_act(p_village_id, p_redemption);
  if v_answer ->> 'code' <> 'posted' then
    raise exception using errcode = 'LS001', message = v_answer::text;
  end if;
  return v_answer;
exception
  when sqlstate 'LS001' then
    return sqlerrm::jsonb;
end;
$$;
--> statement-breakpoint
grant execute on function hand_over_goods(integer, jsonb, jsonb) to love_supermarket_app;
