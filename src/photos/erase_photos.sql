-- Forgets that these photos were ever taken in. The pictures are removed from the store by whoever called, once this stands.
create or replace function erase_photos(p_village_id integer, p_public_ids text[]) returns void
language sql
as $$
  delete from photo
   where village_id = p_village_id
     and public_id = any (p_public_ids);
$$;
