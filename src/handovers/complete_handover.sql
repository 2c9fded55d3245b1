-- Completes a handover together with its act: both, or neither. Answers as post_act does; also "stale" when it is not signed by both
-- any more. Its lock comes before the locks of post_act.
create or replace function complete_handover(p_village_id integer, p_operation jsonb, p_handover_id integer) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_is_signed boolean;
  v_answer jsonb;
begin
  select state = 'listed' and from_signed_at is not null and to_signed_at is not null
    into v_is_signed
    from handover
   where village_id = p_village_id
     and handover_id = p_handover_id
     for update;

  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;
  if v_is_signed is not true then
    return jsonb_build_object('code', 'stale');
  end if;

  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' = 'posted' then
    update handover
       set state = 'complete',
           closed_at = ledger_clock(),
           operation_id = p_operation ->> 'operationId'
     where village_id = p_village_id
       and handover_id = p_handover_id;
  end if;
  return v_answer;
end;
$$;
