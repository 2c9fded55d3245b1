import { logSize } from '../auditlog/index.ts';
import { type ActDraft, type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import type { Db } from '../platform/database/db.ts';
import { openProblem, type Problem, photoFacts, problems } from '../problems/index.ts';
import { villageSettings } from '../settings/index.ts';
import { itemsOf } from './checklists.ts';
import {
  type InspectionRefusal,
  type InspectionRequest,
  type Judgement,
  judge,
  refuseInspection,
} from './decide-inspection.ts';
import { type Visited, visits } from './visits.ts';

export interface InspectionInput extends InspectionRequest {
  villageId: number;
  /** Of a visit to one household. */
  photos?: readonly StoredPhoto[] | undefined;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/**
 * 检查结果: what the assessors marked in one or more households, as acts of the public record. A household that fails gets a day for the
 * re-visit and, in the same posting, its line in the problem ledger; one that passes again has that line reported as fixed.
 */
export async function recordInspection(
  db: Db,
  { villageId, occurredOn, revisit, lines, photos = [], idempotencyKey, recordedBy, today }: InspectionInput,
): Promise<PostedOperation | InspectionRefusal | CarryOutRefusal> {
  const named = photos.map(({ publicId }) => publicId);
  const marked = lines.map(({ card, marks }) => ({ card, marks: marks.map((row) => [...row]) }));
  const request = {
    villageId,
    kind: 'inspection',
    idempotencyKey,
    request: { occurredOn, revisit, lines: marked, photos: named },
    recordedBy,
  } as const;
  return carryOut<InspectionRefusal>(db, request, async () => {
    const expectedSize = await logSize(db.sql, villageId);
    const [settings, all, known] = await Promise.all([
      villageSettings(db.sql, villageId),
      visits(db.sql, villageId),
      problems(db.sql, villageId),
    ]);
    const checklist = settings.inspectionChecklist;
    const byCard = new Map(all.map((visited) => [visited.card.number, visited]));
    const refusal = refuseInspection(
      { occurredOn, revisit, lines },
      {
        today,
        items: itemsOf(checklist).length,
        households: new Map(
          all.map(({ card, state, plan }) => [
            card.number,
            {
              number: card.number,
              isClosed: card.status === 'closed',
              state,
              plan: plan && { assessors: plan.count, plannedOn: plan.plannedOn },
            },
          ]),
        ),
      },
    );
    if (refusal) return refusal;
    const terms = { passMarks: settings.inspectionPassMarks, noZero: settings.inspectionNoZero };
    return {
      occurredOn,
      acts: marked.flatMap(({ card, marks }) => {
        const visited = byCard.get(card);
        if (!visited?.plan) throw new Error(`card ${card} has no planned visit`);
        const judgement = judge(marks, terms);
        const facts = {
          acct: visited.card.pseudonym,
          plan: visited.plan.seq,
          checklist,
          marks,
          ...judgement,
          pass: terms.passMarks,
          noZero: terms.noZero,
          ...(!judgement.passed && { revisit }),
          ...photoFacts(photos),
        };
        const result: ActDraft = {
          type: 'inspection.result',
          facts,
          disclosed: {
            card,
            household: visited.card.headName,
            assessors: visited.plan.assessors.join('\n'),
          },
        };
        return [result, ...problemActs(visited, judgement, checklist, known)];
      }),
      expectedSize,
      isCorrection: true,
    };
  });
}

/** What a visit means for the problem ledger: at most one open line about each household's home. */
function problemActs(
  { card }: Visited,
  { median, total, passed }: Judgement,
  checklist: string,
  known: readonly Problem[],
): ActDraft[] {
  const open = known.find(
    ({ origin, pseudonym, state }) => origin === 'inspection' && pseudonym === card.pseudonym && state !== 'closed',
  );
  if (passed) {
    if (open?.state !== 'assigned') return [];
    return [{ type: 'problem.fix', facts: { problem: open.seq }, disclosed: { note: `复查通过，${total} 分` } }];
  }
  if (open) return [];
  const lacking = itemsOf(checklist).filter((_, item) => (median[item] ?? 0) < 2);
  const marks = lacking.map((item) => `${item} ${median[itemsOf(checklist).indexOf(item)] ?? 0} 分`).join('、');
  const what = `上门检查没有通过，共 ${total} 分：${marks}`;
  return [openProblem({ origin: 'inspection', what, pseudonym: card.pseudonym })];
}
