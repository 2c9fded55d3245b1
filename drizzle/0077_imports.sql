CREATE TABLE "import_run" (
	"village_id" integer NOT NULL,
	"import_id" text NOT NULL,
	"kind" text NOT NULL,
	"import_key" text NOT NULL,
	"started_by" integer NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heard_of_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"rows_done" integer DEFAULT 0 NOT NULL,
	"rows_in_all" integer NOT NULL,
	"outcome" jsonb,
	CONSTRAINT "import_run_pk" PRIMARY KEY("village_id","import_id"),
	CONSTRAINT "import_run_key_unique" UNIQUE("village_id","kind","import_key"),
	CONSTRAINT "import_run_kind_known" CHECK ("import_run"."kind" in ('households', 'rules', 'goods')),
	CONSTRAINT "import_run_state_known" CHECK ("import_run"."state" in ('running', 'recording', 'done', 'refused', 'cancelled', 'failed')),
	CONSTRAINT "import_run_rows_few" CHECK ("import_run"."rows_done" between 0 and "import_run"."rows_in_all")
);
--> statement-breakpoint
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_village_fk" FOREIGN KEY ("village_id") REFERENCES "public"."region"("region_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_started_by_fk" FOREIGN KEY ("started_by") REFERENCES "public"."person"("person_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- How far an import is: kept by the application, and no part of the record.
grant select, insert, update on import_run to love_supermarket_app;
--> statement-breakpoint
-- New versions of rules together with the acts that say so, one act for each in the same order: all of them, or nothing.
-- p_versions = [{ code, version, category, name, pinyin, initials, pointsCentipoints, unit, capPeriod, capMaxCount, capMaxCentipoints,
--                 evidence, approvalPath, effectiveFrom, position, isEnded, meeting, decidedBy }], of each rule at most one
-- Answers as post_act does; "stale" also when one of them is not the version after the last one. The village's log, which post_act
-- locks last, lets one such change through at a time.
create or replace function change_rules(p_village_id integer, p_operation jsonb, p_versions jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
begin
  begin
    v_answer := post_act(p_village_id, p_operation);
    if v_answer ->> 'code' = 'posted' then
      if jsonb_array_length(p_versions) <> jsonb_array_length(v_answer -> 'acts') then
        raise exception 'each version of a rule has an act of its own';
      end if;

      if exists (
        select
          from jsonb_to_recordset(p_versions) as given(code text, version integer)
         where version <> (
           select coalesce(max(known.version), 0) + 1
             from rule_version as known
            where known.village_id = p_village_id
              and known.code = given.code
         )
      )
      then
        raise exception sqlstate 'LS001' using message = 'nothing of it stays';
      end if;

      insert into rule_version
        (village_id, code, version, category, name, pinyin, initials, points_centipoints, unit, cap_period, cap_max_count,
         cap_max_centipoints, evidence, approval_path, effective_from, position, is_ended, meeting, decided_by,
         seq)
      select p_village_id, code, version, category, name, pinyin, initials, "pointsCentipoints", unit, "capPeriod", "capMaxCount",
             "capMaxCentipoints", evidence, "approvalPath", "effectiveFrom", position, "isEnded", meeting,
             "decidedBy",
             (v_answer ->> 'firstSeq')::bigint + place - 1
        from jsonb_array_elements(p_versions) with ordinality as listed(value, place)
       cross join lateral jsonb_to_record(value) as given(
          code text, version integer, category text, name text, pinyin text, initials text, "pointsCentipoints" integer,
          unit text, "capPeriod" text, "capMaxCount" integer, "capMaxCentipoints" integer, evidence text, "approvalPath" text,
          "effectiveFrom" date, position integer, "isEnded" boolean, meeting text,
          "decidedBy" text
        );
    end if;
  exception
    when sqlstate 'LS001' then
      v_answer := jsonb_build_object('code', 'stale');
  end;
  return v_answer;
end;
$$;
--> statement-breakpoint
drop function change_rule(integer, jsonb, jsonb);
--> statement-breakpoint
grant execute on function change_rules(integer, jsonb, jsonb) to love_supermarket_app;
