-- Removes a household's name and those of its members, its telephone and the digits for the counter; whoever still has its card opens nothing with it.
create or replace function erase_identity(p_village_id integer, p_household_id integer, p_name text) returns void
language sql
as $$
  update household
     set head_name = p_name,
         pinyin = '',
         initials = '',
         phone = null,
         registration_key = null
   where village_id = p_village_id
     and household_id = p_household_id;

  -- The row stays, so that an act that names the person under a drawn name is no mistake.
  update household_member
     set name = p_name
   where village_id = p_village_id
     and household_id = p_household_id;

  delete from card_pin
   where village_id = p_village_id
     and household_id = p_household_id;

  -- A token that was never printed.
  update card
     set token = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
   where village_id = p_village_id
     and household_id = p_household_id;
$$;
