-- Appends villages' signed checkpoints to the log of their county, which begins with the first of them. Answers the number of
-- the first, or null when somebody else has appended in the meantime: p_operation as for append_acts, with expectedSize.
-- Nothing but checkpoints can come into a county's log this way, and nothing at all into a village's.
create or replace function record_checkpoints(p_county_id integer, p_operation jsonb) returns bigint
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_size bigint;
begin
  if not exists (select from region where region_id = p_county_id and level = 'county')
     or exists (
       select
         from jsonb_array_elements(p_operation -> 'acts') as drafted(act)
        where act ->> 'type' is distinct from 'log.checkpoint'
           or act ? 'openings'
           or act ? 'reverses'
     )
  then
    raise exception 'only checkpoints are recorded here, and only in the log of a county';
  end if;

  insert into log_head (village_id)
  values (p_county_id)
      on conflict do nothing;
  v_size := lock_log(p_county_id);
  if v_size <> (p_operation ->> 'expectedSize')::bigint then
    return null;
  end if;
  perform append_acts(p_county_id, v_size, ledger_clock(), p_operation, '{}');
  return v_size;
end;
$$;
