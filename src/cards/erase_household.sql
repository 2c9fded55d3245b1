-- Erases who a household is: the act that says so, what earlier acts disclosed of it, its name, its telephone, its digits, its QR token. The
-- points it once had stay in the record under a pseudonym that leads to nobody any more. Only for a household whose accounts are
-- empty and closed or never opened: p_operation says so with its statuses, and post_act refuses anything else. An account in which
-- points waited for their publicity must be empty too, and needs no act of its own.
create or replace function erase_household(p_village_id integer, p_operation jsonb, p_household_id integer, p_name text)
returns jsonb
language plpgsql
security definer
set search_path = public, pg_temp
as $$
declare
  v_answer jsonb := post_act(p_village_id, p_operation);
  v_accounts integer[];
  v_pseudonyms text[];
begin
  if v_answer ->> 'code' <> 'posted' then
    return v_answer;
  end if;

  select array_agg(account_id), array_agg(pseudonym)
    into v_accounts, v_pseudonyms
    from account
   where village_id = p_village_id
     and holder_id = p_household_id
     and balance_centipoints = 0
     and (kind = 'pending' or status in ('closed', 'registered'));
  if (
       select count(*)
         from account
        where village_id = p_village_id
          and account_id = any (v_accounts)
          and kind <> 'pending'
     ) <> jsonb_array_length(p_operation -> 'acts')
     or exists (
       select
         from account
        where village_id = p_village_id
          and holder_id = p_household_id
          and account_id <> all (v_accounts)
     )
  then
    raise exception 'an erasure speaks of every account of a household, and all of them are empty';
  end if;

  perform erase_openings(p_village_id, array(
    select seq
      from entry
     where village_id = p_village_id
       and account_id = any (v_accounts)
    union
    select seq
      from act
     where village_id = p_village_id
       and facts ->> 'acct' = any (v_pseudonyms)
       and seq < (v_answer ->> 'firstSeq')::bigint
  ));

  update household
     set head_name = p_name,
         pinyin = '',
         initials = '',
         phone = null,
         registration_key = null
   where village_id = p_village_id
     and household_id = p_household_id;

  delete from card_pin
   where village_id = p_village_id
     and household_id = p_household_id;

  -- A token that was never printed: whoever still has the card opens nothing with it.
  update card
     set token = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
   where village_id = p_village_id
     and household_id = p_household_id;

  return v_answer;
end;
$$;
