import { householdOfEntry } from '../cards/index.ts';
import { firstSeqOf, goodsNameThen } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { ProxyRelation } from './decide-presence.ts';

/** One exchange as it was done, with the words that stand on its slip. */
export interface Redemption {
  operationId: string;
  /** Number in the village's public record. */
  seq: number;
  /** The act's name, which its slip carries. */
  actId: string;
  recordedAt: Date;
  recordedByName: string;
  headName: string;
  groupName: string;
  cardNumber: string;
  /** Who fetched the goods; null for the household itself. The name is missing for family, and after an erasure. */
  proxyRelation: ProxyRelation | null;
  proxyName: string | null;
  /** The numbered slip on which it was written while there was no network. */
  paperSlip: number | null;
  /** Who was present and knew the household. */
  confirmedBy: string | null;
  /** Public ids of the photos that confirm it. */
  photos: string[];
  spentCentipoints: number;
  balanceAfterCentipoints: number;
  lines: RedeemedLine[];
  /** The act that took it back. */
  reversedBySeq: number | null;
}

interface RedeemedLine {
  code: string;
  name: string;
  spec: string;
  unit: string;
  quantity: number;
  priceCentipoints: number;
}

/** The exchange of one operation; null when the village has none of that name. */
export async function redemption(sql: Reader, villageId: number, operationId: string): Promise<Redemption | null> {
  const [found] = await readRedemptions(sql, villageId, sql`act.seq = ${firstSeqOf(sql, villageId, operationId)}`, 1);
  return found ?? null;
}

/** A paper slip counts for the day that stands on it. Bounded, though no village exchanges so often on one day. */
export async function redemptionsOn(sql: Reader, villageId: number, day: string): Promise<Redemption[]> {
  return readRedemptions(sql, villageId, sql`act.occurred_on = ${day}`, 5000);
}

/** Newest first, at most `limit` from below act number `beforeSeq`. */
export async function redemptions(
  sql: Reader,
  villageId: number,
  { beforeSeq = Number.MAX_SAFE_INTEGER, limit }: { beforeSeq?: number | undefined; limit: number },
): Promise<Redemption[]> {
  return readRedemptions(sql, villageId, sql`act.seq < ${beforeSeq}`, limit);
}

/** The card is that of the day of the exchange, as the act discloses it; where that was erased, the household's current one. */
function readRedemptions(sql: Reader, villageId: number, condition: ReturnType<Reader>, limit: number) {
  return sql<Redemption[]>`
    select act.operation_id as "operationId",
           act.seq,
           act.act_id as "actId",
           act.recorded_at as "recordedAt",
           person.display_name as "recordedByName",
           household.head_name as "headName",
           villager_group.name as "groupName",
           coalesce(disclosed.card, card.number) as "cardNumber",
           act.facts ->> 'proxy' as "proxyRelation",
           (act.facts ->> 'paper')::integer as "paperSlip",
           disclosed.proxy_name as "proxyName",
           disclosed.confirmed_by as "confirmedBy",
           array(select named ->> 'photo' from jsonb_array_elements(act.facts -> 'photos') as named) as photos,
           -entry.amount_centipoints as "spentCentipoints",
           entry.balance_after_centipoints as "balanceAfterCentipoints",
           reversal.seq as "reversedBySeq",
           (
             select jsonb_agg(
                      jsonb_build_object(
                        'code', goods.code,
                        'name', ${goodsNameThen(sql)},
                        'spec', goods.spec,
                        'unit', goods.unit,
                        'quantity', (line ->> 'quantity')::integer,
                        'priceCentipoints', (line ->> 'price')::integer
                      ) order by position
                    )
               from jsonb_array_elements(act.facts -> 'goods') with ordinality as listed(line, position)
               join goods
                 on goods.village_id = act.village_id
                and goods.code = line ->> 'code'
           ) as lines
      from act
      join person
        on person.person_id = act.recorded_by
      join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
           ${householdOfEntry(sql)}
      left join lateral (
        select max(opening ->> 2) filter (where opening ->> 1 = 'card') as card,
               max(opening ->> 2) filter (where opening ->> 1 = 'proxy') as proxy_name,
               max(opening ->> 2) filter (where opening ->> 1 = 'confirmedBy') as confirmed_by
          from disclosure
         cross join jsonb_array_elements(disclosure.openings) as opening
         where disclosure.village_id = act.village_id
           and disclosure.seq = act.seq
      ) as disclosed on true
      left join act as reversal
        on reversal.village_id = act.village_id
       and reversal.reverses_seq = act.seq
     where act.village_id = ${villageId}
       and act.type = 'points.redeem'
       and ${condition}
     order by act.seq desc
     limit ${limit}`;
}
