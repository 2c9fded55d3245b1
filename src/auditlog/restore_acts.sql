-- Puts acts back that an older copy of the database lost, to the byte, each in an operation of its own: which of them belonged
-- together is not in the public record. Only for import_acts, which the owner of the database calls.
create or replace function restore_acts(p_village_id integer, p_first_seq bigint, p_leaves bytea[], p_recorded_by integer)
returns void
language plpgsql
as $$
begin
  if lock_log(p_village_id) <> p_first_seq then
    raise exception 'the log of village % does not end at %', p_village_id, p_first_seq;
  end if;

  insert into operation
    (village_id, operation_id, kind, idempotency_key, request_hash, recorded_by, recorded_at, first_seq, act_count)
  select p_village_id, 'IMPORT' || (said ->> 'id'), 'import', 'import ' || seq, sha256(leaf), p_recorded_by,
         (said ->> 'at')::timestamptz, seq, 1
    from unnest(p_leaves) with ordinality as given(leaf, position)
   cross join lateral (select p_first_seq + position - 1, convert_from(leaf, 'UTF8')::jsonb) as read(seq, said);

  insert into act
    (village_id, seq, act_id, operation_id, type, occurred_on, recorded_at, recorded_by, reverses_seq, facts, leaf, leaf_hash)
  select p_village_id, seq, said ->> 'id', 'IMPORT' || (said ->> 'id'), said ->> 'type', (said ->> 'occurred')::date,
         (said ->> 'at')::timestamptz, p_recorded_by, (said ->> 'reverses')::bigint,
         said - array['v', 'id', 'type', 'at', 'occurred', 'commit', 'delta', 'n', 'reverses']
              - case when said ? 'delta' then 'acct' else '' end,
         leaf,
         sha256('\x00'::bytea || leaf)
    from unnest(p_leaves) with ordinality as given(leaf, position)
   cross join lateral (select p_first_seq + position - 1, convert_from(leaf, 'UTF8')::jsonb) as read(seq, said)
   order by seq;

  update log_head
     set size = p_first_seq + cardinality(p_leaves)
   where village_id = p_village_id;
end;
$$;
