-- Approves what somebody asked for, one thing or several, together with the acts that do it: all of it, or nothing. Answers as post_act
-- does; also "stale" when one of them was decided in the meantime. Goods whose first price is approved are offered from then on.
-- Locks: the proposals ascending, then those of post_act.
create or replace function approve_proposals(p_village_id integer, p_operation jsonb, p_proposal_ids integer[]) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_open integer;
  v_answer jsonb;
begin
  select count(*) filter (where state = 'open')
    into v_open
    from (
      select state
        from goods_proposal
       where village_id = p_village_id
         and proposal_id = any (p_proposal_ids)
       order by proposal_id
         for update
    ) as locked;

  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;
  if v_open <> cardinality(p_proposal_ids) then
    return jsonb_build_object('code', 'stale');
  end if;

  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' = 'posted' then
    update goods_proposal
       set state = 'approved',
           decided_by = (p_operation ->> 'recordedBy')::integer,
           decided_at = ledger_clock(),
           operation_id = p_operation ->> 'operationId'
     where village_id = p_village_id
       and proposal_id = any (p_proposal_ids);

    update goods
       set is_offered = true
      from goods_proposal
     where goods.village_id = p_village_id
       and goods_proposal.village_id = p_village_id
       and goods_proposal.proposal_id = any (p_proposal_ids)
       and goods_proposal.kind = 'first'
       and goods.goods_id = goods_proposal.goods_id;
  end if;
  return v_answer;
end;
$$;
--> statement-breakpoint
drop function approve_proposal(integer, jsonb, integer);
--> statement-breakpoint
grant execute on function approve_proposals(integer, jsonb, integer[]) to love_supermarket_app;
