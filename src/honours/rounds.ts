import { type KeptAct, keptActs, textFact } from '../auditlog/index.ts';
import { householdOfAccount } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { nextRoundState, type RoundState } from './decide-honour.ts';
import { type HonourKind, honourKind } from './honour-kinds.ts';

/** An honour that was given. */
export interface GivenHonour {
  /** Of the act that gave it. */
  seq: number;
  day: string;
  honourCentipoints: number;
  withdrawn: { seq: number; day: string; reason: string } | null;
}

export interface Nomination {
  seq: number;
  pseudonym: string;
  /** As they are now; null once nobody knows whose account it is. */
  household: { name: string; groupName: string; card: string; householdId: number; accountId: number } | null;
  /** Whom of the household; empty where it is the household's, or was erased. */
  member: string;
  reason: string;
  byId: number;
  by: string;
  honour: GivenHonour | null;
}

export interface Round {
  /** Counted upward in the village. */
  n: number;
  seq: number;
  kind: HonourKind;
  rule: string;
  openedOn: string;
  closes: string;
  state: RoundState;
  nominations: Nomination[];
  /** How it ended: the meeting's decision, or why there was none. */
  result: { seq: number; day: string; words: string; by: string; honourCentipoints: number } | null;
}

/** 评先 of a village, worked out of its acts: nothing beside the record can differ from it. The first round comes first. */
export async function rounds(sql: Reader, villageId: number): Promise<Round[]> {
  const [acts, moved] = await Promise.all([
    keptActs(
      sql,
      villageId,
      sql`act.type in ('honor.open', 'honor.nominate', 'honor.close', 'honor.award', 'honor.withdraw')`,
    ),
    sql<{ seq: number; centipoints: number }[]>`
      select entry.seq,
             entry.amount_centipoints as centipoints
        from account
        join entry
          on entry.village_id = account.village_id
         and entry.account_id = account.account_id
       where account.village_id = ${villageId}
         and account.kind = 'honor'`,
  ]);
  const found = foldRounds(acts, new Map(moved.map(({ seq, centipoints }) => [seq, centipoints])));
  const nominations = found.flatMap((round) => round.nominations);
  const households = await householdsOf(
    sql,
    villageId,
    nominations.map(({ pseudonym }) => pseudonym),
  );
  for (const nomination of nominations) nomination.household = households.get(nomination.pseudonym) ?? null;
  return found;
}

function foldRounds(acts: readonly KeptAct[], centipoints: ReadonlyMap<number, number>): Round[] {
  const bySeq = new Map<number, Round>();
  const nominations = new Map<number, Nomination>();
  const honours = new Map<number, GivenHonour>();
  for (const act of acts) {
    const { seq, occurredOn: day, facts, disclosed, recorder } = act;
    if (act.type === 'honor.open') {
      bySeq.set(seq, openedRound(act, bySeq.size + 1));
      continue;
    }
    if (act.type === 'honor.withdraw') {
      const honour = honours.get(Number(facts['award']));
      if (honour) honour.withdrawn = { seq, day, reason: disclosed['reason'] ?? '' };
      continue;
    }
    const round = bySeq.get(Number(facts['round']));
    if (!round) continue;
    if (act.type === 'honor.nominate') {
      const nomination = nominationOf(act);
      nominations.set(seq, nomination);
      round.nominations.push(nomination);
    } else if (act.type === 'honor.close') {
      const event = facts['outcome'] === 'decided' ? 'decide' : 'abandon';
      round.state = nextRoundState(round.state, event) ?? round.state;
      const words = disclosed['meeting'] ?? '';
      round.result = { seq, day, words, by: recorder, honourCentipoints: Number(facts['points']) };
    } else {
      const honour = { seq, day, honourCentipoints: centipoints.get(seq) ?? 0, withdrawn: null };
      honours.set(seq, honour);
      const nomination = nominations.get(Number(facts['nomination']));
      if (nomination) nomination.honour = honour;
    }
  }
  return [...bySeq.values()];
}

function openedRound(act: KeptAct, n: number): Round {
  const { seq, occurredOn, facts } = act;
  return {
    n,
    seq,
    kind: honourKind(facts['honor']),
    rule: textFact(act, 'rule') ?? '',
    openedOn: occurredOn,
    closes: textFact(act, 'closes') ?? '',
    state: 'open',
    nominations: [],
    result: null,
  };
}

function nominationOf(act: KeptAct): Nomination {
  const { seq, recordedBy, recorder, disclosed } = act;
  return {
    seq,
    pseudonym: textFact(act, 'acct') ?? '',
    household: null,
    member: disclosed['member'] ?? '',
    reason: disclosed['reason'] ?? '',
    byId: recordedBy,
    by: recorder,
    honour: null,
  };
}

type HouseholdRow = NonNullable<Nomination['household']> & { pseudonym: string };

async function householdsOf(sql: Reader, villageId: number, pseudonyms: readonly string[]) {
  const rows = await sql<HouseholdRow[]>`
    select account.pseudonym,
           account.account_id as "accountId",
           household.household_id as "householdId",
           household.head_name as name,
           villager_group.name as "groupName",
           card.number as card
      from account
      ${householdOfAccount(sql)}
     where account.village_id = ${villageId}
       and account.pseudonym = any(${[...pseudonyms]}::text[])`;
  return new Map(rows.map(({ pseudonym, ...household }) => [pseudonym, household]));
}
