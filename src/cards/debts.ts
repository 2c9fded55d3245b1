import type { Reader } from '../platform/database/db.ts';
import { likeText } from '../platform/database/like-text.ts';
import { groupAndCard } from './household-card.ts';

/** 欠扣的户: what is left of a deduction that the points of a household did not cover. */
export interface Debt {
  cardNumber: string;
  headName: string;
  groupName: string;
  status: 'active' | 'frozen' | 'closed' | 'registered';
  owedCentipoints: number;
  /** The day on which its balance fell below nothing and has stayed there. */
  since: string;
  /** What for; null where another household went over into it, or a record was put right. */
  ruleName: string | null;
  /** The act with which it began. */
  seq: number;
}

export interface DebtWindow {
  villageId: number;
  /** Name, pinyin, initials or a part of the card number; empty finds all. */
  query: string;
  limit: number;
  offset: number;
}

/** Who has owed longest first; with what all who fit the words owe together. */
export async function debts(
  sql: Reader,
  { villageId, query, limit, offset }: DebtWindow,
): Promise<{ lines: Debt[]; householdCount: number; totalCentipoints: number }> {
  const text = query.normalize('NFKC').trim().toLowerCase();
  const part = `%${likeText(text)}%`;
  const rows = await sql<(Debt & { householdCount: number; totalCentipoints: number })[]>`
    select card.number as "cardNumber",
           household.head_name as "headName",
           villager_group.name as "groupName",
           account.status,
           -account.balance_centipoints as "owedCentipoints",
           began.occurred_on as since,
           rule_version.name as "ruleName",
           began.seq,
           count(*) over ()::integer as "householdCount",
           sum(-account.balance_centipoints) over ()::bigint as "totalCentipoints"
      from account
      join household
        on household.village_id = account.village_id
       and household.household_id = account.holder_id
           ${groupAndCard(sql)}
      join lateral (
        select entry.seq, entry.occurred_on, act.facts
          from entry
          join act
            on act.village_id = entry.village_id
           and act.seq = entry.seq
         where entry.village_id = account.village_id
           and entry.account_id = account.account_id
           and entry.n > coalesce((
             select max(sound.n)
               from entry as sound
              where sound.village_id = account.village_id
                and sound.account_id = account.account_id
                and sound.balance_after_centipoints >= 0
           ), 0)
         order by entry.n
         limit 1
      ) as began on true
      left join rule_version
        on rule_version.village_id = account.village_id
       and rule_version.code = began.facts ->> 'rule'
       and rule_version.version = (began.facts ->> 'version')::integer
     where account.village_id = ${villageId}
       and account.kind = 'spendable'
       and account.balance_centipoints < 0
       and (
         ${text} = ''
         or household.head_name like ${part}
         or household.pinyin like ${part.slice(1)}
         or household.initials like ${part.slice(1)}
         or card.number like ${part}
       )
     order by began.seq
     limit ${limit}
    offset ${offset}`;
  const [first] = rows;
  return {
    lines: rows.map(({ householdCount: _count, totalCentipoints: _total, ...line }) => line),
    householdCount: first?.householdCount ?? 0,
    totalCentipoints: first?.totalCentipoints ?? 0,
  };
}
