-- New versions of rules together with the acts that say so, one act for each in the same order: all of them, or nothing.
-- p_versions = [{ code, version, category, name, pinyin, initials, pointsCentipoints, unit, capPeriod, capMaxCount, capMaxCentipoints,
--                 capPer, evidence, approvalPath, effectiveFrom, position, isEnded, meeting, decidedBy }], of each rule at most one
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
         cap_max_centipoints, cap_per, evidence, approval_path, effective_from, position, is_ended, meeting, decided_by,
         seq)
      select p_village_id, code, version, category, name, pinyin, initials, "pointsCentipoints", unit, "capPeriod", "capMaxCount",
             "capMaxCentipoints", "capPer", evidence, "approvalPath", "effectiveFrom", position, "isEnded", meeting,
             "decidedBy",
             (v_answer ->> 'firstSeq')::bigint + place - 1
        from jsonb_array_elements(p_versions) with ordinality as listed(value, place)
       cross join lateral jsonb_to_record(value) as given(
          code text, version integer, category text, name text, pinyin text, initials text, "pointsCentipoints" integer,
          unit text, "capPeriod" text, "capMaxCount" integer, "capMaxCentipoints" integer, "capPer" text, evidence text, "approvalPath" text,
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
