import { logSize } from '../auditlog/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { type ClosingRefusal, decideClosing } from './decide-reminder.ts';
import { reminderBySeq } from './reminders.ts';

export interface ClosingInput {
  villageId: number;
  /** The act that gave it. */
  seq: number;
  /** How it was put right. */
  note: string;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** 销号: it was put right, so nothing is deducted for it. */
export async function closeReminder(
  db: Db,
  { villageId, seq, note, idempotencyKey, recordedBy, today }: ClosingInput,
): Promise<PostedOperation | ClosingRefusal | CarryOutRefusal> {
  const request = { reminder: seq, note };
  return carryOut<ClosingRefusal>(
    db,
    { villageId, kind: 'reminder', idempotencyKey, request, recordedBy },
    async () => {
      const expectedSize = await logSize(db.sql, villageId);
      const reminder = await reminderBySeq(db.sql, villageId, seq);
      const decided = decideClosing(reminder);
      if ('refused' in decided || !reminder) return 'refused' in decided ? decided : { refused: 'unknown_reminder' };
      const { accountId, pseudonym } = reminder;
      return {
        occurredOn: today,
        acts: [
          { type: 'reminder.close', facts: { reminder: seq }, disclosed: { note }, account: { accountId, pseudonym } },
        ],
        isCorrection: true,
        expectedSize,
      };
    },
  );
}
