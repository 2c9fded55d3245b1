-- Closes a count together with the acts that it leads to: both, or neither. Answers as post_act does; also "stale" when the count is
-- no longer under review, or a line of it was changed since. Its lock comes before the locks of post_act.
create or replace function post_stocktake(
  p_village_id integer,
  p_operation jsonb,
  p_stocktake_id integer,
  p_lines_seen text
) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_state text;
  v_answer jsonb;
begin
  select state
    into v_state
    from stocktake
   where village_id = p_village_id
     and stocktake_id = p_stocktake_id
     for update;

  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;
  if v_state is distinct from 'reviewing' or p_lines_seen is distinct from stocktake_lines_seen(p_village_id, p_stocktake_id) then
    return jsonb_build_object('code', 'stale');
  end if;

  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' = 'posted' then
    update stocktake
       set state = 'posted',
           closed_by = (p_operation ->> 'recordedBy')::integer,
           closed_at = ledger_clock(),
           operation_id = p_operation ->> 'operationId'
     where village_id = p_village_id
       and stocktake_id = p_stocktake_id;
  end if;
  return v_answer;
end;
$$;
