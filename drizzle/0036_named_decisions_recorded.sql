-- A new version of a rule together with the act that says so: both, or nothing.
-- p_version = { code, version, category, name, pinyin, initials, pointsCentipoints, unit, capPeriod, capMaxCount, capMaxCentipoints,
--               evidence, approvalPath, effectiveFrom, position, isEnded, meeting, decidedBy }
-- Answers as post_act does; "stale" also when it is not the version after the last one. The village's log, which post_act locks
-- last, lets one such change through at a time.
create or replace function change_rule(p_village_id integer, p_operation jsonb, p_version jsonb) returns jsonb
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
      if (p_version ->> 'version')::integer <> (
        select coalesce(max(version), 0) + 1
          from rule_version
         where village_id = p_village_id
           and code = p_version ->> 'code'
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
             (v_answer ->> 'firstSeq')::bigint
        from jsonb_to_record(p_version) as given(
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
