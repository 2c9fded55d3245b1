-- Writes one operation and its acts at the end of a village's log. The caller holds lock_log.
-- A leaf is head || time || middle || n || tail: canonical JSON whose only open places are the time and the entry number.
create or replace function append_acts(
  p_village_id integer,
  p_first_seq bigint,
  p_recorded_at timestamptz,
  p_operation jsonb,
  p_entry_numbers bigint[]
) returns void
language plpgsql
as $$
declare
  v_operation_id text := p_operation ->> 'operationId';
  v_recorded_by integer := (p_operation ->> 'recordedBy')::integer;
  v_occurred_on date := (p_operation ->> 'occurredOn')::date;
  v_count integer := jsonb_array_length(p_operation -> 'acts');
  v_at text := to_char(p_recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
begin
  insert into operation
    (village_id, operation_id, kind, idempotency_key, request_hash, recorded_by, recorded_at, first_seq, act_count)
  values
    (p_village_id, v_operation_id, p_operation ->> 'kind', p_operation ->> 'idempotencyKey',
     decode(p_operation ->> 'requestHash', 'hex'), v_recorded_by, p_recorded_at, p_first_seq, v_count);

  insert into act
    (village_id, seq, act_id, operation_id, type, occurred_on, recorded_at, recorded_by, reverses_seq, facts, leaf, leaf_hash)
  select p_village_id,
         p_first_seq + drafted.position - 1,
         drafted.id,
         v_operation_id,
         drafted.type,
         v_occurred_on,
         p_recorded_at,
         v_recorded_by,
         drafted.reverses,
         drafted.facts,
         drafted.leaf,
         sha256('\x00'::bytea || drafted.leaf)
    from (
      select position,
             value ->> 'id' as id,
             value ->> 'type' as type,
             (value ->> 'reverses')::bigint as reverses,
             value -> 'facts' as facts,
             convert_to(
               (value ->> 'head') || v_at || (value ->> 'middle')
                 || coalesce(p_entry_numbers[position]::text, '') || (value ->> 'tail'),
               'UTF8'
             ) as leaf
        from jsonb_array_elements(p_operation -> 'acts') with ordinality as item(value, position)
    ) as drafted;

  insert into disclosure (village_id, seq, openings)
  select p_village_id, p_first_seq + position - 1, value -> 'openings'
    from jsonb_array_elements(p_operation -> 'acts') with ordinality as item(value, position)
   where value ? 'openings';

  update log_head
     set size = p_first_seq + v_count
   where village_id = p_village_id;
end;
$$;
--> statement-breakpoint
-- Notes under which name and key a village's log was first signed. Written once; a log never changes its name or its key.
create or replace function begin_public_log(p_village_id integer, p_origin text, p_vkey text) returns void
language sql
security definer
set search_path = public, pg_temp
as $$
  insert into public_log (village_id, origin, vkey, begun_at)
  values (p_village_id, p_origin, p_vkey, clock_timestamp())
      on conflict do nothing;
$$;
--> statement-breakpoint
-- The time at which an act is written: the server's clock. Only the owner of the database may give another one, and does so
-- only to make the demonstration's history and in tests; the application's role cannot.
create or replace function ledger_clock() returns timestamptz
language plpgsql
volatile
as $$
declare
  v_given text := current_setting('love_supermarket.clock', true);
begin
  if v_given <> '' and session_user = (select pg_get_userbyid(datdba) from pg_database where datname = current_database()) then
    return v_given::timestamptz;
  end if;
  return clock_timestamp();
end;
$$;
--> statement-breakpoint
-- Takes the village's log, the one lock that a whole village shares: always last, immediately before the inserts.
-- Answers how many acts the log holds, which is the next act's seq.
create or replace function lock_log(p_village_id integer) returns bigint
language plpgsql
as $$
declare
  v_size bigint;
begin
  select size
    into strict v_size
    from log_head
   where village_id = p_village_id
     for update;
  return v_size;
end;
$$;
--> statement-breakpoint
-- Starts a village's log, empty.
create or replace function open_log(p_village_id integer) returns void
language sql
as $$
  insert into log_head (village_id) values (p_village_id);
$$;
--> statement-breakpoint
-- The second wall of append-only: whoever asks, whatever the privileges, a recorded row stays as it was written.
create or replace function refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name
    using errcode = 'restrict_violation';
end;
$$;
--> statement-breakpoint
-- Stores every full tile of a village's tree that is not stored yet, and answers how many acts the log holds.
-- The hashes come from the acts alone, so whoever may call this can store nothing that the record does not say.
create or replace function store_log_tiles(p_village_id integer) returns bigint
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_size bigint;
  v_level integer := 0;
  v_full bigint;
  v_index bigint;
  v_hashes bytea[];
  v_row bytea[];
begin
  select size
    into strict v_size
    from log_head
   where village_id = p_village_id;

  v_full := v_size / 256;
  while v_full > 0 loop
    select coalesce(max(index) + 1, 0)
      into v_index
      from log_tile
     where village_id = p_village_id
       and level = v_level;

    while v_index < v_full loop
      if v_level = 0 then
        select array_agg(leaf_hash order by seq)
          into v_hashes
          from act
         where village_id = p_village_id
           and seq between v_index * 256 and v_index * 256 + 255;
      else
        select array_agg(root order by index)
          into v_hashes
          from log_tile
         where village_id = p_village_id
           and level = v_level - 1
           and index between v_index * 256 and v_index * 256 + 255;
      end if;
      if cardinality(v_hashes) is distinct from 256 then
        raise exception 'the record of village % has a gap below tile %/%', p_village_id, v_level, v_index;
      end if;

      v_row := v_hashes;
      while cardinality(v_row) > 1 loop
        select array_agg(sha256('\x01'::bytea || v_row[pair] || v_row[pair + 1]) order by pair)
          into v_row
          from generate_series(1, cardinality(v_row), 2) as pairs(pair);
      end loop;

      -- Two servers may be at it: what they store is the same.
      insert into log_tile (village_id, level, index, hashes, root)
      values (p_village_id, v_level, v_index, (select string_agg(hash, ''::bytea order by position)
                                                 from unnest(v_hashes) with ordinality as given(hash, position)), v_row[1])
          on conflict do nothing;
      v_index := v_index + 1;
    end loop;

    v_level := v_level + 1;
    v_full := v_full / 256;
  end loop;
  return v_size;
end;
$$;
--> statement-breakpoint
-- Makes the spendable account of new households; it holds nothing until the card is opened by an act.
create or replace function create_accounts(p_village_id integer, p_holder_ids integer[]) returns void
language plpgsql
security definer
set search_path = public, pg_temp
as $$
begin
  insert into account (village_id, holder_id, kind, status, pseudonym)
  select p_village_id,
         holder_id,
         'spendable',
         'registered',
         replace(gen_random_uuid()::text, '-', '')
    from unnest(p_holder_ids) as given(holder_id)
   order by holder_id;
end;
$$;
--> statement-breakpoint
-- Puts households on the village's list, each with an account and a card that holds nothing yet. Numbers follow on from the
-- highest one given; the lock on the village's groups keeps two registrations from giving the same number.
-- p_households = [{ groupId, headName, pinyin, initials, memberCount, phone, token, registrationKey }]; answers the card
-- numbers in that order. Registration keys that were used before answer the cards of that time and write nothing.
create or replace function register_households(p_village_id integer, p_households jsonb) returns text[]
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_household_ids integer[];
  v_prefix text;
  v_last integer;
  v_numbers text[];
begin
  perform 1
    from villager_group
   where village_id = p_village_id
   order by group_id
     for update;

  select array_agg(card.number order by position)
    into v_numbers
    from jsonb_array_elements(p_households) with ordinality as given(value, position)
    join household
      on household.village_id = p_village_id
     and household.registration_key = value ->> 'registrationKey'
    join card
      on card.village_id = household.village_id
     and card.household_id = household.household_id
     and card.ended_at is null;
  if v_numbers is not null then
    return v_numbers;
  end if;

  select right(code, 6)
    into strict v_prefix
    from region
   where region_id = p_village_id;

  select coalesce(max(right(number, 4)::integer), 0)
    into v_last
    from card
   where village_id = p_village_id;

  select array_agg(nextval('household_household_id_seq')::integer)
    into v_household_ids
    from jsonb_array_elements(p_households);

  insert into household
    (village_id, household_id, group_id, head_name, pinyin, initials, member_count, phone, registered_at, registration_key)
  select p_village_id,
         v_household_ids[position],
         group_id,
         head_name,
         pinyin,
         initials,
         member_count,
         phone,
         ledger_clock(),
         registration_key
    from rows from (
      jsonb_to_recordset(p_households) as (
        "groupId" integer, "headName" text, pinyin text, initials text, "memberCount" integer, phone text,
        "registrationKey" text
      )
    ) with ordinality as given(group_id, head_name, pinyin, initials, member_count, phone, registration_key, position);

  perform create_accounts(p_village_id, v_household_ids);

  select array_agg(v_prefix || lpad((v_last + position)::text, 4, '0') order by position)
    into v_numbers
    from generate_subscripts(v_household_ids, 1) as given(position);

  insert into card (village_id, number, household_id, token, issued_at)
  select p_village_id, v_numbers[position], v_household_ids[position], value ->> 'token', ledger_clock()
    from jsonb_array_elements(p_households) with ordinality as given(value, position);

  return v_numbers;
end;
$$;
--> statement-breakpoint
-- What an operation did, read back from the append-only tables, so that the first answer and every repeat are the same.
create or replace function posted_operation(p_village_id integer, p_operation_id text) returns jsonb
language sql
stable
as $$
  select jsonb_build_object(
           'operationId', operation.operation_id,
           'recordedAt', to_char(operation.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'firstSeq', operation.first_seq,
           'acts', jsonb_agg(
             jsonb_build_object(
               'seq', act.seq,
               'id', act.act_id,
               'type', act.type,
               'account', entry.account_id,
               'amount', entry.amount_centipoints,
               'balanceAfter', entry.balance_after_centipoints
             ) order by act.seq
           )
         )
    from operation
    join act
      on act.village_id = operation.village_id
     and act.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
    left join entry
      on entry.village_id = act.village_id
     and entry.seq = act.seq
   where operation.village_id = p_village_id
     and operation.operation_id = p_operation_id
   group by operation.village_id, operation.operation_id;
$$;
--> statement-breakpoint
-- Looks an idempotency key up: null when it is new, the stored operation when the request is the same, a refusal when not.
create or replace function find_posted(p_village_id integer, p_key text, p_request_hash text) returns jsonb
language plpgsql
as $$
declare
  v_operation operation%rowtype;
begin
  select *
    into v_operation
    from operation
   where village_id = p_village_id
     and idempotency_key = p_key;
  if not found then
    return null;
  end if;
  if v_operation.request_hash <> decode(p_request_hash, 'hex') then
    return jsonb_build_object('code', 'key_reused');
  end if;
  return jsonb_build_object('code', 'replayed') || posted_operation(p_village_id, v_operation.operation_id);
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
     set status = statuses."to"
    from jsonb_to_recordset(p_operation -> 'statuses') as statuses(account integer, "to" text)
   where account.village_id = p_village_id
     and account.account_id = statuses.account;

  update account
     set balance_centipoints = account.balance_centipoints + entries.amount,
         last_n = account.last_n + 1
    from unnest(v_accounts, v_amounts) as entries(account, amount)
   where account.village_id = p_village_id
     and account.account_id = entries.account;

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
-- Starts a village's ledger and its public log with the founding act, number 0.
-- p_terms = { openingCentipoints, fenPerPoint }.
create or replace function open_ledger(p_village_id integer, p_terms jsonb, p_operation jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
begin
  perform open_log(p_village_id);
  insert into village_terms (village_id, opening_centipoints, fen_per_point)
  values (p_village_id, (p_terms ->> 'openingCentipoints')::integer, (p_terms ->> 'fenPerPoint')::integer);
  return post_act(p_village_id, p_operation);
end;
$$;
--> statement-breakpoint
-- Freezes a month's record: the act in the public log and the numbered version stand together or not at all.
-- p_publication = { month, version, throughSeq, content, contentHash (hex) }; the posting expects the log to end at throughSeq.
create or replace function publish_record(p_village_id integer, p_operation jsonb, p_publication jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_posted jsonb := post_act(p_village_id, p_operation);
begin
  if v_posted ->> 'code' = 'posted' then
    insert into publication
      (village_id, month, version, seq, through_seq, published_by, published_at, content, content_hash)
    values
      (p_village_id, p_publication ->> 'month', (p_publication ->> 'version')::integer, (v_posted ->> 'firstSeq')::bigint,
       (p_publication ->> 'throughSeq')::bigint, (p_operation ->> 'recordedBy')::integer,
       (v_posted ->> 'recordedAt')::timestamptz, p_publication -> 'content',
       decode(p_publication ->> 'contentHash', 'hex'));
  end if;
  return v_posted;
end;
$$;
