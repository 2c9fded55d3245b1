-- Freezes a month's record: the act in the public log and the numbered version stand together or not at all.
-- p_publication = { month, version, throughSeq, content, contentHash (hex) }; the posting expects the log to end at throughSeq.
create or replace function publish_record(p_village_id integer, p_operation jsonb, p_publication jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_posted jsonb := post_act(p_village_id, p_operation);
begin
  if v_posted ->> 'code' = 'posted' then
    insert into publication
      (village_id, month, version, seq, through_seq, published_by, published_at, content, content_hash)
    values
      (p_village_id, p_publication ->> 'month', (p_publication ->> 'version')::integer, (v_posted ->> 'firstSeq')::bigint,
       (p_publication ->> 'throughSeq')::bigint, (p_operation ->> 'recordedBy')::integer,
       (v_posted ->> 'recordedAt')::timestamptz, p_publication -> 'content',
       decode(p_publication ->> 'contentHash', 'hex'));
  end if;
  return v_posted;
end;
$$;
