-- Gives a new village its rule table as version 1 of each rule, and the limits of it. Later versions come with an act alone
-- (change_rules.sql), so a village that has rules already is a mistake of the program.
-- p_rules = [{ code, category, name, pinyin, initials, pointsCentipoints, unit, capPeriod, capMaxCount, capMaxCentipoints, evidence,
--              approvalPath, position }]
-- p_terms = { ownRulesMax, ownPointsMaxCentipoints, monthMaxCentipoints, yearMaxCentipoints }; the last two may be null.
create or replace function adopt_rules(p_village_id integer, p_rules jsonb, p_terms jsonb, p_effective_from date) returns void
language plpgsql
security definer
set search_path = public, pg_temp
as $$
begin
  if exists (select 1 from rule_version where village_id = p_village_id) then
    raise exception 'village % has a rule table already', p_village_id;
  end if;

  insert into rule_terms
    (village_id, own_rules_max, own_points_max_centipoints, month_max_centipoints, year_max_centipoints)
  values
    (p_village_id, (p_terms ->> 'ownRulesMax')::integer, (p_terms ->> 'ownPointsMaxCentipoints')::integer,
     (p_terms ->> 'monthMaxCentipoints')::integer, (p_terms ->> 'yearMaxCentipoints')::integer);

  insert into rule_version
    (village_id, code, version, category, name, pinyin, initials, points_centipoints, unit, cap_period, cap_max_count,
     cap_max_centipoints, evidence, approval_path, effective_from, position)
  select p_village_id, code, 1, category, name, pinyin, initials, "pointsCentipoints", unit, "capPeriod", "capMaxCount",
         "capMaxCentipoints", evidence, "approvalPath", p_effective_from, position
    from jsonb_to_recordset(p_rules) as rules(
      code text, category text, name text, pinyin text, initials text, "pointsCentipoints" integer, unit text,
      "capPeriod" text, "capMaxCount" integer, "capMaxCentipoints" integer, evidence text, "approvalPath" text,
      position integer
    );
end;
$$;
