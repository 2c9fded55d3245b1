-- Who may do what in the database. The owner migrates; the application reads, keeps the lists that may change, and moves
-- points and stock only by executing the functions below.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'love_supermarket_app') then
    create role love_supermarket_app login;
  end if;
end;
$$;
--> statement-breakpoint
grant love_supermarket_app to current_user;
--> statement-breakpoint
-- Only what is ours: a database of one's own may hold extensions that belong to somebody else.
do $$
declare
  v_function regprocedure;
begin
  for v_function in
    select oid::regprocedure
      from pg_proc
     where pronamespace = 'public'::regnamespace
       and proowner = current_user::regrole
  loop
    execute format('revoke execute on function %s from public', v_function);
  end loop;
end;
$$;
--> statement-breakpoint
-- Without a schema: what is taken away in one schema alone is given back by the default for all.
alter default privileges revoke execute on functions from public;
--> statement-breakpoint
revoke create on schema public from public;
--> statement-breakpoint
grant usage on schema public to love_supermarket_app;
--> statement-breakpoint
do $$
declare
  v_table regclass;
begin
  for v_table in
    select oid::regclass
      from pg_class
     where relnamespace = 'public'::regnamespace
       and relkind in ('r', 'v')
       and relowner = current_user::regrole
  loop
    execute format('grant select on table %s to love_supermarket_app', v_table);
  end loop;
end;
$$;
--> statement-breakpoint
grant insert, update on region, person, appointment, session, villager_group, household, rule_version, goods
   to love_supermarket_app;
--> statement-breakpoint
grant insert, delete on sign_in_failure to love_supermarket_app;
--> statement-breakpoint
grant execute on function
  post_act(integer, jsonb),
  find_posted(integer, text, text),
  posted_operation(integer, text),
  open_ledger(integer, jsonb, jsonb),
  register_households(integer, jsonb),
  publish_record(integer, jsonb, jsonb),
  store_log_tiles(integer),
  begin_public_log(integer, text, text)
   to love_supermarket_app;
--> statement-breakpoint
-- Recorded rows are never changed or removed, whoever asks.
do $$
declare
  v_table text;
begin
  foreach v_table in array array['operation', 'act', 'entry', 'stock_move', 'closed_period', 'publication', 'log_tile',
    'public_log'] loop
    execute format(
      'create trigger %I before update or delete on %I for each row execute function refuse_change()',
      v_table || '_row_stays', v_table);
    execute format(
      'create trigger %I before truncate on %I for each statement execute function refuse_change()',
      v_table || '_table_stays', v_table);
  end loop;
end;
$$;
