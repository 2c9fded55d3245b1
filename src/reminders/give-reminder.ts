import { logSize } from '../auditlog/index.ts';
import { cardByNumber } from '../cards/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { readAlone } from '../platform/database/read-at-once.ts';
import { isSafetyRule, ruleOn } from '../rules/index.ts';
import { villageSettings } from '../settings/index.ts';
import { decideGiving, type GivingRefusal } from './decide-reminder.ts';
import { standingRead } from './reminders.ts';

export interface ReminderInput {
  villageId: number;
  /** The household's card number. */
  number: string;
  rule: string;
  /** What is to be put right; only its salted digest stands in the public record. */
  note: string;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** 发提醒单: one household, one rule, and the day from which points may be taken. Everybody reads that it was given, nobody to whom. */
export async function giveReminder(
  db: Db,
  { villageId, number, rule, note, idempotencyKey, recordedBy, today }: ReminderInput,
): Promise<PostedOperation | GivingRefusal | CarryOutRefusal> {
  const { sql } = db;
  const request = { number, rule, note };
  return carryOut<GivingRefusal>(db, { villageId, kind: 'reminder', idempotencyKey, request, recordedBy }, async () => {
    const expectedSize = await logSize(sql, villageId);
    const [card, version, terms, standing] = await Promise.all([
      cardByNumber(sql, villageId, number),
      ruleOn(sql, villageId, rule, today),
      villageSettings(sql, villageId),
      readAlone(standingRead(sql, { villageId, rule })),
    ]);
    const decided = decideGiving(
      { number, rule },
      {
        today,
        terms,
        card,
        rule: version && { ...version, isSafety: isSafetyRule(version) },
        standing: standing.get(card?.pseudonym ?? '') ?? null,
      },
    );
    if ('refused' in decided) return decided;
    if (!card || !version) throw new Error('what is decided has a card and a rule');
    return {
      occurredOn: today,
      acts: [
        {
          type: 'reminder.give',
          facts: { rule, version: version.version, due: decided.due },
          disclosed: { card: number, household: card.headName, note },
          account: { accountId: card.accountId, pseudonym: card.pseudonym },
        },
      ],
      // It moves nothing and is about no day of any record.
      isCorrection: true,
      expectedSize,
    };
  });
}
