-- Removes whose own or relatives' household this one is: nobody has a say in it any more.
create or replace function erase_kinship(p_village_id integer, p_household_id integer) returns void
language sql
as $$
  delete from kinship
   where village_id = p_village_id
     and household_id = p_household_id;
$$;
