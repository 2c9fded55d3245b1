-- Writes the act that says which log went before: the first one under the new name. For the operator alone, who calls it as the
-- owner of the database. Answers the act's number; that of the act that is there already when the command is repeated.
create or replace function begin_new_log(p_village_id integer, p_operation jsonb) returns bigint
language plpgsql
as $$
declare
  v_size bigint := lock_log(p_village_id);
  v_seq bigint;
begin
  select seq
    into v_seq
    from act
   where village_id = p_village_id
     and type = 'log.begin'
     and facts ->> 'successor' = p_operation #>> '{acts,0,facts,successor}';
  if found then
    return v_seq;
  end if;
  if jsonb_array_length(p_operation -> 'acts') <> 1 or p_operation #>> '{acts,0,type}' <> 'log.begin' then
    raise exception 'a log begins with one act and no other';
  end if;
  perform append_acts(p_village_id, v_size, ledger_clock(), p_operation, '{}');
  return v_size;
end;
$$;
