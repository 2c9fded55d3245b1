-- Removes what these acts disclosed. The trigger lets only those go whose account an erasure names.
create or replace function erase_openings(p_village_id integer, p_seqs bigint[]) returns void
language sql
as $$
  delete from disclosure
   where village_id = p_village_id
     and seq = any (p_seqs);
$$;
