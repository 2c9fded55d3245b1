-- Gives back what was kept for a household and exchanges it at once: both operations, or neither. Answers as post_act does for the
-- exchange, or with the reason why one of the two was refused. Both touch the same account and the same lots, so the second one meets
-- no lock that the first one does not hold.
create or replace function hand_over_goods(p_village_id integer, p_release jsonb, p_redemption jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
begin
  v_answer := find_posted(p_village_id, p_redemption ->> 'idempotencyKey', p_redemption ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;
  v_answer := post_act(p_village_id, p_release);
  if v_answer ->> 'code' <> 'posted' then
    -- Its twin has been faster, and the answer is the one that this one got.
    return coalesce(
      find_posted(p_village_id, p_redemption ->> 'idempotencyKey', p_redemption ->> 'requestHash'),
      case v_answer ->> 'code' when 'replayed' then jsonb_build_object('code', 'stale') else v_answer end
    );
  end if;
  v_answer := post_act(p_village_id, p_redemption);
  if v_answer ->> 'code' <> 'posted' then
    raise exception using errcode = 'LS001', message = v_answer::text;
  end if;
  return v_answer;
exception
  when sqlstate 'LS001' then
    return sqlerrm::jsonb;
end;
$$;
