import {
  type CarryOutRefusal,
  carryOut,
  isReversed,
  missingWithout,
  type PostedOperation,
  rateThen,
} from '../ledger/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { newPublicId } from '../platform/ids.ts';
import { openProblem } from '../problems/index.ts';
import { dayOfTaking, takePending } from './change-claim.ts';
import { changeOf, writeClaims } from './claim-rows.ts';
import { claimTerms } from './claim-terms.ts';
import { type Claim, claimById } from './claims.ts';
import { decideClaim } from './decide-claim.ts';
import {
  type AnswerRefusal,
  decideObjection,
  decideUpheld,
  type ObjectionRefusal,
  type StandingAward,
} from './decide-objection.ts';
import { accountOf } from './decide-passing.ts';
import { objectionsOf } from './objections.ts';

/** Stands for a household that did it from its own card, without an account of the staff. */
export const HOUSEHOLD_ITSELF = 0;

export interface ObjectionInput {
  villageId: number;
  claimId: string;
  /** Why; only its salted digest stands in the public record. */
  reason: string;
  idempotencyKey: string;
  /** Who wrote it down, or HOUSEHOLD_ITSELF. */
  recordedBy: number;
  today: string;
}

/** 提异议: stops this one line; all the others go on. */
export async function fileObjection(
  db: Db,
  { villageId, claimId, reason, idempotencyKey, recordedBy, today }: ObjectionInput,
): Promise<PostedOperation | ObjectionRefusal | CarryOutRefusal> {
  const request = { claim: claimId, reason };
  return carryOut<ObjectionRefusal>(
    db,
    { villageId, kind: 'objection', idempotencyKey, request, recordedBy },
    async () => {
      const [claim, objections, { answerDays }] = await Promise.all([
        claimById(db.sql, villageId, claimId),
        objectionsOf(db.sql, villageId, [claimId]),
        claimTerms(db.sql, villageId),
      ]);
      const isOpen = objections.some(({ outcome }) => outcome === null);
      const decided = decideObjection(claim, { today, isOpen });
      if ('refused' in decided || !claim) return 'refused' in decided ? decided : { refused: 'unknown_claim' };
      const objection = newPublicId();
      return {
        occurredOn: today,
        acts: [
          {
            type: 'objection.file',
            facts: { claim: claimId, objection },
            disclosed: { reason },
            account: accountOf(claim),
          },
        ],
        isCorrection: true,
        write: writeClaims({
          changed: [changeOf(claim, decided.state, 1)],
          objections: [{ objection, claim: claimId, filedOn: today, answerBy: addDays(today, answerDays), act: 1 }],
        }),
      };
    },
  );
}

export interface AnswerInput {
  villageId: number;
  claimId: string;
  outcome: 'upheld' | 'dismissed';
  /** Public. */
  answer: string;
  /** The villager representative who took part. */
  witness: string;
  idempotencyKey: string;
  personId: number;
  today: string;
}

/**
 * 答复异议: dismissed, the line goes on and is cleared when its days are full; upheld, its points are taken back, and how the village
 * came to agree to it is a problem in the same posting.
 */
export async function answerObjection(
  db: Db,
  { villageId, claimId, outcome, answer, witness, idempotencyKey, personId, today }: AnswerInput,
): Promise<PostedOperation | AnswerRefusal | CarryOutRefusal> {
  const request = { claim: claimId, outcome, answer, witness };
  return carryOut<AnswerRefusal>(
    db,
    { villageId, kind: 'objection', idempotencyKey, request, recordedBy: personId },
    async () => {
      const [claim, objections] = await Promise.all([
        claimById(db.sql, villageId, claimId),
        objectionsOf(db.sql, villageId, [claimId]),
      ]);
      const last = objections.at(-1);
      if (!claim || !last) return { refused: 'unknown_objection' };
      if (last.outcome !== null) return { refused: 'objection_answered' };
      const { state, needs, passedBy } = claim;
      const after = decideClaim({ state, needs, passed: passedBy.length }, outcome === 'upheld' ? 'uphold' : 'dismiss');
      if (after === null) throw new Error('an open objection is about a line that can be answered');
      const taken =
        outcome === 'upheld' ? await takeBack(db.sql, villageId, claim, answer) : { acts: [], occurredOn: null };
      if ('refused' in taken) return taken;
      return {
        occurredOn: taken.occurredOn ?? today,
        acts: [
          ...taken.acts,
          {
            type: 'objection.answer',
            facts: { claim: claimId, objection: last.objectionId, outcome },
            disclosed: { answer, witness },
            account: accountOf(claim),
          },
          ...(outcome === 'upheld' ? [openProblem({ origin: 'objection', what: answer, act: last.filedSeq })] : []),
        ],
        isCorrection: true,
        write: writeClaims({
          changed: [changeOf(claim, after, taken.acts.length + 1)],
          answers: [{ objection: last.objectionId, outcome, act: taken.acts.length + 1 }],
        }),
      };
    },
  );
}

async function takeBack(sql: Reader, villageId: number, claim: Claim, reason: string) {
  if (claim.state !== 'cleared') return { acts: takePending(claim, reason), occurredOn: dayOfTaking(claim) };
  return decideUpheld(claim, await standingAward(sql, villageId, claim.awardSeq), reason);
}

async function standingAward(sql: Reader, villageId: number, seq: number | null): Promise<StandingAward | null> {
  const [found] = await sql<(Omit<StandingAward, 'missingCentipoints'> & { accountId: number })[]>`
    select act.seq,
           act.type,
           act.occurred_on as "occurredOn",
           ${isReversed(sql)} as "isReversed",
           ${rateThen(sql)} as "rateThenFen",
           village_terms.fen_per_point as "fenPerPoint",
           entry.amount_centipoints as "amountCentipoints",
           account.account_id as "accountId",
           account.balance_centipoints as "balanceCentipoints",
           account.last_n as "lastN"
      from act
      join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      join account
        on account.village_id = entry.village_id
       and account.account_id = entry.account_id
      join village_terms
        on village_terms.village_id = act.village_id
     where act.village_id = ${villageId}
       and act.seq = ${seq}`;
  if (!found) return null;
  const missing = await missingWithout(sql, villageId, [found]);
  return { ...found, missingCentipoints: missing.get(found.seq) ?? 0 };
}
