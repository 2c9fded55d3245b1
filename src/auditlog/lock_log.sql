-- Takes the village's log, the one lock that a whole village shares: always last, immediately before the inserts.
-- Answers how many acts the log holds, which is the next act's seq.
create or replace function lock_log(p_village_id integer) returns bigint
language plpgsql
as $$
declare
  v_size bigint;
begin
  select size
    into strict v_size
    from log_head
   where village_id = p_village_id
     for update;
  return v_size;
end;
$$;
