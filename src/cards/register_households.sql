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
