-- What an operation did, read back from the append-only tables, so that the first answer and every repeat are the same.
create or replace function posted_operation(p_village_id integer, p_operation_id text) returns jsonb
language sql
stable
as $$
  select jsonb_build_object(
           'operationId', operation.operation_id,
           'recordedAt', to_char(operation.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
           'firstSeq', operation.first_seq,
           'acts', jsonb_agg(
             jsonb_build_object(
               'seq', act.seq,
               'id', act.act_id,
               'type', act.type,
               'account', entry.account_id,
               'amount', entry.amount_centipoints,
               'balanceAfter', entry.balance_after_centipoints
             ) order by act.seq
           )
         )
    from operation
    join act
      on act.village_id = operation.village_id
     and act.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
    left join entry
      on entry.village_id = act.village_id
     and entry.seq = act.seq
   where operation.village_id = p_village_id
     and operation.operation_id = p_operation_id
   group by operation.village_id, operation.operation_id;
$$;
