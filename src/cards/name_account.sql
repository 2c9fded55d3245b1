-- Puts the id of a new account where the lines of an operation say 0.
create or replace function name_account(p_lines jsonb, p_account_id integer) returns jsonb
language sql
immutable
as $$
  select coalesce(
           jsonb_agg(
             case when line ->> 'account' = '0' then line || jsonb_build_object('account', p_account_id) else line end
             order by position
           ),
           '[]'
         )
    from jsonb_array_elements(p_lines) with ordinality as given(line, position);
$$;
