import { type ActType, goodsNameThen } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** One line of a household's passbook (存折), with everything that its words need. */
export interface PassbookLine {
  n: number;
  /** Number in the village's public record. */
  seq: number;
  type: ActType;
  /** Of the act that this one takes back, else its own. */
  subject: ActType;
  amountCentipoints: number;
  balanceAfterCentipoints: number;
  /** The two clocks: when it happened, and when it was written down. */
  occurredOn: string;
  recordedAt: Date;
  /** Of the act, or of the act that this one takes back; the version is the one that was used. */
  ruleName: string | null;
  ruleVersion: number | null;
  goods: { name: string; unit: string; quantity: number; priceCentipoints: number }[];
  /** What was written beside it: a note, or the reason of a reversal. */
  note: string | null;
  /** Whom of the household it is about, where somebody was named. */
  memberName: string | null;
  /** Who fetched the goods of an exchange; null for the household itself. Names are for those who run and watch the shop. */
  proxyRelation: 'family' | 'neighbour' | 'cadre' | null;
  proxyName: string | null;
  confirmedBy: string | null;
  /** Of what waited for the village's word: who agreed, and the day on which it was earned where that is another one. */
  approvedBy: string | null;
  earnedOn: string | null;
  /** Of points that went over in a merger: what the other household owed. */
  isOwed: boolean;
  reversesSeq: number | null;
  reversedBySeq: number | null;
  /** Empty where the household did it itself. */
  recordedBy: string;
}

export interface PassbookWindow {
  villageId: number;
  accountId: number;
  /** Only entries before this one. */
  beforeN?: number | undefined;
  /** Only what was written down before this moment. */
  recordedBefore?: Date | undefined;
  limit: number;
}

/** Newest first. Names of rules are those of the version that was used; goods go by their names of today. */
export async function passbook(
  sql: Reader,
  { villageId, accountId, beforeN = Number.MAX_SAFE_INTEGER, recordedBefore, limit }: PassbookWindow,
): Promise<PassbookLine[]> {
  return sql<PassbookLine[]>`
    select entry.n,
           entry.seq,
           act.type,
           coalesce(original.type, act.type) as subject,
           entry.amount_centipoints as "amountCentipoints",
           entry.balance_after_centipoints as "balanceAfterCentipoints",
           entry.occurred_on as "occurredOn",
           act.recorded_at as "recordedAt",
           rule_version.name as "ruleName",
           rule_version.version as "ruleVersion",
           coalesce(taken.goods, '[]') as goods,
           act.facts ->> 'proxy' as "proxyRelation",
           written.note,
           coalesce(whom.name, written.member) as "memberName",
           written.proxy_name as "proxyName",
           written.confirmed_by as "confirmedBy",
           written.approved_by as "approvedBy",
           act.facts ->> 'earned' as "earnedOn",
           act.facts ? 'owed' as "isOwed",
           act.reverses_seq as "reversesSeq",
           reversal.seq as "reversedBySeq",
           coalesce(person.display_name, '') as "recordedBy"
      from entry
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
      left join person
        on person.person_id = act.recorded_by
           ${actTold(sql)}
      left join lateral (
        select max(opening ->> 2) filter (where opening ->> 1 in ('note', 'reason')) as note,
               max(opening ->> 2) filter (where opening ->> 1 = 'member') as member,
               max(opening ->> 2) filter (where opening ->> 1 = 'proxy') as proxy_name,
               max(opening ->> 2) filter (where opening ->> 1 = 'confirmedBy') as confirmed_by,
               max(opening ->> 2) filter (where opening ->> 1 = 'approvedBy') as approved_by
          from disclosure
         cross join jsonb_array_elements(disclosure.openings) as opening
         where disclosure.village_id = entry.village_id
           and disclosure.seq = entry.seq
      ) as written on true
      left join household_member as whom
        on whom.village_id = entry.village_id
       and whom.pseudonym = act.facts ->> 'member'
     where entry.village_id = ${villageId}
       and entry.account_id = ${accountId}
       and entry.n < ${beforeN}
       ${recordedBefore === undefined ? sql`` : sql`and act.recorded_at < ${recordedBefore}`}
     order by entry.n desc
     limit ${limit}`;
}

/**
 * Behind `act`: what it tells of, `original` and `told.facts`, which for a reversal are those of the act that it reverses; its own
 * `reversal`; the `rule_version`; and the goods of an exchange as `taken.goods`, by their names of today.
 */
export const actTold = (sql: Reader) => sql`
  left join act as original
    on original.village_id = act.village_id
   and original.seq = act.reverses_seq
 cross join lateral (select coalesce(original.facts, act.facts) as facts) as told
  left join act as reversal
    on reversal.village_id = act.village_id
   and reversal.reverses_seq = act.seq
  left join rule_version
    on rule_version.village_id = act.village_id
   and rule_version.code = told.facts ->> 'rule'
   and rule_version.version = (told.facts ->> 'version')::integer
  left join lateral (
    select jsonb_agg(
             jsonb_build_object(
               'name', coalesce(${goodsNameThen(sql)}, line.code),
               'unit', coalesce(goods.unit, ''),
               'quantity', line.quantity,
               'priceCentipoints', line.price
             )
           ) as goods
      from jsonb_to_recordset(told.facts -> 'goods') as line(code text, quantity integer, price integer)
      left join goods
        on goods.village_id = act.village_id
       and goods.code = line.code
  ) as taken on true`;
