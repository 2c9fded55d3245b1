-- Writes one operation and its acts at the end of a village's log. The caller holds lock_log.
-- An act is its operation's recorder's unless it names another: what an approval lets happen is recorded for who asked for it.
-- A leaf is head || time || middle || n || tail: canonical JSON whose only open places are the time and the entry number.
create or replace function append_acts(
  p_village_id integer,
  p_first_seq bigint,
  p_recorded_at timestamptz,
  p_operation jsonb,
  p_entry_numbers bigint[]
) returns void
language plpgsql
as $$
declare
  v_operation_id text := p_operation ->> 'operationId';
  v_recorded_by integer := (p_operation ->> 'recordedBy')::integer;
  v_occurred_on date := (p_operation ->> 'occurredOn')::date;
  v_count integer := jsonb_array_length(p_operation -> 'acts');
  v_at text := to_char(p_recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
begin
  insert into operation
    (village_id, operation_id, kind, idempotency_key, request_hash, recorded_by, recorded_at, first_seq, act_count)
  values
    (p_village_id, v_operation_id, p_operation ->> 'kind', p_operation ->> 'idempotencyKey',
     decode(p_operation ->> 'requestHash', 'hex'), v_recorded_by, p_recorded_at, p_first_seq, v_count);

  insert into act
    (village_id, seq, act_id, operation_id, type, occurred_on, recorded_at, recorded_by, reverses_seq, facts, leaf, leaf_hash)
  select p_village_id,
         p_first_seq + drafted.position - 1,
         drafted.id,
         v_operation_id,
         drafted.type,
         v_occurred_on,
         p_recorded_at,
         drafted.recorded_by,
         drafted.reverses,
         drafted.facts,
         drafted.leaf,
         sha256('\x00'::bytea || drafted.leaf)
    from (
      select position,
             value ->> 'id' as id,
             value ->> 'type' as type,
             coalesce((value ->> 'recordedBy')::integer, v_recorded_by) as recorded_by,
             (value ->> 'reverses')::bigint as reverses,
             value -> 'facts' as facts,
             convert_to(
               (value ->> 'head') || v_at || (value ->> 'middle')
                 || coalesce(p_entry_numbers[position]::text, '') || (value ->> 'tail'),
               'UTF8'
             ) as leaf
        from jsonb_array_elements(p_operation -> 'acts') with ordinality as item(value, position)
    ) as drafted;

  insert into disclosure (village_id, seq, openings)
  select p_village_id, p_first_seq + position - 1, value -> 'openings'
    from jsonb_array_elements(p_operation -> 'acts') with ordinality as item(value, position)
   where value ? 'openings';

  update log_head
     set size = p_first_seq + v_count
   where village_id = p_village_id;
end;
$$;
