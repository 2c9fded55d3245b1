-- What a point is worth from here on, and what a new card starts with, together with the acts that say so and convert what households
-- hold: all of it, or nothing. The first act says both. Answers as post_act does.
create or replace function change_rate(p_village_id integer, p_operation jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
begin
  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' = 'posted' then
    update village_terms
       set fen_per_point = (p_operation #>> '{acts,0,facts,rate}')::integer,
           opening_centipoints = (p_operation #>> '{acts,0,facts,opening}')::integer
     where village_id = p_village_id;
  end if;
  return v_answer;
end;
$$;
