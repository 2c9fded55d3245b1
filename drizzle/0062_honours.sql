DROP INDEX "act_kept_index";--> statement-breakpoint
CREATE INDEX "act_activity_index" ON "act" USING btree ("village_id",("facts" ->> 'activity')) WHERE "act"."facts" ? 'activity';--> statement-breakpoint
CREATE INDEX "act_kept_index" ON "act" USING btree ("village_id","type","seq") WHERE "act"."type" in (
          'inspection.plan', 'inspection.result', 'problem.find', 'problem.assign', 'problem.fix', 'problem.check',
          'problem.close', 'problem.defer', 'sample.draw', 'sample.check', 'honor.open', 'honor.nominate',
          'honor.close', 'honor.award', 'honor.withdraw', 'honor.move', 'activity', 'activity.member'
        );
--> statement-breakpoint
-- Makes the accounts of honour points of the households that hold these accounts; whoever has one keeps it.
create or replace function open_honor_accounts(p_village_id integer, p_account_ids integer[]) returns void
language sql
security definer
set search_path = public, pg_temp
as $$
  insert into account (village_id, holder_id, kind, status, pseudonym)
  select p_village_id, holder_id, 'honor', 'active', replace(gen_random_uuid()::text, '-', '')
    from (
      select distinct holder_id
        from account
       where village_id = p_village_id
         and account_id = any (p_account_ids)
    ) as holders
   order by holder_id
      on conflict (village_id, holder_id, kind) do nothing;
$$;
--> statement-breakpoint
grant execute on function open_honor_accounts(integer, integer[]) to love_supermarket_app;
