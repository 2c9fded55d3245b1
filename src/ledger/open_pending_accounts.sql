-- Makes the accounts in which points of these households wait out their publicity; whoever has one keeps it.
create or replace function open_pending_accounts(p_village_id integer, p_holder_ids integer[]) returns void
language plpgsql
security definer
set search_path = public, pg_temp
as $$
begin
  insert into account (village_id, holder_id, kind, status, pseudonym)
  select p_village_id, holder_id, 'pending', 'active', replace(gen_random_uuid()::text, '-', '')
    from (select distinct unnest(p_holder_ids)) as given(holder_id)
   order by holder_id
      on conflict (village_id, holder_id, kind) do nothing;
end;
$$;
