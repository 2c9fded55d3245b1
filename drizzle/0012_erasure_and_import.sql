-- Removes what these acts disclosed. The trigger lets only those go whose account an erasure names.
create or replace function erase_openings(p_village_id integer, p_seqs bigint[]) returns void
language sql
as $$
  delete from disclosure
   where village_id = p_village_id
     and seq = any (p_seqs);
$$;
--> statement-breakpoint
-- What an act disclosed stays as it was written. It may go as a whole once a later act says that it was erased, and which account
-- it was about; nothing else removes it, whoever asks.
create or replace function refuse_disclosure_change() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'DELETE' and exists (
    select
      from act
      join act as erasure
        on erasure.village_id = act.village_id
       and erasure.seq > act.seq
       and erasure.type = 'erasure'
       and erasure.facts ->> 'acct' = convert_from(act.leaf, 'UTF8')::jsonb ->> 'acct'
     where act.village_id = old.village_id
       and act.seq = old.seq
  ) then
    return old;
  end if;
  raise exception 'what an act disclosed is removed by an erasure alone'
    using errcode = 'restrict_violation';
end;
$$;
--> statement-breakpoint
-- Puts acts back that an older copy of the database lost, to the byte, each in an operation of its own: which of them belonged
-- together is not in the public record. Only for import_acts, which the owner of the database calls.
create or replace function restore_acts(p_village_id integer, p_first_seq bigint, p_leaves bytea[], p_recorded_by integer)
returns void
language plpgsql
as $$
begin
  if lock_log(p_village_id) <> p_first_seq then
    raise exception 'the log of village % does not end at %', p_village_id, p_first_seq;
  end if;

  insert into operation
    (village_id, operation_id, kind, idempotency_key, request_hash, recorded_by, recorded_at, first_seq, act_count)
  select p_village_id, 'IMPORT' || (said ->> 'id'), 'import', 'import ' || seq, sha256(leaf), p_recorded_by,
         (said ->> 'at')::timestamptz, seq, 1
    from unnest(p_leaves) with ordinality as given(leaf, position)
   cross join lateral (select p_first_seq + position - 1, convert_from(leaf, 'UTF8')::jsonb) as read(seq, said);

  insert into act
    (village_id, seq, act_id, operation_id, type, occurred_on, recorded_at, recorded_by, reverses_seq, facts, leaf, leaf_hash)
  select p_village_id, seq, said ->> 'id', 'IMPORT' || (said ->> 'id'), said ->> 'type', (said ->> 'occurred')::date,
         (said ->> 'at')::timestamptz, p_recorded_by, (said ->> 'reverses')::bigint,
         said - array['v', 'id', 'type', 'at', 'occurred', 'commit', 'delta', 'n', 'reverses']
              - case when said ? 'delta' then 'acct' else '' end,
         leaf,
         sha256('\x00'::bytea || leaf)
    from unnest(p_leaves) with ordinality as given(leaf, position)
   cross join lateral (select p_first_seq + position - 1, convert_from(leaf, 'UTF8')::jsonb) as read(seq, said)
   order by seq;

  update log_head
     set size = p_first_seq + cardinality(p_leaves)
   where village_id = p_village_id;
end;
$$;
--> statement-breakpoint
-- Erases who a household is: the act that says so, what earlier acts disclosed of it, its name, its telephone, its QR token. The
-- points it once had stay in the record under a pseudonym that leads to nobody any more. Only for a household whose accounts are
-- empty and closed or never opened: p_operation says so with its statuses, and post_act refuses anything else.
create or replace function erase_household(p_village_id integer, p_operation jsonb, p_household_id integer, p_name text)
returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb := post_act(p_village_id, p_operation);
  v_accounts integer[];
  v_pseudonyms text[];
begin
  if v_answer ->> 'code' <> 'posted' then
    return v_answer;
  end if;

  select array_agg(account_id), array_agg(pseudonym)
    into v_accounts, v_pseudonyms
    from account
   where village_id = p_village_id
     and holder_id = p_household_id
     and balance_centipoints = 0
     and status in ('closed', 'registered');
  if cardinality(v_accounts) is distinct from jsonb_array_length(p_operation -> 'acts')
     or exists (
       select
         from account
        where village_id = p_village_id
          and holder_id = p_household_id
          and account_id <> all (v_accounts)
     )
  then
    raise exception 'an erasure speaks of every account of a household, and all of them are empty';
  end if;

  perform erase_openings(p_village_id, array(
    select seq
      from entry
     where village_id = p_village_id
       and account_id = any (v_accounts)
    union
    select seq
      from act
     where village_id = p_village_id
       and facts ->> 'acct' = any (v_pseudonyms)
       and seq < (v_answer ->> 'firstSeq')::bigint
  ));

  update household
     set head_name = p_name,
         pinyin = '',
         initials = '',
         phone = null,
         registration_key = null
   where village_id = p_village_id
     and household_id = p_household_id;

  -- A token that was never printed: whoever still has the card opens nothing with it.
  update card
     set token = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
   where village_id = p_village_id
     and household_id = p_household_id;

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

    for v_line in select value from jsonb_array_elements(v_leaf -> 'goods') where v_leaf ->> 'type' = 'stock.in' loop
      insert into stock_lot (village_id, goods_id, source_kind, source_name, unit_value_fen, quantity_on_hand, last_n)
      values (p_village_id, (p_goods ->> (v_line ->> 'code'))::integer, v_leaf ->> 'source', '',
              (v_line ->> 'value')::integer, (v_line ->> 'quantity')::integer, 1)
      returning * into v_lot;
      insert into stock_move (village_id, lot_id, n, seq, goods_id, quantity, quantity_after, occurred_on)
      values (p_village_id, v_lot.lot_id, 1, v_seq, v_lot.goods_id, v_lot.quantity_on_hand, v_lot.quantity_on_hand,
              (v_leaf ->> 'occurred')::date);
    end loop;

    -- Goods leave in the order in which the counter takes them.
    for v_line in select value from jsonb_array_elements(v_leaf -> 'goods') where v_leaf ->> 'type' = 'points.redeem' loop
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
