-- Looks an idempotency key up: null when it is new, the stored operation when the request is the same, a refusal when not.
create or replace function find_posted(p_village_id integer, p_key text, p_request_hash text) returns jsonb
language plpgsql
as $$
declare
  v_operation operation%rowtype;
begin
  select *
    into v_operation
    from operation
   where village_id = p_village_id
     and idempotency_key = p_key;
  if not found then
    return null;
  end if;
  if v_operation.request_hash <> decode(p_request_hash, 'hex') then
    return jsonb_build_object('code', 'key_reused');
  end if;
  return jsonb_build_object('code', 'replayed') || posted_operation(p_village_id, v_operation.operation_id);
end;
$$;
