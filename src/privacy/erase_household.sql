-- Erases who a household is: the act that says so of each of its accounts, what earlier acts disclosed of it, its name, its telephone,
-- its digits, its QR token, the words of its wishes, its kinship with those who approve, its numbers in queues, and the rows of photos
-- that no other household's act names. The points it once had stay in the record under a pseudonym that leads to nobody any more. Only
-- for a household whose accounts are empty and closed or never opened; honours stay, for nobody can spend them. Acts that tell of it
-- without naming its account stand in what the first act discloses as "also".
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
  v_seqs bigint[];
begin
  if v_answer ->> 'code' <> 'posted' then
    return v_answer;
  end if;

  select array_agg(account_id), array_agg(pseudonym)
    into v_accounts, v_pseudonyms
    from account
   where village_id = p_village_id
     and holder_id = p_household_id;
  if cardinality(v_accounts) <> jsonb_array_length(p_operation -> 'acts')
     or exists (
       select
         from account
        where village_id = p_village_id
          and account_id = any (v_accounts)
          and (
            (balance_centipoints <> 0 and kind <> 'honor')
            or (kind = 'spendable' and status not in ('closed', 'registered'))
          )
     )
  then
    raise exception 'an erasure speaks of every account of a household, and all of them are empty';
  end if;

  v_seqs := array(
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
    union
    select unnest(string_to_array(opening ->> 2, ' ')::bigint[])
      from jsonb_array_elements(p_operation -> 'acts' -> 0 -> 'openings') as opening
     where opening ->> 1 = 'also'
  );

  -- The photos first: which they are stands in what goes.
  perform erase_photos(p_village_id, array(
    select named ->> 'photo'
      from act
     cross join jsonb_array_elements(act.facts -> 'photos') as named
     where act.village_id = p_village_id
       and act.seq = any (v_seqs)
    union
    select unnest(photos)
      from wish
     where village_id = p_village_id
       and household_id = p_household_id
    except
    select named ->> 'photo'
      from act
     cross join jsonb_array_elements(act.facts -> 'photos') as named
     where act.village_id = p_village_id
       and act.facts ? 'photos'
       and act.seq <> all (v_seqs)
  ));
  perform erase_openings(p_village_id, v_seqs);
  perform erase_wishes(p_village_id, p_household_id);
  perform erase_kinship(p_village_id, p_household_id);
  perform erase_queue_numbers(p_village_id, p_household_id);
  perform erase_identity(p_village_id, p_household_id, p_name);

  return v_answer;
end;
$$;
