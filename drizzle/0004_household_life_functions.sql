-- Puts the id of a new account where the lines of an operation say 0.
create or replace function name_account(p_lines jsonb, p_account_id integer) returns jsonb
language sql
immutable
as $$
  select coalesce(
           jsonb_agg(
             case when line ->> 'account' = '0' then line || jsonb_build_object('account', p_account_id) else line end
             order by position
           ),
           '[]'
         )
    from jsonb_array_elements(p_lines) with ordinality as given(line, position);
$$;
--> statement-breakpoint
-- Makes the spendable account of one new household under a pseudonym that its acts name already; answers its id.
create or replace function create_account(p_village_id integer, p_holder_id integer, p_pseudonym text) returns integer
language sql
security definer
set search_path = public, pg_temp
as $$
  insert into account (village_id, holder_id, kind, status, pseudonym)
  values (p_village_id, p_holder_id, 'spendable', 'registered', p_pseudonym)
  returning account_id;
$$;
--> statement-breakpoint
-- The one write path: points and stock move here or not at all. One call is one transaction.
--
-- p_operation = {
--   operationId, kind, idempotencyKey, requestHash (hex), recordedBy, occurredOn,
--   isCorrection, closesMonth, expectedSize,
--   acts:     [{ id, type, facts, head, middle, tail, openings, reverses }],
--   statuses: [{ account, from, to }],
--   entries:  [{ act, account, amount, expectedN }],              at most one for an act, at most one for an account
--   lots:     [{ goods, quantity, sourceKind, sourceName, unitValueFen, useBy }],   new ones, made by the first act
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
     and lot_id = any (v_lots)
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
      (village_id, lot_id, goods_id, source_kind, source_name, unit_value_fen, use_by, quantity_on_hand, last_n)
    select p_village_id, v_new_lots[position], goods, source_kind, source_name, unit_value_fen, use_by, quantity, 1
      from rows from (
        jsonb_to_recordset(p_operation -> 'lots') as (
          goods integer, quantity integer, "sourceKind" text, "sourceName" text, "unitValueFen" integer, "useBy" date
        )
      ) with ordinality as lots(goods, quantity, source_kind, source_name, unit_value_fen, use_by, position);

    insert into stock_move (village_id, lot_id, n, seq, goods_id, quantity, quantity_after, occurred_on)
    select p_village_id, lot_id, 1, v_first_seq, goods_id, quantity_on_hand, quantity_on_hand, v_occurred_on
      from stock_lot
     where village_id = p_village_id
       and lot_id = any (v_new_lots);
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
-- What happens to households and their cards, together with the acts that say so: all of it, or nothing.
-- p_change = {
--   newHousehold: { groupId, headName, pinyin, initials, memberCount, phone, number, token, pseudonym },
--   newCard:      { household, number, token },                    the card that the household had so far ends
--   recalled:     [number],
--   households:   [{ household, membersBefore, members, headName, pinyin, initials, vacatedOn }]   a name only where it changes
-- }
-- The operation names the account of the new household as 0. Answers as post_act does; also "stale" when a number was given to
-- another card since, or the members of a household were counted otherwise. The lock on the village's groups, the same as a
-- registration takes, lets one such change through at a time; it comes before the locks of post_act.
create or replace function change_household(p_village_id integer, p_operation jsonb, p_change jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_new jsonb := p_change -> 'newHousehold';
  v_card jsonb := p_change -> 'newCard';
  v_operation jsonb := p_operation;
  v_household_id integer;
  v_account_id integer;
  v_answer jsonb;
begin
  perform 1
    from villager_group
   where village_id = p_village_id
   order by group_id
     for update;

  -- A repeat finds other numbers and other counts than when it was sent first.
  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;

  if exists (
       select 1
         from card
        where village_id = p_village_id
          and number in (v_new ->> 'number', v_card ->> 'number')
     )
     or exists (
       select 1
         from jsonb_to_recordset(p_change -> 'households') as changed(household integer, "membersBefore" integer)
         join household
           on household.village_id = p_village_id
          and household.household_id = changed.household
        where household.member_count <> changed."membersBefore"
     )
  then
    return jsonb_build_object('code', 'stale');
  end if;

  begin
    if v_new is not null then
      insert into household
        (village_id, group_id, head_name, pinyin, initials, member_count, phone, registered_at)
      values
        (p_village_id, (v_new ->> 'groupId')::integer, v_new ->> 'headName', v_new ->> 'pinyin', v_new ->> 'initials',
         (v_new ->> 'memberCount')::integer, v_new ->> 'phone', ledger_clock())
      returning household_id into v_household_id;

      v_account_id := create_account(p_village_id, v_household_id, v_new ->> 'pseudonym');
      v_operation := v_operation
        || jsonb_build_object('entries', name_account(p_operation -> 'entries', v_account_id))
        || jsonb_build_object('statuses', name_account(p_operation -> 'statuses', v_account_id));

      insert into card (village_id, number, household_id, token, issued_at)
      values (p_village_id, v_new ->> 'number', v_household_id, v_new ->> 'token', ledger_clock());
    end if;

    if v_card is not null then
      update card
         set ended_at = ledger_clock()
       where village_id = p_village_id
         and household_id = (v_card ->> 'household')::integer
         and ended_at is null;

      insert into card (village_id, number, household_id, token, issued_at)
      values (p_village_id, v_card ->> 'number', (v_card ->> 'household')::integer, v_card ->> 'token', ledger_clock());
    end if;

    update card
       set recalled_at = ledger_clock()
     where village_id = p_village_id
       and ended_at is null
       and recalled_at is null
       and number in (select jsonb_array_elements_text(p_change -> 'recalled'));

    update household
       set member_count = changed.members,
           vacated_on = coalesce(changed."vacatedOn", household.vacated_on),
           head_name = coalesce(changed."headName", household.head_name),
           pinyin = coalesce(changed.pinyin, household.pinyin),
           initials = coalesce(changed.initials, household.initials)
      from jsonb_to_recordset(p_change -> 'households') as changed(
             household integer, members integer, "vacatedOn" date, "headName" text, pinyin text, initials text
           )
     where household.village_id = p_village_id
       and household.household_id = changed.household;

    v_answer := post_act(p_village_id, v_operation);
    if v_answer ->> 'code' <> 'posted' then
      raise exception sqlstate 'LS001' using message = 'nothing of it stays';
    end if;
  exception
    when sqlstate 'LS001' then null;
  end;

  return v_answer;
end;
$$;
--> statement-breakpoint
-- Starts a village's ledger and its public log with the founding act, number 0.
-- p_terms = { openingCentipoints, fenPerPoint, earnedMonths, openingMonths, vacancyMonths }; months may be null.
create or replace function open_ledger(p_village_id integer, p_terms jsonb, p_operation jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
begin
  perform open_log(p_village_id);
  insert into village_terms
    (village_id, opening_centipoints, fen_per_point, earned_months, opening_months, vacancy_months)
  values
    (p_village_id, (p_terms ->> 'openingCentipoints')::integer, (p_terms ->> 'fenPerPoint')::integer,
     (p_terms ->> 'earnedMonths')::integer, (p_terms ->> 'openingMonths')::integer,
     (p_terms ->> 'vacancyMonths')::integer);
  return post_act(p_village_id, p_operation);
end;
$$;
