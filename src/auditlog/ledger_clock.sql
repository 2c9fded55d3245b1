-- The time at which an act is written: the server's clock. Only the owner of the database may give another one, and does so
-- only to make the demonstration's history and in tests; the application's role cannot.
create or replace function ledger_clock() returns timestamptz
language plpgsql
volatile
as $$
declare
  v_given text := current_setting('love_supermarket.clock', true);
begin
  if v_given <> '' and session_user = (select pg_get_userbyid(datdba) from pg_database where datname = current_database()) then
    return v_given::timestamptz;
  end if;
  return clock_timestamp();
end;
$$;
