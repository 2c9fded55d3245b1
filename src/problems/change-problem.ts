import { logSize } from '../auditlog/index.ts';
import { type ActDraft, type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import type { Db } from '../platform/database/db.ts';
import { decideStep, type ProblemRefusal, type ProblemStep } from './decide-problem.ts';
import { photoFacts } from './open-problem.ts';
import { problemOwners } from './problem-owners.ts';
import { problemBySeq } from './problems.ts';

export interface ProblemChangeInput {
  villageId: number;
  /** The number of the act that found it. */
  problem: number;
  step: ProblemStep;
  /** Of a fix. */
  photos?: readonly StoredPhoto[] | undefined;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** One step of a problem towards 销号, as an act of the public record. Who has it in hand, and what was written, are digests there. */
export async function changeProblem(
  db: Db,
  { villageId, problem: seq, step, photos = [], idempotencyKey, recordedBy, today }: ProblemChangeInput,
): Promise<PostedOperation | ProblemRefusal | CarryOutRefusal> {
  const named = photos.map(({ publicId }) => publicId);
  const request = {
    villageId,
    kind: 'problem',
    idempotencyKey,
    request: { seq, step: { ...step }, photos: named },
    recordedBy,
  } as const;
  return carryOut<ProblemRefusal>(db, request, async () => {
    // Read first: whatever is recorded after it makes the posting stale, and everything is decided again.
    const expectedSize = await logSize(db.sql, villageId);
    const [problem, owners] = await Promise.all([
      problemBySeq(db.sql, villageId, seq),
      problemOwners(db.sql, { villageId, today }),
    ]);
    const people = new Map(owners.map(({ personId, displayName }) => [personId, displayName]));
    const decided = decideStep(step, { today, personId: recordedBy, problem, staff: new Set(people.keys()) });
    if ('refused' in decided) return decided;
    return {
      occurredOn: today,
      acts: [draftOf(seq, step, people, photos)],
      expectedSize,
      // It is about no day of any record.
      isCorrection: true,
    };
  });
}

function draftOf(
  problem: number,
  step: ProblemStep,
  people: ReadonlyMap<number, string>,
  photos: readonly StoredPhoto[],
): ActDraft {
  switch (step.kind) {
    case 'assign':
      return {
        type: 'problem.assign',
        facts: { problem, due: step.due },
        disclosed: { owner: people.get(step.ownerId), ownerId: String(step.ownerId) },
      };
    case 'fix':
      return { type: 'problem.fix', facts: { problem, ...photoFacts(photos) }, disclosed: { note: step.note } };
    case 'check':
      return {
        type: 'problem.check',
        facts: { problem, outcome: step.isGood ? 'good' : 'bad' },
        disclosed: { note: step.note },
      };
    case 'close':
      return { type: 'problem.close', facts: { problem } };
    case 'defer':
      return { type: 'problem.defer', facts: { problem, review: step.review }, disclosed: { note: step.note } };
  }
}
