-- Checks under the locks what may have changed since the decision was made. Null when nothing stands against the posting.
-- The arrays of entries are in their order; p_earlier_amounts, which is empty where each account has one entry, says what those of the
-- same account before it come to.
create or replace function refuse_posting(
  p_village_id integer,
  p_operation jsonb,
  p_accounts integer[],
  p_amounts bigint[],
  p_earlier_amounts bigint[],
  p_leasts bigint[],
  p_lots integer[],
  p_quantities integer[]
) returns jsonb
language plpgsql
as $$
declare
  v_found jsonb;
begin
  -- Status: as a change of status expects it, else active.
  if jsonb_array_length(p_operation -> 'statuses') = 0 then
    select jsonb_build_object('code', 'wrong_status', 'account', account_id, 'status', status)
      into v_found
      from account
     where village_id = p_village_id
       and account_id = any (p_accounts)
       and status <> 'active'
     order by account_id
     limit 1;
  else
    select jsonb_build_object('code', 'wrong_status', 'account', account.account_id, 'status', account.status)
      into v_found
      from (select unnest(p_accounts) union select s.account from jsonb_to_recordset(p_operation -> 'statuses') as s(account integer))
        as named(account)
      join account on account.village_id = p_village_id and account.account_id = named.account
      left join jsonb_to_recordset(p_operation -> 'statuses') as statuses(account integer, "from" text)
        on statuses.account = named.account
     where account.status <> coalesce(statuses."from", 'active')
     order by account.account_id
     limit 1;
  end if;
  if found then
    return v_found;
  end if;

  if jsonb_path_exists(p_operation, '$.entries[*].expectedN') and exists (
    select 1
      from jsonb_to_recordset(p_operation -> 'entries') as entries(account integer, "expectedN" bigint)
      join account on account.village_id = p_village_id and account.account_id = entries.account
     where account.last_n <> entries."expectedN"
  ) then
    return jsonb_build_object('code', 'stale');
  end if;

  if jsonb_path_exists(p_operation, '$.acts[*].reverses') then
    select jsonb_build_object('code', 'already_reversed', 'seq', act.reverses_seq, 'bySeq', act.seq)
      into v_found
      from jsonb_to_recordset(p_operation -> 'acts') as acts(reverses bigint)
      join act on act.village_id = p_village_id and act.reverses_seq = acts.reverses
     order by act.reverses_seq
     limit 1;
    if found then
      return v_found;
    end if;
  end if;

  -- No entry may leave too little, whatever those after it bring: what counts is what stands in the passbook after each.
  if 0 > any (p_amounts) then
    select jsonb_build_object(
             'code', 'insufficient_points',
             'accounts', jsonb_agg(jsonb_build_object('account', account_id, 'missing', missing) order by account_id)
           )
      into v_found
      from (
        select account.account_id,
               max(account.floor_centipoints - left_over.centipoints) as missing
          from unnest(p_accounts, p_amounts, p_earlier_amounts, p_leasts) as entries(account, amount, earlier_amount, least)
          join account on account.village_id = p_village_id and account.account_id = entries.account
         cross join lateral (
                 select account.balance_centipoints + coalesce(entries.earlier_amount, 0) + entries.amount as centipoints
               ) as left_over
         where entries.amount < 0
           -- A deduction may leave less, as far as the village lets it; an exchange must leave more where not all of it can be spent.
           and left_over.centipoints < coalesce(entries.least, account.floor_centipoints)
         group by account.account_id
      ) as short
    having count(*) > 0;
    if found then
      return v_found;
    end if;
  end if;

  if cardinality(p_lots) > 0 then
    select jsonb_build_object('code', 'out_of_stock', 'lot', stock_lot.lot_id, 'goods', stock_lot.goods_id)
      into v_found
      from unnest(p_lots, p_quantities) as moves(lot, quantity)
      join stock_lot on stock_lot.village_id = p_village_id and stock_lot.lot_id = moves.lot
     where stock_lot.quantity_on_hand + moves.quantity < 0
     order by stock_lot.lot_id
     limit 1;
    if found then
      return v_found;
    end if;
  end if;

  return null;
end;
$$;
