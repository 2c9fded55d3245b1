-- One text for all that was counted, so that a posting can say which lines it decided on.
create or replace function stocktake_lines_seen(p_village_id integer, p_stocktake_id integer) returns text
language sql
stable
as $$
  select md5(coalesce(string_agg(concat_ws(':', goods_id, counted, "cursor", cause), ',' order by goods_id), ''))
    from stocktake_line
   where village_id = p_village_id
     and stocktake_id = p_stocktake_id;
$$;
