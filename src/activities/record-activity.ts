import { logSize } from '../auditlog/index.ts';
import { cardsByNumber } from '../cards/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import type { Db } from '../platform/database/db.ts';
import { photoFacts } from '../problems/index.ts';
import { ruleOn } from '../rules/index.ts';
import type { ActivityKind } from './activity-kinds.ts';
import { type RecordingRefusal, type RecordingRequest, refuseRecording } from './decide-activity.ts';
import { whoCame } from './who-came.ts';

export interface RecordingInput extends RecordingRequest {
  villageId: number;
  kind: ActivityKind;
  name: string;
  place: string;
  photos?: readonly StoredPhoto[] | undefined;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/**
 * 记一次活动: what it was, when, and how many households came are public; its name, its place and the list are salted digests. The
 * list names accounts by their pseudonyms alone, so that a household that is erased is gone from it too; whoever came by name
 * has an act of the household for it.
 */
export async function recordActivity(
  db: Db,
  { villageId, kind, name, place, photos = [], idempotencyKey, recordedBy, today, ...recording }: RecordingInput,
): Promise<PostedOperation | RecordingRefusal | CarryOutRefusal> {
  const { occurredOn, members, rule } = recording;
  const numbers = [...new Set(recording.cards)];
  const named = photos.map(({ publicId }) => publicId);
  const written = { kind, name, place, occurredOn, rule, cards: numbers, members: Object.fromEntries(members) };
  const request = { ...written, photos: named };
  return carryOut<RecordingRefusal>(
    db,
    { villageId, kind: 'activity', idempotencyKey, request, recordedBy },
    async () => {
      const expectedSize = await logSize(db.sql, villageId);
      const [cards, known] = await Promise.all([
        cardsByNumber(db.sql, villageId, numbers),
        rule === null ? null : ruleOn(db.sql, villageId, rule, occurredOn),
      ]);
      const { strangers } =
        known?.capPer === 'person' ? await whoCame(db.sql, villageId, cards, members) : { strangers: [] };
      const refusal = refuseRecording(
        { occurredOn, cards: numbers, members, rule },
        {
          today,
          cards: new Map(cards.map(({ number, status }) => [number, { isClosed: status === 'closed' }])),
          givesPoints: known !== null && known.pointsCentipoints > 0,
          strangers,
        },
      );
      if (refusal) return refusal;
      const came = cards.toSorted((one, other) => one.number.localeCompare(other.number));
      return {
        occurredOn,
        acts: [
          {
            type: 'activity',
            facts: { kind, attended: came.length, ...(rule !== null && { rule }), ...photoFacts(photos) },
            disclosed: { name, place, list: came.map(({ pseudonym }) => pseudonym).join('\n') },
          },
          ...came.flatMap(({ number, headName, accountId, pseudonym }) =>
            members.has(number)
              ? [
                  {
                    type: 'activity.member' as const,
                    facts: { activity: expectedSize },
                    disclosed: { card: number, household: headName, members: members.get(number) },
                    account: { accountId, pseudonym },
                  },
                ]
              : [],
          ),
        ],
        expectedSize,
        // No record of a month speaks of it.
        isCorrection: true,
      };
    },
  );
}
