-- Starts a village's log, empty.
create or replace function open_log(p_village_id integer) returns void
language sql
as $$
  insert into log_head (village_id) values (p_village_id);
$$;
