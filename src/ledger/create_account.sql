-- Makes the spendable account of one new household under a pseudonym that its acts name already; answers its id.
create or replace function create_account(p_village_id integer, p_holder_id integer, p_pseudonym text) returns integer
language sql
security definer
set search_path = public, pg_temp
as $$
  insert into account (village_id, holder_id, kind, status, pseudonym)
  values (p_village_id, p_holder_id, 'spendable', 'registered', p_pseudonym)
  returning account_id;
$$;
