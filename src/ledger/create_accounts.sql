-- Makes the spendable account of new households; it holds nothing until the card is opened by an act.
create or replace function create_accounts(p_village_id integer, p_holder_ids integer[]) returns void
language plpgsql
security definer
set search_path = public, pg_temp
as $$
begin
  insert into account (village_id, holder_id, kind, status, pseudonym)
  select p_village_id,
         holder_id,
         'spendable',
         'registered',
         replace(gen_random_uuid()::text, '-', '')
    from unnest(p_holder_ids) as given(holder_id)
   order by holder_id;
end;
$$;
