-- The only way into the security log. Called in the statement or transaction of what it tells of, so neither stands alone.
create or replace function record_security_event(
  p_kind text,
  p_is_refused boolean,
  p_person_id integer,
  p_subject_id integer,
  p_region_id integer,
  p_address text,
  p_details jsonb
) returns void
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_event_id bigint;
begin
  insert into security_event (kind, is_refused, person_id, subject_id, region_id, place, details)
  values (p_kind, p_is_refused, p_person_id, nullif(p_subject_id, p_person_id), p_region_id,
          coalesce(mask_address(p_address), ''), coalesce(p_details, '{}'))
  returning event_id into v_event_id;
  if p_address is not null then
    insert into security_event_address (event_id, address) values (v_event_id, p_address);
  end if;
end;
$$;
