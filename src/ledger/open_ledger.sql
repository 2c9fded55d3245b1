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
