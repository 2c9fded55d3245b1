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
