import type { Db } from '../platform/database/db.ts';

/** Households in use that were given least lately, so that no limit stands in the way. */
export async function quietCards({ sql }: Db, villageId: number, limit: number): Promise<string[]> {
  const rows = await sql<{ number: string }[]>`
    select card.number
      from card
      join account
        on account.village_id = card.village_id
       and account.holder_id = card.household_id
       and account.kind = 'spendable'
     where card.village_id = ${villageId}
       and card.ended_at is null
       and account.status = 'active'
     order by (
                select coalesce(sum(amount_centipoints), 0)
                  from entry
                 where entry.village_id = account.village_id
                   and entry.account_id = account.account_id
                   and amount_centipoints > 0
              ),
              card.number
     limit ${limit}`;
  return rows.map(({ number }) => number);
}
