-- Writes one operation and its acts at the end of a village's log. The caller holds lock_log.
-- An act is its operation's recorder's unless it names another: what an approval lets happen is recorded for who asked for it.
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
         drafted.recorded_by,
         drafted.reverses,
         drafted.facts,
         drafted.leaf,
         sha256('\x00'::bytea || drafted.leaf)
    from (
      select position,
             value ->> 'id' as id,
             value ->> 'type' as type,
             coalesce((value ->> 'recordedBy')::integer, v_recorded_by) as recorded_by,
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
-- Erases who a household is: the act that says so, what earlier acts disclosed of it, its name, its telephone, its digits, its QR token. The
-- points it once had stay in the record under a pseudonym that leads to nobody any more. Only for a household whose accounts are
-- empty and closed or never opened: p_operation says so with its statuses, and post_act refuses anything else. An account in which
-- points waited for their publicity must be empty too, and needs no act of its own.
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
     and (kind = 'pending' or status in ('closed', 'registered'));
  if (
       select count(*)
         from account
        where village_id = p_village_id
          and account_id = any (v_accounts)
          and kind <> 'pending'
     ) <> jsonb_array_length(p_operation -> 'acts')
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

  delete from card_pin
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
-- Claims change together with the acts that say so: all of it, or nothing.
-- p_claims = {
--   accounts:   [{ account, newest }]           whose claims were counted, and the number of the last act about any of them
--   added:      [{ claim, account, rule, version, occurredOn, amount, needs, passedBy, state, isByHousehold, recordedBy, act, awardAct }]
--   changed:    [{ claim, lastSeq, state, passedBy, act, pendingAct, awardAct, sheet, postedOn, clearsOn, objectableUntil }]
--   objections: [{ objection, claim, filedOn, answerBy, act }]      new ones
--   answers:    [{ objection, outcome, act }]
--   kin:        [{ person, household, relation }], kinOf: person    all that this person declares
-- }
-- An act is named by its place in the operation, from 1. Answers as post_act does; "stale" also when a claim has changed since, or
-- another one of the same account came in. Locks: accounts ascending, as post_act takes them, then claims ascending.
create or replace function change_claims(p_village_id integer, p_operation jsonb, p_claims jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
  v_before bigint;
begin
  perform 1
    from account
   where village_id = p_village_id
     and account_id in (
       select account from jsonb_to_recordset(p_claims -> 'accounts') as counted(account integer)
       union
       select account from jsonb_to_recordset(p_operation -> 'entries') as entries(account integer)
     )
   order by account_id
     for update;

  perform 1
    from claim
   where village_id = p_village_id
     and claim_id in (select changed.claim from jsonb_to_recordset(p_claims -> 'changed') as changed(claim text))
   order by claim_id
     for update;

  -- A repeat finds claims that have gone on since it was sent first.
  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;

  if exists (
       select
         from jsonb_to_recordset(p_claims -> 'changed') as changed(claim text, "lastSeq" bigint)
         left join claim
           on claim.village_id = p_village_id
          and claim.claim_id = changed.claim
        where claim.last_seq is distinct from changed."lastSeq"
     )
     or exists (
       select
         from jsonb_to_recordset(p_claims -> 'accounts') as counted(account integer, newest bigint)
        where counted.newest is distinct from (
                select max(claim.last_seq)
                  from claim
                 where claim.village_id = p_village_id
                   and claim.account_id = counted.account
              )
     )
     or exists (
       select
         from jsonb_to_recordset(p_claims -> 'answers') as answered(objection text)
         join objection
           on objection.village_id = p_village_id
          and objection.objection_id = answered.objection
        where objection.outcome is not null
     )
  then
    return jsonb_build_object('code', 'stale');
  end if;

  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' <> 'posted' then
    return v_answer;
  end if;
  v_before := (v_answer ->> 'firstSeq')::bigint - 1;

  insert into claim
    (village_id, claim_id, account_id, rule, version, occurred_on, amount_centipoints, needs, passed_by, state,
     is_by_household, recorded_by, submitted_seq, last_seq)
  select p_village_id, added.claim, account, rule, version, "occurredOn", amount, needs, "passedBy", state,
         "isByHousehold", "recordedBy", v_before + act, v_before + act
    from jsonb_to_recordset(p_claims -> 'added') as added(
           claim text, account integer, rule text, version integer, "occurredOn" date, amount integer, needs text[],
           "passedBy" integer[], state text, "isByHousehold" boolean, "recordedBy" integer, act bigint
         );

  update claim
     set state = changed.state,
         passed_by = changed."passedBy",
         last_seq = v_before + changed.act,
         pending_seq = coalesce(v_before + changed."pendingAct", claim.pending_seq),
         award_seq = coalesce(v_before + changed."awardAct", claim.award_seq),
         sheet = coalesce(changed.sheet, claim.sheet),
         posted_on = coalesce(changed."postedOn", claim.posted_on),
         clears_on = coalesce(changed."clearsOn", claim.clears_on),
         objectable_until = coalesce(changed."objectableUntil", claim.objectable_until)
    from jsonb_to_recordset(p_claims -> 'changed') as changed(
           claim text, state text, "passedBy" integer[], act bigint, "pendingAct" bigint, "awardAct" bigint, sheet integer,
           "postedOn" date, "clearsOn" date, "objectableUntil" date
         )
   where claim.village_id = p_village_id
     and claim.claim_id = changed.claim;

  insert into objection (village_id, objection_id, claim_id, filed_on, answer_by, filed_seq)
  select p_village_id, filed.objection, filed.claim, "filedOn", "answerBy", v_before + act
    from jsonb_to_recordset(p_claims -> 'objections') as filed(
           objection text, claim text, "filedOn" date, "answerBy" date, act bigint
         );

  update objection
     set outcome = answered.outcome,
         answered_seq = v_before + answered.act
    from jsonb_to_recordset(p_claims -> 'answers') as answered(objection text, outcome text, act bigint)
   where objection.village_id = p_village_id
     and objection.objection_id = answered.objection;

  if p_claims ? 'kinOf' then
    delete from kinship
     where village_id = p_village_id
       and person_id = (p_claims ->> 'kinOf')::integer;
    insert into kinship (village_id, person_id, household_id, relation, seq)
    select p_village_id, person, household, relation, v_before + 1
      from jsonb_to_recordset(p_claims -> 'kin') as declared(person integer, household integer, relation text);
  end if;

  return v_answer;
end;
$$;
--> statement-breakpoint
-- Makes the accounts in which points of these households wait out their publicity; whoever has one keeps it.
create or replace function open_pending_accounts(p_village_id integer, p_holder_ids integer[]) returns void
language plpgsql
security definer
set search_path = public, pg_temp
as $$
begin
  insert into account (village_id, holder_id, kind, status, pseudonym)
  select p_village_id, holder_id, 'pending', 'active', replace(gen_random_uuid()::text, '-', '')
    from (select distinct unnest(p_holder_ids)) as given(holder_id)
   order by holder_id
      on conflict (village_id, holder_id, kind) do nothing;
end;
$$;
