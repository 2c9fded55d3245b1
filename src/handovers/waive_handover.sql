-- Lets a change of hands be, together with its act: both, or neither. One that was under way ends with it. Answers as post_act does.
-- p_waived = { role, from, to, reason }; "to" is missing where there is no successor yet.
create or replace function waive_handover(p_village_id integer, p_operation jsonb, p_waived jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
begin
  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' <> 'posted' then
    return v_answer;
  end if;

  update handover
     set state = 'waived',
         reason = p_waived ->> 'reason',
         closed_at = ledger_clock(),
         operation_id = p_operation ->> 'operationId'
   where village_id = p_village_id
     and role = p_waived ->> 'role'
     and from_person_id = (p_waived ->> 'from')::integer
     and state in ('opened', 'listed');
  if not found then
    insert into handover
      (village_id, role, state, from_person_id, to_person_id, opened_by, opened_at, reason, closed_at, operation_id)
    values
      (p_village_id, p_waived ->> 'role', 'waived', (p_waived ->> 'from')::integer, (p_waived ->> 'to')::integer,
       (p_operation ->> 'recordedBy')::integer, ledger_clock(), p_waived ->> 'reason', ledger_clock(),
       p_operation ->> 'operationId');
  end if;
  return v_answer;
end;
$$;
