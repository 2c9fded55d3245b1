-- Rules change by an act alone: the application reads them, and writes them only through the functions.
revoke insert, update on rule_version from love_supermarket_app;
--> statement-breakpoint
grant select on rule_terms to love_supermarket_app;
--> statement-breakpoint
grant execute on function
  adopt_rules(integer, jsonb, jsonb, date),
  change_rule(integer, jsonb, jsonb)
   to love_supermarket_app;
--> statement-breakpoint
-- A village that has been at work goes on as before: without the limits of a household.
insert into rule_terms (village_id, own_rules_max, own_points_max_centipoints)
select distinct village_id, 5, 200
  from rule_version;
--> statement-breakpoint
do $$
declare
  v_table text;
begin
  foreach v_table in array array['rule_version', 'rule_terms'] loop
    execute format(
      'create trigger %I before update or delete on %I for each row execute function refuse_change()',
      v_table || '_row_stays', v_table);
    execute format(
      'create trigger %I before truncate on %I for each statement execute function refuse_change()',
      v_table || '_table_stays', v_table);
  end loop;
end;
$$;
