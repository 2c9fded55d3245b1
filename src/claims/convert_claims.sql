-- What a point is worth from here on, with the lines in publicity, which wait for as much as they were worth: all of it, or nothing.
-- p_lines = [{ claim, amount, act }]; an act is named by its place in the operation, from 1. Answers as post_act does.
-- Locks: accounts ascending, then claims ascending, as change_claims takes them.
create or replace function convert_claims(p_village_id integer, p_operation jsonb, p_lines jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
begin
  perform 1
    from account
   where village_id = p_village_id
     and account_id in (select account from jsonb_to_recordset(p_operation -> 'entries') as entries(account integer))
   order by account_id
     for update;

  perform 1
    from claim
   where village_id = p_village_id
     and claim_id in (select converted.claim from jsonb_to_recordset(p_lines) as converted(claim text))
   order by claim_id
     for update;

  v_answer := change_rate(p_village_id, p_operation);
  if v_answer ->> 'code' = 'posted' then
    update claim
       set amount_centipoints = converted.amount,
           last_seq = (v_answer ->> 'firstSeq')::bigint - 1 + converted.act
      from jsonb_to_recordset(p_lines) as converted(claim text, amount integer, act bigint)
     where claim.village_id = p_village_id
       and claim.claim_id = converted.claim;
  end if;
  return v_answer;
end;
$$;
