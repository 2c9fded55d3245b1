import { cardsByNumber } from '../cards/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { writeClaims } from './claim-rows.ts';

export interface KinInput {
  villageId: number;
  personId: number;
  /** Card number; null for whoever has no household here. */
  own: string | null;
  /** Card numbers of relatives within three degrees. */
  relatives: readonly string[];
  idempotencyKey: string;
  today: string;
}

export type KinRefusal = { refused: 'unknown_card'; number: string };

/** 亲属申报: replaces what the person declared before. That something was declared is public, what it was only as a salted digest. */
export async function declareKin(
  db: Db,
  { villageId, personId, own, relatives, idempotencyKey, today }: KinInput,
): Promise<PostedOperation | KinRefusal | CarryOutRefusal> {
  const wanted = new Map<string, 'own' | 'relative'>(relatives.map((number) => [number, 'relative']));
  if (own !== null) wanted.set(own, 'own');
  const numbers = [...wanted.keys()].sort();
  const request = { own, relatives: [...relatives].sort(), person: personId };
  return carryOut<KinRefusal>(
    db,
    { villageId, kind: 'kin', idempotencyKey, request, recordedBy: personId },
    async () => {
      const cards = await cardsByNumber(db.sql, villageId, numbers);
      const known = new Map(cards.map(({ number, householdId }) => [number, householdId]));
      const missing = numbers.find((number) => !known.has(number));
      if (missing !== undefined) return { refused: 'unknown_card', number: missing };
      const kin = numbers.map((number) => ({
        person: personId,
        household: known.get(number) ?? 0,
        relation: wanted.get(number) ?? ('relative' as const),
      }));
      const declared = numbers.map((number) => `${wanted.get(number)} ${number}`).join(', ');
      return {
        occurredOn: today,
        acts: [{ type: 'kin.declare', facts: {}, disclosed: { declared: declared || 'none' } }],
        // It is about no day of any record.
        isCorrection: true,
        write: writeClaims({ kin, kinOf: personId }),
      };
    },
  );
}
