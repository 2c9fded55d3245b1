-- What happens to households and their cards, together with the acts that say so: all of it, or nothing.
-- p_change = {
--   newHousehold: { groupId, headName, pinyin, initials, memberCount, phone, number, token, pseudonym },
--   newCard:      { household, number, token },                    the card that the household had so far ends
--   recalled:     [number],
--   households:   [{ household, membersBefore, namedBefore, members, headName, pinyin, initials, vacatedOn }]   a name only where it changes
--   added:        [{ household, name, pseudonym }]                 members that are named from now on
--   moved:        [{ member, from, to }]                           to 0: the new household
--   left:         [{ member, from }]
--   corrected:    [{ member, from, was, name }]                    a name that was misspelt
-- }
-- The operation names the account of the new household as 0. Answers as post_act does; also "stale" when a number was given to
-- another card since, or the members of a household were counted, named or spelt otherwise. The lock on the village's groups, the same as a
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
         from jsonb_to_recordset(p_change -> 'households') as changed(
                household integer, "membersBefore" integer, "namedBefore" integer
              )
         join household
           on household.village_id = p_village_id
          and household.household_id = changed.household
        where household.member_count <> changed."membersBefore"
           or changed."namedBefore" <> (
                select count(*)
                  from household_member
                 where household_member.village_id = p_village_id
                   and household_member.household_id = changed.household
                   and left_on is null
              )
     )
     or exists (
       select 1
         from jsonb_to_recordset(p_change -> 'corrected') as corrected(member integer, "from" integer, was text)
         left join household_member
           on household_member.village_id = p_village_id
          and household_member.member_id = corrected.member
          and household_member.household_id = corrected."from"
          and household_member.name = corrected.was
          and household_member.left_on is null
        where household_member.member_id is null
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

    insert into household_member (village_id, household_id, name, pseudonym)
    select p_village_id, household, name, pseudonym
      from jsonb_to_recordset(p_change -> 'added') as added(household integer, name text, pseudonym text);

    update household_member
       set household_id = coalesce(nullif(moved."to", 0), v_household_id)
      from jsonb_to_recordset(p_change -> 'moved') as moved(member integer, "from" integer, "to" integer)
     where village_id = p_village_id
       and member_id = moved.member
       and household_id = moved."from";

    update household_member
       set left_on = (p_operation ->> 'occurredOn')::date
      from jsonb_to_recordset(p_change -> 'left') as gone(member integer, "from" integer)
     where village_id = p_village_id
       and member_id = gone.member
       and household_id = gone."from";

    update household_member
       set name = corrected.name
      from jsonb_to_recordset(p_change -> 'corrected') as corrected(member integer, "from" integer, name text)
     where village_id = p_village_id
       and member_id = corrected.member
       and household_id = corrected."from";

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
