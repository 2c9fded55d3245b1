import { type KeptAct, keptActs, textFact } from '../auditlog/index.ts';
import { householdOfAccount } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** An honour for what was entered too late for points. */
export interface Backfill {
  seq: number;
  day: string;
  honourCentipoints: number;
  ruleName: string;
  times: number;
  meeting: string;
  by: string;
  /** As it is now; null once nobody knows whose account it is. */
  household: { householdId: number; accountId: number; name: string; groupName: string; card: string } | null;
  withdrawn: { seq: number; day: string; reason: string } | null;
}

interface EntryRow {
  seq: number;
  centipoints: number;
  ruleName: string;
  household: Backfill['household'];
}

/** The newest first. */
export async function backfills(sql: Reader, villageId: number): Promise<Backfill[]> {
  // By the accounts of honours, which are few: without an index of their own these acts would be looked for among all of the village.
  const ofHonors = sql`act.seq in (
    select entry.seq
      from account
      join entry
        on entry.village_id = account.village_id
       and entry.account_id = account.account_id
     where account.village_id = ${villageId}
       and account.kind = 'honor'
  )`;
  const [acts, rows] = await Promise.all([
    keptActs(sql, villageId, sql`act.type in ('honor.backfill', 'honor.withdraw') and ${ofHonors}`),
    sql<EntryRow[]>`
      select act.seq,
             entry.amount_centipoints as centipoints,
             coalesce(rule_version.name, act.facts ->> 'rule') as "ruleName",
             jsonb_build_object(
               'householdId', household.household_id,
               'accountId', account.account_id,
               'name', household.head_name,
               'groupName', villager_group.name,
               'card', card.number
             ) as household
        from act
        join entry
          on entry.village_id = act.village_id
         and entry.seq = act.seq
        join account as honor
          on honor.village_id = entry.village_id
         and honor.account_id = entry.account_id
        join account
          on account.village_id = honor.village_id
         and account.holder_id = honor.holder_id
         and account.kind = 'spendable'
             ${householdOfAccount(sql)}
        left join rule_version
          on rule_version.village_id = act.village_id
         and rule_version.code = act.facts ->> 'rule'
         and rule_version.version = (act.facts ->> 'version')::integer
       where act.village_id = ${villageId}
         and act.type = 'honor.backfill'
         and ${ofHonors}`,
  ]);
  return foldBackfills(acts, new Map(rows.map((row) => [row.seq, row]))).toReversed();
}

function foldBackfills(acts: readonly KeptAct[], rows: ReadonlyMap<number, EntryRow>): Backfill[] {
  const found = new Map<number, Backfill>();
  for (const act of acts) {
    const { type, seq, occurredOn: day, facts, disclosed, recorder } = act;
    if (type === 'honor.withdraw') {
      const backfill = found.get(Number(facts['award']));
      if (backfill) backfill.withdrawn = { seq, day, reason: disclosed['reason'] ?? '' };
      continue;
    }
    const row = rows.get(seq);
    found.set(seq, {
      seq,
      day,
      honourCentipoints: row?.centipoints ?? 0,
      ruleName: row?.ruleName ?? textFact(act, 'rule') ?? '',
      times: Number(facts['times'] ?? 1),
      meeting: disclosed['meeting'] ?? '',
      by: recorder,
      household: row?.household ?? null,
      withdrawn: null,
    });
  }
  return [...found.values()];
}
