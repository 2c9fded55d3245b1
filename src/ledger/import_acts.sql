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
