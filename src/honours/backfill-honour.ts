import { cardByNumber } from '../cards/index.ts';
import { type CarryOutRefusal, carryOut, openHonorAccounts, type PostedOperation } from '../ledger/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { giftKindOf, isOutsideLimits, ruleOn } from '../rules/index.ts';
import { villageSettings } from '../settings/index.ts';
import { type BackfillBasis, type BackfillQuestion, type BackfillRefusal, decideBackfill } from './decide-backfill.ts';
import type { HonourInput } from './run-round.ts';

export interface BackfillInput extends HonourInput, BackfillQuestion {
  /** The meeting's record that says that it was done; a digest in the public record. */
  meeting: string;
}

/** 补录成荣誉: honour points for what was done long ago, on the household's honour account. No points that can be spent come of it. */
export async function backfillHonour(
  db: Db,
  { villageId, number, rule, occurredOn, times, meeting, idempotencyKey, recordedBy, today }: BackfillInput,
): Promise<PostedOperation | BackfillRefusal | CarryOutRefusal> {
  const question = { number, rule, occurredOn, times };
  const request = { backfill: question, meeting };
  return carryOut<BackfillRefusal>(db, { villageId, kind: 'honor', idempotencyKey, request, recordedBy }, async () => {
    const card = await cardByNumber(db.sql, villageId, number);
    const basis = await backfillBasis(db.sql, { villageId, rule, occurredOn, today });
    const decided = decideBackfill(question, { ...basis, card });
    if ('refused' in decided) return decided;
    if (!card || !basis.rule) throw new Error('what is decided has a card and a rule');
    const account = (await openHonorAccounts(db.sql, villageId, [card.accountId])).get(card.accountId);
    if (!account) throw new Error('who is honoured has an account for it');
    const { accountId, pseudonym } = account;
    return {
      occurredOn,
      acts: [
        {
          type: 'honor.backfill',
          facts: { rule, version: basis.rule.version, ...(times > 1 && { times }) },
          disclosed: { card: number, household: card.headName, meeting },
          entry: { accountId, pseudonym, amountCentipoints: decided.honourCentipoints },
        },
      ],
      // Long ago is a month whose record is out; honours stand in none.
      isCorrection: true,
    };
  });
}

/** The first day whose acts are still worth points; null where that is every day. */
export async function firstDayForPoints(sql: Reader, villageId: number, today: string): Promise<string | null> {
  const { backfillDays } = await villageSettings(sql, villageId);
  return backfillDays === null ? null : addDays(today, -backfillDays);
}

async function backfillBasis(
  sql: Reader,
  { villageId, rule: code, occurredOn, today }: { villageId: number; rule: string; occurredOn: string; today: string },
): Promise<Omit<BackfillBasis, 'card'>> {
  const [rule, firstDay] = await Promise.all([
    ruleOn(sql, villageId, code, occurredOn),
    firstDayForPoints(sql, villageId, today),
  ]);
  const known = rule && { ...rule, isOutsideLimits: isOutsideLimits(rule), isGift: giftKindOf(rule) !== null };
  return { today, firstDay, rule: known };
}
