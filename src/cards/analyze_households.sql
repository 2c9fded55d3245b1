-- After thousands of households at once the planner still believes in an empty village, and a list of them takes seconds until it is
-- told otherwise in its own time. The application's role may not tell it.
create or replace function analyze_households() returns void
language plpgsql
security definer
set search_path = public, pg_temp
as $$
begin
  analyze household, account, card;
end;
$$;
