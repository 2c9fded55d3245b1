import { type KeptAct, keptActs, photosOf, textFact } from '../auditlog/index.ts';
import { householdOfAccount } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type ActivityKind, activityKind } from './activity-kinds.ts';
import type { ActivityState } from './decide-activity.ts';

/** A household that came, as it is now. */
export interface Attendance {
  pseudonym: string;
  /** Null once nobody knows whose account it is. */
  household: { name: string; groupName: string; card: string } | null;
  /** Who of it, where names were written down. */
  members: string;
  /** What it got for coming: null where nothing, or nothing that still stands. */
  award: { centipoints: number; seq: number; waits: boolean } | null;
}

export interface Activity {
  seq: number;
  kind: ActivityKind;
  occurredOn: string;
  /** Empty where it was erased. */
  name: string;
  place: string;
  rule: string | null;
  state: ActivityState;
  attended: number;
  attendance: Attendance[];
  /** Public ids. */
  photos: string[];
  by: string;
}

/** 集体活动 of a village, worked out of its acts, the newest first; `only` names one of them. */
export async function activities(sql: Reader, villageId: number, only?: number): Promise<Activity[]> {
  const which = only === undefined ? sql`` : sql`and (act.seq = ${only} or act.facts ->> 'activity' = ${String(only)})`;
  const [acts, awards] = await Promise.all([
    keptActs(sql, villageId, sql`act.type in ('activity', 'activity.member') ${which}`),
    awardsOf(sql, villageId, only),
  ]);
  const members = new Map<string, string>();
  for (const act of acts) {
    if (act.type !== 'activity.member') continue;
    members.set(`${Number(act.facts['activity'])} ${textFact(act, 'acct')}`, act.disclosed['members'] ?? '');
  }
  const found = acts.filter(({ type }) => type === 'activity').map((act) => activityOf(act, { members, awards }));
  const everybody = found.flatMap(({ attendance }) => attendance);
  const households = await householdsOf(sql, villageId, [...new Set(everybody.map(({ pseudonym }) => pseudonym))]);
  for (const one of everybody) one.household = households.get(one.pseudonym) ?? null;
  return found.toReversed();
}

type Known = { members: ReadonlyMap<string, string>; awards: ReadonlyMap<string, NonNullable<Attendance['award']>> };

function activityOf(act: KeptAct, { members, awards }: Known): Activity {
  const { seq, occurredOn, recorder, facts, disclosed } = act;
  const list = (disclosed['list'] ?? '').split('\n').filter((pseudonym) => pseudonym !== '');
  const attendance = list.map((pseudonym) => ({
    pseudonym,
    household: null,
    members: members.get(`${seq} ${pseudonym}`) ?? '',
    award: awards.get(`${seq} ${pseudonym}`) ?? null,
  }));
  const rule = textFact(act, 'rule');
  return {
    seq,
    kind: activityKind(facts['kind']),
    occurredOn,
    name: disclosed['name'] ?? '',
    place: disclosed['place'] ?? '',
    rule,
    state: rule === null ? 'free' : attendance.some(({ award }) => award !== null) ? 'awarded' : 'waiting',
    attended: Number(facts['attended']),
    attendance,
    photos: photosOf(act),
    by: recorder,
  };
}

interface AwardRow {
  activity: string;
  pseudonym: string;
  centipoints: number;
  seq: number;
  waits: boolean;
}

/** What was given for activities and still stands, or may still come to stand; by the activity's number and the account. */
async function awardsOf(sql: Reader, villageId: number, only?: number) {
  const rows = await sql<AwardRow[]>`
    select act.facts ->> 'activity' as activity,
           account.pseudonym,
           coalesce(entry.amount_centipoints, claim.amount_centipoints) as centipoints,
           coalesce(entry.seq, claim.award_seq, act.seq) as seq,
           entry.seq is null and claim.award_seq is null as waits
      from act
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      left join claim
        on claim.village_id = act.village_id
       and claim.claim_id = act.facts ->> 'claim'
      join account
        on account.village_id = act.village_id
       and account.account_id = coalesce(entry.account_id, claim.account_id)
      left join act as reversal
        on reversal.village_id = act.village_id
       and reversal.reverses_seq = coalesce(entry.seq, claim.award_seq)
     where act.village_id = ${villageId}
       and act.facts ? 'activity'
       and act.type in ('points.award', 'claim.submit')
       and (${only === undefined}::boolean or act.facts ->> 'activity' = ${String(only)})
       and reversal.seq is null
       and coalesce(claim.state, '') not in ('withdrawn', 'upheld')
     order by act.seq`;
  // Of several people of one household what all of them got, under the number of the first.
  const awards = new Map<string, NonNullable<Attendance['award']>>();
  for (const { activity, pseudonym, centipoints, seq, waits } of rows) {
    const before = awards.get(`${activity} ${pseudonym}`) ?? { centipoints: 0, seq, waits: false };
    awards.set(`${activity} ${pseudonym}`, {
      centipoints: before.centipoints + centipoints,
      seq: before.seq,
      waits: before.waits || waits,
    });
  }
  return awards;
}

async function householdsOf(sql: Reader, villageId: number, pseudonyms: readonly string[]) {
  const rows = await sql<(NonNullable<Attendance['household']> & { pseudonym: string })[]>`
    select account.pseudonym,
           household.head_name as name,
           villager_group.name as "groupName",
           card.number as card
      from account
      ${householdOfAccount(sql)}
     where account.village_id = ${villageId}
       and account.pseudonym = any(${[...pseudonyms]}::text[])`;
  return new Map(rows.map(({ pseudonym, ...household }) => [pseudonym, household]));
}
