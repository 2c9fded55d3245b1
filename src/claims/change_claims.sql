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
