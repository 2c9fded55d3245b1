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
