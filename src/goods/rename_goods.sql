-- Another name for goods that the village added, together with the act that says so: both, or neither. Answers as post_act does.
-- p_name = { code, name, pinyin, initials }
create or replace function rename_goods(p_village_id integer, p_operation jsonb, p_name jsonb) returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb;
begin
  v_answer := post_act(p_village_id, p_operation);
  if v_answer ->> 'code' = 'posted' then
    update goods
       set name = p_name ->> 'name',
           pinyin = p_name ->> 'pinyin',
           initials = p_name ->> 'initials'
     where village_id = p_village_id
       and code = p_name ->> 'code';
  end if;
  return v_answer;
end;
$$;
