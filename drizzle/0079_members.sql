CREATE TABLE "household_member" (
	"village_id" integer NOT NULL,
	"member_id" integer GENERATED ALWAYS AS IDENTITY (sequence name "household_member_member_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"household_id" integer NOT NULL,
	"name" text NOT NULL,
	"pseudonym" text NOT NULL,
	"left_on" date,
	CONSTRAINT "household_member_pk" PRIMARY KEY("village_id","member_id"),
	CONSTRAINT "household_member_pseudonym_unique" UNIQUE("village_id","pseudonym")
);
--> statement-breakpoint
ALTER TABLE "claim" ADD COLUMN "member" text;--> statement-breakpoint
ALTER TABLE "rule_version" ADD COLUMN "cap_per" text DEFAULT 'household' NOT NULL;--> statement-breakpoint
ALTER TABLE "household_member" ADD CONSTRAINT "household_member_household_fk" FOREIGN KEY ("village_id","household_id") REFERENCES "public"."household"("village_id","household_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "household_member_household_index" ON "household_member" USING btree ("village_id","household_id");--> statement-breakpoint
CREATE INDEX "act_member_index" ON "act" USING btree ("village_id",("facts" ->> 'member')) WHERE "act"."facts" ? 'member';--> statement-breakpoint
CREATE INDEX "claim_member_index" ON "claim" USING btree ("village_id","member") WHERE "claim"."member" is not null;--> statement-breakpoint
ALTER TABLE "rule_version" ADD CONSTRAINT "rule_version_cap_per_known" CHECK ("rule_version"."cap_per" in ('household', 'person'));
--> statement-breakpoint
-- Written by the functions alone.
grant select on household_member to love_supermarket_app;
--> statement-breakpoint
-- What happens to households and their cards, together with the acts that say so: all of it, or nothing.
-- p_change = {
--   newHousehold: { groupId, headName, pinyin, initials, memberCount, phone, number, token, pseudonym },
--   newCard:      { household, number, token },                    the card that the household had so far ends
--   recalled:     [number],
--   households:   [{ household, membersBefore, namedBefore, members, headName, pinyin, initials, vacatedOn }]   a name only where it changes
--   added:        [{ household, name, pseudonym }]                 members that are named from now on
--   moved:        [{ member, from, to }]                           to 0: the new household
--   left:         [{ member, from }]
-- }
-- The operation names the account of the new household as 0. Answers as post_act does; also "stale" when a number was given to
-- another card since, or the members of a household were counted or named otherwise. The lock on the village's groups, the same as a
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
-- Removes a household's name and those of its members, its telephone and the digits for the counter; whoever still has its card opens nothing with it.
create or replace function erase_identity(p_village_id integer, p_household_id integer, p_name text) returns void
language sql
as $$
  update household
     set head_name = p_name,
         pinyin = '',
         initials = '',
         phone = null,
         registration_key = null
   where village_id = p_village_id
     and household_id = p_household_id;

  -- The row stays, so that an act that names the person under a drawn name is no mistake.
  update household_member
     set name = p_name
   where village_id = p_village_id
     and household_id = p_household_id;

  delete from card_pin
   where village_id = p_village_id
     and household_id = p_household_id;

  -- A token that was never printed.
  update card
     set token = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
   where village_id = p_village_id
     and household_id = p_household_id;
$$;
--> statement-breakpoint
-- Claims change together with the acts that say so: all of it, or nothing.
-- p_claims = {
--   accounts:   [{ account, newest }]           whose claims were counted, and the number of the last act about any of them
--   members:    [{ member, account }]           whom the acts name, by the drawn name: each lives in the household of the account
--   added:      [{ claim, account, rule, version, occurredOn, amount, needs, passedBy, state, isByHousehold, recordedBy, member, reminder, act, awardAct }]
--   changed:    [{ claim, lastSeq, state, passedBy, act, pendingAct, awardAct, sheet, postedOn, clearsOn, objectableUntil }]
--   objections: [{ objection, claim, filedOn, answerBy, act }]      new ones
--   answers:    [{ objection, outcome, act }]
--   kin:        [{ person, household, relation }], kinOf: person    all that this person declares
-- }
-- An act is named by its place in the operation, from 1. Answers as post_act does; "stale" also when a claim has changed since, or
-- another one of the same account came in, or somebody who is named has left the household. Locks: members ascending, which a change of
-- their household takes before accounts too, then accounts ascending, as post_act takes them, then claims ascending.
create or replace function change_claims(p_village_id integer, p_operation jsonb, p_claims jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
  v_before bigint;
begin
  if p_claims ? 'members' then
    perform 1
      from household_member
     where village_id = p_village_id
       and pseudonym in (select named.member from jsonb_to_recordset(p_claims -> 'members') as named(member text))
     order by member_id
       for share;
  end if;

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
         from jsonb_to_recordset(p_claims -> 'members') as named(member text, account integer)
         left join account
           on account.village_id = p_village_id
          and account.account_id = named.account
         left join household_member
           on household_member.village_id = p_village_id
          and household_member.pseudonym = named.member
          and household_member.household_id = account.holder_id
          and household_member.left_on is null
        where household_member.member_id is null
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
     is_by_household, recorded_by, member, reminder_seq, submitted_seq, last_seq)
  select p_village_id, added.claim, account, rule, version, "occurredOn", amount, needs, "passedBy", state,
         "isByHousehold", "recordedBy", member, reminder, v_before + act, v_before + act
    from jsonb_to_recordset(p_claims -> 'added') as added(
           claim text, account integer, rule text, version integer, "occurredOn" date, amount integer, needs text[],
           "passedBy" integer[], state text, "isByHousehold" boolean, "recordedBy" integer, member text, reminder bigint, act bigint
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
-- New versions of rules together with the acts that say so, one act for each in the same order: all of them, or nothing.
-- p_versions = [{ code, version, category, name, pinyin, initials, pointsCentipoints, unit, capPeriod, capMaxCount, capMaxCentipoints,
--                 capPer, evidence, approvalPath, effectiveFrom, position, isEnded, meeting, decidedBy }], of each rule at most one
-- Answers as post_act does; "stale" also when one of them is not the version after the last one. The village's log, which post_act
-- locks last, lets one such change through at a time.
create or replace function change_rules(p_village_id integer, p_operation jsonb, p_versions jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
begin
  begin
    v_answer := post_act(p_village_id, p_operation);
    if v_answer ->> 'code' = 'posted' then
      if jsonb_array_length(p_versions) <> jsonb_array_length(v_answer -> 'acts') then
        raise exception 'each version of a rule has an act of its own';
      end if;

      if exists (
        select
          from jsonb_to_recordset(p_versions) as given(code text, version integer)
         where version <> (
           select coalesce(max(known.version), 0) + 1
             from rule_version as known
            where known.village_id = p_village_id
              and known.code = given.code
         )
      )
      then
        raise exception sqlstate 'LS001' using message = 'nothing of it stays';
      end if;

      insert into rule_version
        (village_id, code, version, category, name, pinyin, initials, points_centipoints, unit, cap_period, cap_max_count,
         cap_max_centipoints, cap_per, evidence, approval_path, effective_from, position, is_ended, meeting, decided_by,
         seq)
      select p_village_id, code, version, category, name, pinyin, initials, "pointsCentipoints", unit, "capPeriod", "capMaxCount",
             "capMaxCentipoints", "capPer", evidence, "approvalPath", "effectiveFrom", position, "isEnded", meeting,
             "decidedBy",
             (v_answer ->> 'firstSeq')::bigint + place - 1
        from jsonb_array_elements(p_versions) with ordinality as listed(value, place)
       cross join lateral jsonb_to_record(value) as given(
          code text, version integer, category text, name text, pinyin text, initials text, "pointsCentipoints" integer,
          unit text, "capPeriod" text, "capMaxCount" integer, "capMaxCentipoints" integer, "capPer" text, evidence text, "approvalPath" text,
          "effectiveFrom" date, position integer, "isEnded" boolean, meeting text,
          "decidedBy" text
        );
    end if;
  exception
    when sqlstate 'LS001' then
      v_answer := jsonb_build_object('code', 'stale');
  end;
  return v_answer;
end;
$$;
