-- Removes whose numbers in a queue these were; a number that is still waited with is given up.
create or replace function erase_queue_numbers(p_village_id integer, p_household_id integer) returns void
language sql
as $$
  update queue_number
     set household_id = null,
         state = case when state = 'served' then state else 'left' end
   where village_id = p_village_id
     and household_id = p_household_id;
$$;
