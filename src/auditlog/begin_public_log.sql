-- Notes under which name and key a log was first signed. Written once; a log never changes its name or its key.
create or replace function begin_public_log(p_village_id integer, p_origin text, p_vkey text) returns void
language sql
security definer
set search_path = public, pg_temp
as $$
  insert into public_log (village_id, origin, vkey, begun_at)
  values (p_village_id, p_origin, p_vkey, clock_timestamp())
      on conflict do nothing;
$$;
