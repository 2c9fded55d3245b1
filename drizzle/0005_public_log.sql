CREATE TABLE "log_tile" (
	"village_id" integer NOT NULL,
	"level" integer NOT NULL,
	"index" bigint NOT NULL,
	"hashes" "bytea" NOT NULL,
	"root" "bytea" NOT NULL,
	CONSTRAINT "log_tile_pk" PRIMARY KEY("village_id","level","index"),
	CONSTRAINT "log_tile_is_full" CHECK (octet_length("log_tile"."hashes") = 8192),
	CONSTRAINT "log_tile_root_is_hash" CHECK (octet_length("log_tile"."root") = 32)
);
--> statement-breakpoint
CREATE TABLE "public_log" (
	"village_id" integer NOT NULL,
	"origin" text NOT NULL,
	"vkey" text NOT NULL,
	"begun_at" timestamp with time zone NOT NULL,
	CONSTRAINT "public_log_pk" PRIMARY KEY("village_id")
);
--> statement-breakpoint
-- Notes under which name and key a village's log was first signed. Written once; a log never changes its name or its key.
create or replace function begin_public_log(p_village_id integer, p_origin text, p_vkey text) returns void
language sql
security definer
set search_path = public, pg_temp
as $$
  insert into public_log (village_id, origin, vkey, begun_at)
  values (p_village_id, p_origin, p_vkey, clock_timestamp())
      on conflict do nothing;
$$;
--> statement-breakpoint
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
--> statement-breakpoint
grant select on log_tile, public_log to love_supermarket_app;
--> statement-breakpoint
revoke execute on function store_log_tiles(integer), begin_public_log(integer, text, text) from public;
--> statement-breakpoint
grant execute on function store_log_tiles(integer), begin_public_log(integer, text, text) to love_supermarket_app;
--> statement-breakpoint
-- Recorded rows are never changed or removed, whoever asks.
do $$
declare
  v_table text;
begin
  foreach v_table in array array['log_tile', 'public_log'] loop
    execute format(
      'create trigger %I before update or delete on %I for each row execute function refuse_change()',
      v_table || '_row_stays', v_table);
    execute format(
      'create trigger %I before truncate on %I for each statement execute function refuse_change()',
      v_table || '_table_stays', v_table);
  end loop;
end;
$$;
