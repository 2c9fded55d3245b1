-- The one write path: points and stock move here or not at all. One call is one transaction.
--
-- p_operation = {
--   operationId, kind, idempotencyKey, requestHash (hex), recordedBy, occurredOn,
--   isCorrection, closesMonth, expectedSize, checksSeq,
--   acts:     [{ id, type, facts, head, middle, tail, openings, reverses }],
--   statuses: [{ account, from, to }],
--   entries:  [{ act, account, amount, expectedN }],              at most one for an act, at most one for an account
--   lots:     [{ goods, quantity, sourceKind, sourceName, fund, giftSeq, awaitsCheck, unitValueFen, useBy }],
--   moves:    [{ act, lot, quantity, price }]                     at most one for a lot
-- }
-- An act is named by its place in "acts", from 1. Answers { code, … }; a refusal changes nothing. Codes, first that applies:
--   key_reused, replayed, wrong_status, stale, already_reversed, insufficient_points, out_of_stock, month_published, posted
--
-- Locks: accounts ascending, lots ascending, the village's log last. Whatever is decided after a lock is read after it.
create or replace function post_act(p_village_id integer, p_operation jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
-- Planned once a session: what it does hardly depends on the values, and planning anew took a third of each posting.
set plan_cache_mode = force_generic_plan
as $$
declare
  v_accounts integer[];
  v_amounts bigint[];
  v_entry_acts integer[];
  v_lots integer[];
  v_quantities integer[];
  v_prices integer[];
  v_move_acts integer[];
  v_new_lots integer[];
  v_checked integer[];
  v_occurred_on date := (p_operation ->> 'occurredOn')::date;
  v_first_seq bigint;
  v_recorded_at timestamptz;
  v_entry_numbers bigint[];
  v_answer jsonb;
begin
  select coalesce(array_agg(account order by position), '{}'),
         coalesce(array_agg(amount order by position), '{}'),
         coalesce(array_agg(act order by position), '{}')
    into v_accounts, v_amounts, v_entry_acts
    from rows from (
      jsonb_to_recordset(p_operation -> 'entries') as (account integer, amount bigint, act integer)
    ) with ordinality as entries(account, amount, act, position);

  select coalesce(array_agg(lot order by position), '{}'),
         coalesce(array_agg(quantity order by position), '{}'),
         coalesce(array_agg(price order by position), '{}'),
         coalesce(array_agg(act order by position), '{}')
    into v_lots, v_quantities, v_prices, v_move_acts
    from rows from (
      jsonb_to_recordset(p_operation -> 'moves') as (lot integer, quantity integer, price integer, act integer)
    ) with ordinality as moves(lot, quantity, price, act, position);

  select coalesce(array_agg(lot_id), '{}')
    into v_checked
    from stock_move
   where village_id = p_village_id
     and seq = (p_operation ->> 'checksSeq')::bigint
     and n = 1;

  perform 1
    from account
   where village_id = p_village_id
     and account_id = any (
       v_accounts || array(
         select account
           from jsonb_to_recordset(p_operation -> 'statuses') as statuses(account integer)
       )
     )
   order by account_id
     for update;

  perform 1
    from stock_lot
   where village_id = p_village_id
     and lot_id = any (v_lots || v_checked)
   order by lot_id
     for update;

  -- An unknown account or lot, or the same one twice, is a mistake of the program and not of the village.
  if (select count(*) from account where village_id = p_village_id and account_id = any (v_accounts)) <> cardinality(v_accounts)
     or (select count(*) from stock_lot where village_id = p_village_id and lot_id = any (v_lots)) <> cardinality(v_lots)
  then
    raise exception 'an operation names an account or lot that is not there, or one of them twice';
  end if;

  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;

  v_answer := refuse_posting(p_village_id, p_operation, v_accounts, v_amounts, v_lots, v_quantities);
  if v_answer is not null then
    return v_answer;
  end if;

  if (p_operation ->> 'checksSeq') is not null
     and (select count(*) from stock_lot where village_id = p_village_id and lot_id = any (v_checked) and awaits_check) = 0
  then
    return jsonb_build_object('code', 'stale');
  end if;

  v_first_seq := lock_log(p_village_id);
  v_recorded_at := ledger_clock();

  -- An act without cards or goods has met no lock before this one, so a twin may have been written in the meantime.
  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;
  if v_first_seq <> coalesce((p_operation ->> 'expectedSize')::bigint, v_first_seq) then
    return jsonb_build_object('code', 'stale');
  end if;
  if not coalesce((p_operation ->> 'isCorrection')::boolean, false)
     and exists (
       select 1
         from closed_period
        where village_id = p_village_id
          and month = to_char(v_occurred_on, 'YYYY-MM')
     )
  then
    return jsonb_build_object('code', 'month_published', 'month', to_char(v_occurred_on, 'YYYY-MM'));
  end if;

  update account
     set balance_centipoints = account.balance_centipoints + entries.amount,
         last_n = account.last_n + 1
    from unnest(v_accounts, v_amounts) as entries(account, amount)
   where account.village_id = p_village_id
     and account.account_id = entries.account;

  -- After the points, for an account is closed only when it holds nothing.
  update account
     set status = statuses."to"
    from jsonb_to_recordset(p_operation -> 'statuses') as statuses(account integer, "to" text)
   where account.village_id = p_village_id
     and account.account_id = statuses.account;

  -- The entry numbers by act: an act without an entry has none.
  select array_agg(account.last_n order by acts.position)
    into v_entry_numbers
    from generate_series(1, jsonb_array_length(p_operation -> 'acts')) as acts(position)
    left join unnest(v_accounts, v_entry_acts) as entries(account, act) on entries.act = acts.position
    left join account on account.village_id = p_village_id and account.account_id = entries.account;

  perform append_acts(p_village_id, v_first_seq, v_recorded_at, p_operation, v_entry_numbers);

  insert into entry (village_id, account_id, n, seq, amount_centipoints, balance_after_centipoints, occurred_on)
  select p_village_id,
         account.account_id,
         account.last_n,
         v_first_seq + entries.act - 1,
         entries.amount,
         account.balance_centipoints,
         v_occurred_on
    from unnest(v_accounts, v_amounts, v_entry_acts) as entries(account, amount, act)
    join account on account.village_id = p_village_id and account.account_id = entries.account;

  if jsonb_array_length(coalesce(p_operation -> 'lots', '[]')) > 0 then
    select array_agg(nextval('stock_lot_lot_id_seq')::integer)
      into v_new_lots
      from jsonb_array_elements(p_operation -> 'lots');

    insert into stock_lot
      (village_id, lot_id, goods_id, source_kind, source_name, fund, gift_seq, awaits_check, unit_value_fen, use_by,
       quantity_on_hand, last_n)
    select p_village_id, v_new_lots[position], goods, source_kind, source_name, fund, gift_seq, coalesce(awaits_check, false),
           unit_value_fen, use_by, quantity, 1
      from rows from (
        jsonb_to_recordset(p_operation -> 'lots') as (
          goods integer, quantity integer, "sourceKind" text, "sourceName" text, fund text, "giftSeq" bigint,
          "awaitsCheck" boolean, "unitValueFen" integer, "useBy" date
        )
      ) with ordinality as lots(
        goods, quantity, source_kind, source_name, fund, gift_seq, awaits_check, unit_value_fen, use_by, position
      );

    insert into stock_move (village_id, lot_id, n, seq, goods_id, quantity, quantity_after, occurred_on)
    select p_village_id, lot_id, 1, v_first_seq, goods_id, quantity_on_hand, quantity_on_hand, v_occurred_on
      from stock_lot
     where village_id = p_village_id
       and lot_id = any (v_new_lots);
  end if;

  if cardinality(v_checked) > 0 then
    update stock_lot
       set awaits_check = false
     where village_id = p_village_id
       and lot_id = any (v_checked);
  end if;

  if cardinality(v_lots) > 0 then
    update stock_lot
       set quantity_on_hand = stock_lot.quantity_on_hand + moves.quantity,
           last_n = stock_lot.last_n + 1
      from unnest(v_lots, v_quantities) as moves(lot, quantity)
     where stock_lot.village_id = p_village_id
       and stock_lot.lot_id = moves.lot;

    insert into stock_move
      (village_id, lot_id, n, seq, goods_id, quantity, quantity_after, unit_price_centipoints, occurred_on)
    select p_village_id,
           stock_lot.lot_id,
           stock_lot.last_n,
           v_first_seq + moves.act - 1,
           stock_lot.goods_id,
           moves.quantity,
           stock_lot.quantity_on_hand,
           moves.price,
           v_occurred_on
      from unnest(v_lots, v_quantities, v_prices, v_move_acts) as moves(lot, quantity, price, act)
      join stock_lot on stock_lot.village_id = p_village_id and stock_lot.lot_id = moves.lot;
  end if;

  insert into closed_period (village_id, month, closed_at_seq)
  select p_village_id, p_operation ->> 'closesMonth', v_first_seq
   where p_operation ->> 'closesMonth' is not null
      on conflict do nothing;

  return jsonb_build_object('code', 'posted') || posted_operation(p_village_id, p_operation ->> 'operationId');
end;
$$;
--> statement-breakpoint
-- Approves what somebody asked for, together with the act that does it: both, or neither. Answers as post_act does; also "stale"
-- when the proposal was decided in the meantime. The proposal's lock comes before the locks of post_act.
create or replace function approve_proposal(p_village_id integer, p_operation jsonb, p_proposal_id integer) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_state text;
  v_answer jsonb;
begin
  select state
    into v_state
    from goods_proposal
   where village_id = p_village_id
     and proposal_id = p_proposal_id
     for update;

  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;
  if v_state is distinct from 'open' then
    return jsonb_build_object('code', 'stale');
  end if;

  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' = 'posted' then
    update goods_proposal
       set state = 'approved',
           decided_by = (p_operation ->> 'recordedBy')::integer,
           decided_at = ledger_clock(),
           operation_id = p_operation ->> 'operationId'
     where village_id = p_village_id
       and proposal_id = p_proposal_id;
  end if;
  return v_answer;
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
    for v_line in select value from jsonb_array_elements(v_leaf -> 'goods') where v_leaf ->> 'type' in ('points.redeem', 'stock.writeoff') loop
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
-- One text for all that was counted, so that a posting can say which lines it decided on.
create or replace function stocktake_lines_seen(p_village_id integer, p_stocktake_id integer) returns text
language sql
stable
as $$
  select md5(coalesce(string_agg(concat_ws(':', goods_id, counted, "cursor", cause), ',' order by goods_id), ''))
    from stocktake_line
   where village_id = p_village_id
     and stocktake_id = p_stocktake_id;
$$;
--> statement-breakpoint
-- Closes a count together with the acts that it leads to: both, or neither. Answers as post_act does; also "stale" when the count is
-- no longer under review, or a line of it was changed since. Its lock comes before the locks of post_act.
create or replace function post_stocktake(
  p_village_id integer,
  p_operation jsonb,
  p_stocktake_id integer,
  p_lines_seen text
) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_state text;
  v_answer jsonb;
begin
  select state
    into v_state
    from stocktake
   where village_id = p_village_id
     and stocktake_id = p_stocktake_id
     for update;

  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;
  if v_state is distinct from 'reviewing' or p_lines_seen is distinct from stocktake_lines_seen(p_village_id, p_stocktake_id) then
    return jsonb_build_object('code', 'stale');
  end if;

  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' = 'posted' then
    update stocktake
       set state = 'posted',
           closed_by = (p_operation ->> 'recordedBy')::integer,
           closed_at = ledger_clock(),
           operation_id = p_operation ->> 'operationId'
     where village_id = p_village_id
       and stocktake_id = p_stocktake_id;
  end if;
  return v_answer;
end;
$$;
