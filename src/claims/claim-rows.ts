import type { PostingAnswer, WriteOperation } from '../ledger/index.ts';
import type { Claim } from './claims.ts';
import type { ClaimState, ClaimStep } from './decide-claim.ts';

/** What changes beside the acts: see change_claims.sql. An act is named by its place in the operation, from 1. */
export interface ClaimRows {
  accounts?: readonly CountedAccount[];
  /** Whom the acts name, by the drawn name: stale when somebody does not live in the household of the account any more. */
  members?: readonly { member: string; account: number }[];
  added?: readonly AddedClaim[];
  changed?: readonly ChangedClaim[];
  objections?: readonly { objection: string; claim: string; filedOn: string; answerBy: string; act: number }[];
  answers?: readonly { objection: string; outcome: 'upheld' | 'dismissed'; act: number }[];
  kin?: readonly { person: number; household: number; relation: 'own' | 'relative' }[];
  /** Of whom these are all. */
  kinOf?: number;
}

/** An account whose claims were counted, with the number of the last act about any of them. */
export interface CountedAccount {
  account: number;
  newest: number | null;
}

export interface AddedClaim {
  claim: string;
  account: number;
  rule: string;
  version: number;
  occurredOn: string;
  amount: number;
  needs: readonly ClaimStep[];
  passedBy: readonly number[];
  state: ClaimState;
  isByHousehold: boolean;
  recordedBy: number | null;
  /** Whom of the household it is about, by the drawn name. */
  member?: string | undefined;
  /** Of a deduction: the act that reminded the household before. */
  reminder?: number | undefined;
  act: number;
}

export interface ChangedClaim {
  claim: string;
  /** As it was when this was decided. */
  lastSeq: number;
  state: ClaimState;
  passedBy: readonly number[];
  act: number;
  pendingAct?: number;
  awardAct?: number;
  sheet?: number;
  postedOn?: string;
  clearsOn?: string;
  objectableUntil?: string;
}

export function changeOf({ claimId, lastSeq, passedBy }: Claim, state: ClaimState, act: number): ChangedClaim {
  return { claim: claimId, lastSeq, state, passedBy, act };
}

/** Claims and acts stand together or not at all. */
export function writeClaims(rows: ClaimRows): WriteOperation {
  const parameter = JSON.stringify({
    accounts: [],
    added: [],
    changed: [],
    objections: [],
    answers: [],
    ...rows,
  });
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select change_claims(${villageId}, ${operation}::text::jsonb, ${parameter}::text::jsonb) as answer`;
}
