-- The one write path: points and stock move here or not at all. One call is one transaction.
--
-- p_operation = {
--   operationId, kind, idempotencyKey, requestHash (hex), recordedBy, occurredOn,
--   isCorrection, closesMonth, expectedSize, checksSeq,
--   acts:     [{ id, type, facts, head, middle, tail, openings, reverses }],
--   statuses: [{ account, from, to }],
--   entries:  [{ act, account, amount, expectedN, least }],       at most one for an act, in the order of the acts
--   lots:     [{ goods, quantity, sourceKind, sourceName, fund, giftSeq, awaitsCheck, unitValueFen, useBy }],
--   moves:    [{ act, lot, quantity, price }]                     at most one for a lot
-- }
-- An act is named by its place in "acts", from 1. An account that several acts move has an entry of each, in their order, each with
-- its own number, balance and least; "expectedN" is the account's last number before all of them, in each.
-- Answers { code, … }; a refusal changes nothing. Codes, first that applies:
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
  v_leasts bigint[];
  -- Filled only where an account has several entries: by entry what those of its account before it come to, and those after it.
  v_earlier_amounts bigint[] := '{}';
  v_later_amounts bigint[] := '{}';
  v_later_counts integer[] := '{}';
  v_found integer;
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
         coalesce(array_agg(act order by position), '{}'),
         coalesce(array_agg(least order by position), '{}')
    into v_accounts, v_amounts, v_entry_acts, v_leasts
    from rows from (
      jsonb_to_recordset(p_operation -> 'entries') as (account integer, amount bigint, act integer, least bigint)
    ) with ordinality as entries(account, amount, act, least, position);

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

  select count(*)
    into v_found
    from account
   where village_id = p_village_id
     and account_id = any (v_accounts);

  if v_found < cardinality(v_accounts) then
    select array_agg(earlier_amount order by position),
           array_agg(later_amount order by position),
           array_agg(later_count order by position)
      into v_earlier_amounts, v_later_amounts, v_later_counts
      from (
        select position,
               (sum(amount) over up_to - amount)::bigint as earlier_amount,
               (sum(amount) over of_account - sum(amount) over up_to)::bigint as later_amount,
               (count(*) over of_account - count(*) over up_to)::integer as later_count
          from unnest(v_accounts, v_amounts) with ordinality as entries(account, amount, position)
        window of_account as (partition by account),
               up_to as (partition by account order by position rows unbounded preceding)
      ) as placed;
    v_found := v_found + (select count(*) from unnest(v_later_counts) as later(entries) where later.entries > 0);
  end if;

  -- An unknown account or lot, or the same lot twice, is a mistake of the program and not of the village.
  if v_found <> cardinality(v_accounts)
     or (select count(*) from stock_lot where village_id = p_village_id and lot_id = any (v_lots)) <> cardinality(v_lots)
  then
    raise exception 'an operation names an account or lot that is not there, or a lot twice';
  end if;

  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;

  v_answer := refuse_posting(
    p_village_id, p_operation, v_accounts, v_amounts, v_earlier_amounts, v_leasts, v_lots, v_quantities
  );
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
     set balance_centipoints = account.balance_centipoints + moved.amount,
         last_n = account.last_n + moved.count
    from (
      select account, sum(amount)::bigint as amount, count(*) as count
        from unnest(v_accounts, v_amounts) as entries(account, amount)
       group by account
    ) as moved
   where account.village_id = p_village_id
     and account.account_id = moved.account;

  -- After the points, for an account is closed only when it holds nothing.
  update account
     set status = statuses."to"
    from jsonb_to_recordset(p_operation -> 'statuses') as statuses(account integer, "to" text)
   where account.village_id = p_village_id
     and account.account_id = statuses.account;

  -- The entry numbers by act: an act without an entry has none.
  select array_agg(account.last_n - coalesce(entries.later_count, 0) order by acts.position)
    into v_entry_numbers
    from generate_series(1, jsonb_array_length(p_operation -> 'acts')) as acts(position)
    left join unnest(v_accounts, v_entry_acts, v_later_counts) as entries(account, act, later_count)
      on entries.act = acts.position
    left join account on account.village_id = p_village_id and account.account_id = entries.account;

  perform append_acts(p_village_id, v_first_seq, v_recorded_at, p_operation, v_entry_numbers);

  insert into entry (village_id, account_id, n, seq, amount_centipoints, balance_after_centipoints, occurred_on)
  select p_village_id,
         account.account_id,
         account.last_n - coalesce(entries.later_count, 0),
         v_first_seq + entries.act - 1,
         entries.amount,
         account.balance_centipoints - coalesce(entries.later_amount, 0),
         v_occurred_on
    from unnest(v_accounts, v_amounts, v_entry_acts, v_later_counts, v_later_amounts)
      as entries(account, amount, act, later_count, later_amount)
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
