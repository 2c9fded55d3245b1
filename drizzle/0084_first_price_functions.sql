-- More kinds of goods together with the acts that say so: all of it, or nothing. Answers as post_act does.
-- p_goods = [{ code, barcode, zone, name, pinyin, initials, spec, unit, unitValueFen, priceCentipoints, waits }]
-- Those that wait are not offered before somebody else has approved their first price, which is asked for with them.
create or replace function add_goods(p_village_id integer, p_operation jsonb, p_goods jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
begin
  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' = 'posted' then
    with added as (
      insert into goods
        (village_id, code, barcode, zone, name, pinyin, initials, spec, unit, unit_value_fen, price_centipoints, is_offered)
      select p_village_id, code, barcode, zone, name, pinyin, initials, spec, unit, "unitValueFen", "priceCentipoints",
             not waits
        from jsonb_to_recordset(p_goods) as given(
          code text, barcode text, zone text, name text, pinyin text, initials text, spec text, unit text,
          "unitValueFen" integer, "priceCentipoints" integer, waits boolean
        )
      returning goods_id, code, price_centipoints, is_offered
    )
    insert into goods_proposal (village_id, kind, goods_id, price_centipoints, reason, proposed_by, proposed_at)
    select p_village_id, 'first', goods_id, price_centipoints, '', (p_operation ->> 'recordedBy')::integer, ledger_clock()
      from added
     where not is_offered
     order by code;
  end if;
  return v_answer;
end;
$$;
--> statement-breakpoint
-- Approves what somebody asked for, together with the act that does it: both, or neither. Answers as post_act does; also "stale"
-- when the proposal was decided in the meantime. Goods whose first price is approved are offered from then on. The proposal's lock comes before the locks of post_act.
create or replace function approve_proposal(p_village_id integer, p_operation jsonb, p_proposal_id integer) returns jsonb
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
    from goods_proposal
   where village_id = p_village_id
     and proposal_id = p_proposal_id
     for update;

  v_answer := find_posted(p_village_id, p_operation ->> 'idempotencyKey', p_operation ->> 'requestHash');
  if v_answer is not null then
    return v_answer;
  end if;
  if v_state is distinct from 'open' then
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
       and proposal_id = p_proposal_id;

    update goods
       set is_offered = true
      from goods_proposal
     where goods.village_id = p_village_id
       and goods_proposal.village_id = p_village_id
       and goods_proposal.proposal_id = p_proposal_id
       and goods_proposal.kind = 'first'
       and goods.goods_id = goods_proposal.goods_id;
  end if;
  return v_answer;
end;
$$;
