-- Removes what is kept for 180 days only: whole addresses of events, and sign-ins that have ended. The events stay.
create or replace function forget_old_traces() returns void
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_before timestamptz := now() - interval '180 days';
begin
  delete from security_event_address where recorded_at < v_before;
  delete from session where expires_at < v_before;
  delete from sign_in_failure where failed_at < now() - interval '1 day';
end;
$$;
--> statement-breakpoint
-- The network of an address: 203.0.113.7 becomes 203.0.113.*, of IPv6 the first three groups stay; '' when it is no address.
create or replace function mask_address(p_address text) returns text
language plpgsql
immutable
set search_path = public, pg_temp
as $$
declare
  v_address inet;
begin
  v_address := regexp_replace(p_address, '^::ffff:(?=[0-9]+[.])', '')::inet;
  if family(v_address) = 4 then
    return regexp_replace(host(v_address), '[0-9]+$', '*');
  end if;
  return regexp_replace(network(set_masklen(v_address, 48))::text, '/48$', '*');
exception
  when invalid_text_representation then
    return '';
end;
$$;
--> statement-breakpoint
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
