-- Removes what a household wrote with its wishes. Its row and its salt stay, so that the wish is still nobody else's.
create or replace function erase_wishes(p_village_id integer, p_household_id integer) returns void
language sql
as $$
  update wish
     set words = '',
         contact = null,
         photos = '{}'
   where village_id = p_village_id
     and household_id = p_household_id;
$$;
