-- Makes the accounts in which the points of these claims wait out their publicity.
create or replace function open_pending_account_of_claims(p_village_id integer, p_claim_ids text[]) returns void
language sql
security definer
set search_path = public, pg_temp
as $$
  select open_pending_accounts(p_village_id, array(
    select account.holder_id
      from claim
      join account
        on account.village_id = claim.village_id
       and account.account_id = claim.account_id
     where claim.village_id = p_village_id
       and claim.claim_id = any (p_claim_ids)
  ));
$$;
