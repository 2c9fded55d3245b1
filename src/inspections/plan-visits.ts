import { logSize } from '../auditlog/index.ts';
import { cardsByNumber } from '../cards/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { drawLots } from '../platform/draw-lots.ts';
import { drawBytes } from '../platform/ids.ts';
import { villageSettings } from '../settings/index.ts';
import { decideVisits, type VisitsRefusal, type VisitsRequest } from './decide-visits.ts';
import { kinNames } from './visits.ts';

export interface VisitsInput extends VisitsRequest {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/**
 * 安排上门: who goes to which households and by when. A draw's seed stands in the public record and the names that it drew from beside
 * it as salted digests, so that whoever may read the village can repeat it.
 */
export async function planVisits(
  db: Db,
  { villageId, due, cards, people, isDrawn, idempotencyKey, recordedBy, today }: VisitsInput,
): Promise<PostedOperation | VisitsRefusal | CarryOutRefusal> {
  const request = {
    villageId,
    kind: 'visit',
    idempotencyKey,
    request: { due, cards: [...cards], people: [...people], isDrawn },
    recordedBy,
  } as const;
  const seed = drawBytes(16).toString('hex');
  return carryOut<VisitsRefusal>(db, request, async () => {
    const expectedSize = await logSize(db.sql, villageId);
    const [settings, households, kin] = await Promise.all([
      villageSettings(db.sql, villageId),
      cardsByNumber(db.sql, villageId, [...cards]),
      kinNames(db.sql, villageId, today),
    ]);
    const decided = decideVisits(
      { due, cards, people, isDrawn },
      {
        today,
        assessors: settings.inspectionAssessors,
        households: new Map(
          households.map(({ number, pseudonym, headName, status, householdId }) => [
            number,
            { pseudonym, headName, isClosed: status === 'closed', kin: kin.get(householdId) ?? new Set<string>() },
          ]),
        ),
        draw: (pseudonym, names, count) => drawLots(`${seed}:${pseudonym}`, names, count),
      },
    );
    if ('refused' in decided) return decided;
    return {
      occurredOn: today,
      acts: decided.visits.map(({ pseudonym, headName, number, assessors }) => ({
        type: 'inspection.plan' as const,
        facts: { acct: pseudonym, due, assessors: assessors.length, ...(isDrawn && { seed }) },
        disclosed: {
          card: number,
          household: headName,
          assessors: assessors.join('\n'),
          candidates: isDrawn ? [...people].join('\n') : undefined,
        },
      })),
      expectedSize,
      isCorrection: true,
    };
  });
}
