import type { PendingQuery, Row } from 'postgres';
import { householdOfAccount } from '../cards/index.ts';
import { type AccountStatus, rateThen, unsettledMost } from '../ledger/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import { likeText } from '../platform/database/like-text.ts';
import { type ClaimState, type ClaimStep, IN_PUBLICITY, WAITING } from './decide-claim.ts';
import { isOpenTo, type LineReader } from './line-reader.ts';

/** One claim with everything that its page and the decisions about it need. */
export interface Claim {
  claimId: string;
  state: ClaimState;
  needs: ClaimStep[];
  /** Who has agreed, in order. */
  passedBy: number[];
  passedByNames: string[];
  isByHousehold: boolean;
  recordedBy: number | null;
  recordedByName: string | null;
  rule: string;
  version: number;
  ruleName: string;
  /** What its rule is proved by. */
  evidence: string;
  /** The rule's own path names publicity. */
  needsPublicity: boolean;
  occurredOn: string;
  amountCentipoints: number;
  /** For how many of the rule's units. */
  times: number;
  /** Of points that are given: how many of them one earned point sets free; null of what is earned. */
  match: number | null;
  note: string | null;
  /** Public ids of what was sent along with it. */
  photos: string[];
  /** Why it was returned or withdrawn; null otherwise. */
  reason: string | null;
  accountId: number;
  pseudonym: string;
  householdId: number;
  number: string;
  headName: string;
  groupName: string;
  /** Whom of the household it is about, by the drawn name and by the name; null where nobody said. */
  member: string | null;
  memberName: string | null;
  status: AccountStatus;
  balanceCentipoints: number;
  /** Number of the account's last entry. */
  lastN: number;
  pending: { accountId: number; pseudonym: string } | null;
  /** Of a deduction: the act that reminded the household before. */
  reminderSeq: number | null;
  submittedSeq: number;
  submittedAt: Date;
  lastSeq: number;
  pendingSeq: number | null;
  /** The day for which its points came into publicity. */
  pendingOn: string | null;
  /** A point has become worth something else since: there are more of them now, or fewer. */
  isConverted: boolean;
  awardSeq: number | null;
  sheet: number | null;
  postedOn: string | null;
  clearsOn: string | null;
  objectableUntil: string | null;
}

export const CLAIM_VIEWS = ['waiting', 'ready', 'posted', 'done', 'returned', 'all'] as const;

export type ClaimView = (typeof CLAIM_VIEWS)[number];

const STATES_OF_VIEW: Readonly<Record<ClaimView, readonly ClaimState[] | null>> = {
  waiting: WAITING,
  ready: ['committee_passed'],
  posted: ['posted', 'objected'],
  done: ['cleared', 'upheld'],
  returned: ['returned', 'withdrawn'],
  all: null,
};

export interface ClaimWindow {
  view: ClaimView;
  /** Only those whose next word is one of these. */
  steps?: readonly ClaimStep[] | undefined;
  /** Only those in which this person has a say. */
  reader?: LineReader | undefined;
  /** Name, pinyin, initials or the end of the card number. */
  query?: string | undefined;
  beforeSeq?: number | undefined;
  limit: number;
}

/** The latest first. */
export async function claimList(
  sql: Reader,
  villageId: number,
  { view, steps, reader, query = '', beforeSeq = Number.MAX_SAFE_INTEGER, limit }: ClaimWindow,
): Promise<Claim[]> {
  const states = STATES_OF_VIEW[view];
  const text = query.normalize('NFKC').trim().toLowerCase();
  const part = `%${likeText(text)}%`;
  return selectClaims(
    sql,
    villageId,
    sql`
      ${states === null ? sql`` : sql`and claim.state = any(${[...states]}::text[])`}
      ${steps === undefined ? sql`` : sql`and claim.needs[cardinality(claim.passed_by) + 1] = any(${[...steps]}::text[])`}
      ${reader === undefined ? sql`` : sql`and ${isOpenTo(sql, villageId, reader)}`}
      ${text === '' ? sql`` : sql`and (household.head_name like ${part} or household.pinyin like ${part.slice(1)} or household.initials like ${part.slice(1)} or card.number like ${part})`}
      and claim.submitted_seq < ${beforeSeq}`,
    sql`claim.submitted_seq desc limit ${limit}`,
  );
}

