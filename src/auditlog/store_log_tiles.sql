-- Stores every full tile of a village's tree that is not stored yet, and answers how many acts the log holds.
-- The hashes come from the acts alone, so whoever may call this can store nothing that the record does not say.
create or replace function store_log_tiles(p_village_id integer) returns bigint
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_size bigint;
  v_level integer := 0;
  v_full bigint;
  v_index bigint;
  v_hashes bytea[];
  v_row bytea[];
begin
  select size
    into strict v_size
    from log_head
   where village_id = p_village_id;

  v_full := v_size / 256;
  while v_full > 0 loop
    select coalesce(max(index) + 1, 0)
      into v_index
      from log_tile
     where village_id = p_village_id
       and level = v_level;

    while v_index < v_full loop
      if v_level = 0 then
        select array_agg(leaf_hash order by seq)
          into v_hashes
          from act
         where village_id = p_village_id
           and seq between v_index * 256 and v_index * 256 + 255;
      else
        select array_agg(root order by index)
          into v_hashes
          from log_tile
         where village_id = p_village_id
           and level = v_level - 1
           and index between v_index * 256 and v_index * 256 + 255;
      end if;
      if cardinality(v_hashes) is distinct from 256 then
        raise exception 'the record of village % has a gap below tile %/%', p_village_id, v_level, v_index;
      end if;

      v_row := v_hashes;
      while cardinality(v_row) > 1 loop
        select array_agg(sha256('\x01'::bytea || v_row[pair] || v_row[pair + 1]) order by pair)
          into v_row
          from generate_series(1, cardinality(v_row), 2) as pairs(pair);
      end loop;

      -- Two servers may be at it: what they store is the same.
      insert into log_tile (village_id, level, index, hashes, root)
      values (p_village_id, v_level, v_index, (select string_agg(hash, ''::bytea order by position)
                                                 from unnest(v_hashes) with ordinality as given(hash, position)), v_row[1])
          on conflict do nothing;
      v_index := v_index + 1;
    end loop;

    v_level := v_level + 1;
    v_full := v_full / 256;
  end loop;
  return v_size;
end;
$$;
