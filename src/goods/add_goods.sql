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
