-- Removes what is kept for 180 days only: whole addresses of events, who looked at whom, and sign-ins that have ended. The events stay.
create or replace function forget_old_traces() returns void
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_before timestamptz := now() - interval '180 days';
begin
  delete from security_event_address where recorded_at < v_before;
  delete from personal_view where viewed_at < v_before;
  delete from session where expires_at < v_before;
  delete from sign_in_failure where failed_at < now() - interval '1 day';
end;
$$;