export async function claimsById(sql: Reader, villageId: number, claimIds: readonly string[]): Promise<Claim[]> {
  return selectClaims(
    sql,
    villageId,
    sql`and claim.claim_id = any(${[...claimIds]}::text[])`,
    sql`claim.submitted_seq`,
  );
}

export async function claimById(sql: Reader, villageId: number, claimId: string): Promise<Claim | null> {
  const [found] = await claimsById(sql, villageId, [claimId]);
  return found ?? null;
}

/** What waits of an account, or stands in publicity; the earliest first. */
export async function openClaimsOf(sql: Reader, villageId: number, accountId: number): Promise<Claim[]> {
  return selectClaims(
    sql,
    villageId,
    sql`and claim.account_id = ${accountId} and claim.state = any(${[...WAITING, ...IN_PUBLICITY, 'returned']}::text[])`,
    sql`claim.submitted_seq`,
  );
}

export interface HouseholdToTell {
  villageId: number;
  accountId: number;
  today: string;
}

/** For how long after the last day of objections it is told what one of them took away. */
const DAYS_TOLD = 30;

/** What its household is told of: what waits or is on the board, and for a month what an objection took away. */
export async function toldClaimsOf(sql: Reader, { villageId, accountId, today }: HouseholdToTell): Promise<Claim[]> {
  return selectClaims(
    sql,
    villageId,
    sql`
      and claim.account_id = ${accountId}
      -- A deduction is told of once it hangs on the board.
      and (claim.amount_centipoints > 0 or claim.state in ('posted', 'objected', 'upheld'))
      and (
        claim.state = any(${[...WAITING, ...IN_PUBLICITY, 'returned']}::text[])
        or claim.state = 'upheld' and claim.objectable_until > ${addDays(today, -DAYS_TOLD)}
      )`,
    sql`claim.submitted_seq`,
  );
}

/** What an operation submitted, in the order of its acts. */
export async function claimsOfOperation(sql: Reader, villageId: number, operationId: string): Promise<Claim[]> {
  return selectClaims(
    sql,
    villageId,
    sql`and exists (
      select
        from operation
       where operation.village_id = ${villageId}
         and operation.operation_id = ${operationId}
         and claim.submitted_seq between operation.first_seq and operation.first_seq + operation.act_count - 1
    )`,
    sql`claim.submitted_seq`,
  );
}

/**
 * Posted lines whose days are full, and nobody doubts: of each household the earliest, for the next is decided on what that leaves. A
 * deduction waits until the balance is enough for it, or until there is anything to take where a household may stay behind.
 */
export async function dueClaims(sql: Reader, villageId: number, today: string, limit: number): Promise<Claim[]> {
  const canBeTaken = (claim: Part) => sql`(
    ${claim}.amount_centipoints > 0
    or account.balance_centipoints + ${claim}.amount_centipoints >= 0
    or account.balance_centipoints + ${unsettledMost(sql, villageId)} > 0
  )`;
  return selectClaims(
    sql,
    villageId,
    sql`
      and claim.state = 'posted'
      and claim.clears_on <= ${today}
      and account.status = 'active'
      and ${canBeTaken(sql`claim`)}
      and not exists (
        select
          from claim as earlier
         where earlier.village_id = claim.village_id
           and earlier.account_id = claim.account_id
           and earlier.state = 'posted'
           and earlier.clears_on <= ${today}
           and ${canBeTaken(sql`earlier`)}
           and earlier.submitted_seq < claim.submitted_seq
      )`,
    sql`claim.submitted_seq limit ${limit}`,
  );
}

/** What can go onto the next sheet. */
export async function readyClaims(sql: Reader, villageId: number, limit: number): Promise<Claim[]> {
  return selectClaims(
    sql,
    villageId,
    sql`and claim.state = 'committee_passed'`,
    sql`villager_group.position, household.pinyin, claim.submitted_seq limit ${limit}`,
  );
}

/** The lines of a sheet, in the order in which it was posted. */
export async function sheetClaims(sql: Reader, villageId: number, sheet: number): Promise<Claim[]> {
  return selectClaims(
    sql,
    villageId,
    sql`and claim.sheet = ${sheet}`,
    sql`villager_group.position, household.pinyin, claim.submitted_seq`,
  );
}

/** What hangs on the board and may still be doubted, the latest sheet first. */
export async function objectableClaims(sql: Reader, villageId: number, today: string): Promise<Claim[]> {
  return selectClaims(
    sql,
    villageId,
    sql`and claim.state in ('posted', 'cleared') and claim.objectable_until >= ${today}`,
    sql`claim.sheet desc, villager_group.position, household.pinyin limit 500`,
  );
}

type Part = PendingQuery<Row[]>;

function selectClaims(sql: Reader, villageId: number, condition: Part, order: Part): Promise<Claim[]> {
  return sql<Claim[]>`
    select claim.claim_id as "claimId",
           claim.state,
           claim.needs,
           claim.passed_by as "passedBy",
           coalesce(passed.names, '{}') as "passedByNames",
           claim.is_by_household as "isByHousehold",
           claim.recorded_by as "recordedBy",
           recorder.display_name as "recordedByName",
           claim.rule,
           claim.version,
           coalesce(rule_version.name, claim.rule) as "ruleName",
           coalesce(rule_version.evidence, '') as evidence,
           coalesce(rule_version.approval_path like '%PUBLICITY%', false) as "needsPublicity",
           claim.occurred_on as "occurredOn",
           claim.amount_centipoints as "amountCentipoints",
           coalesce((submitted.facts ->> 'times')::integer, 1) as times,
           (submitted.facts ->> 'match')::integer as match,
           asked.note,
           coalesce(asked.photos, '{}') as photos,
           case when claim.state in ('returned', 'withdrawn') then (
             select opening ->> 2
               from disclosure
              cross join jsonb_array_elements(disclosure.openings) as opening
              where disclosure.village_id = claim.village_id
                and disclosure.seq = claim.last_seq
                and opening ->> 1 = 'reason'
              limit 1
           ) end as reason,
           claim.account_id as "accountId",
           account.pseudonym,
           household.household_id as "householdId",
           card.number,
           household.head_name as "headName",
           villager_group.name as "groupName",
           claim.member,
           (
             select name
               from household_member
              where household_member.village_id = claim.village_id
                and household_member.pseudonym = claim.member
           ) as "memberName",
           account.status,
           account.balance_centipoints as "balanceCentipoints",
           account.last_n as "lastN",
           case when pending.account_id is not null then jsonb_build_object(
             'accountId', pending.account_id,
             'pseudonym', pending.pseudonym
           ) end as pending,
           claim.reminder_seq as "reminderSeq",
           claim.submitted_seq as "submittedSeq",
           submitted.recorded_at as "submittedAt",
           claim.last_seq as "lastSeq",
           claim.pending_seq as "pendingSeq",
           pended.occurred_on as "pendingOn",
           ${rateThen(sql, sql`pended`)} is not null as "isConverted",
           claim.award_seq as "awardSeq",
           claim.sheet,
           claim.posted_on as "postedOn",
           claim.clears_on as "clearsOn",
           claim.objectable_until as "objectableUntil"
      from claim
      join account
        on account.village_id = claim.village_id
       and account.account_id = claim.account_id
           ${householdOfAccount(sql)}
      join act as submitted
        on submitted.village_id = claim.village_id
       and submitted.seq = claim.submitted_seq
      left join account as pending
        on pending.village_id = claim.village_id
       and pending.holder_id = account.holder_id
       and pending.kind = 'pending'
      left join act as pended
        on pended.village_id = claim.village_id
       and pended.seq = claim.pending_seq
      left join person as recorder
        on recorder.person_id = claim.recorded_by
      left join rule_version
        on rule_version.village_id = claim.village_id
       and rule_version.code = claim.rule
       and rule_version.version = claim.version
      left join lateral (
        select array_agg(person.display_name order by step) as names
          from unnest(claim.passed_by) with ordinality as agreed(person_id, step)
          join person
            on person.person_id = agreed.person_id
      ) as passed on true
      left join lateral (
        -- Amended, it was submitted more than once: the latest words count.
        select (
                 select opening ->> 2
                   from jsonb_array_elements(disclosure.openings) as opening
                  where opening ->> 1 = 'note'
               ) as note,
               array(
                 select photo ->> 'photo'
                   from jsonb_array_elements(act.facts -> 'photos') as photo
               ) as photos
          from act
          left join disclosure
            on disclosure.village_id = act.village_id
           and disclosure.seq = act.seq
         where act.village_id = claim.village_id
           and act.facts ->> 'claim' = claim.claim_id
           and act.facts ? 'claim'
           and act.type = 'claim.submit'
         order by act.seq desc
         limit 1
      ) as asked on true
     where claim.village_id = ${villageId}
           ${condition}
     order by ${order}`;
}
