import { type CarryOutRefusal, carryOut, type PostedOperation, villageTerms } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { changedSettings, type SettingsRefusal } from './changed-settings.ts';
import type { VillageSettings } from './registry.ts';
import { villageSettings } from './village-settings.ts';

export interface SettingsChangeInput {
  villageId: number;
  /** What is named here and is not so already becomes so. */
  wanted: Partial<VillageSettings>;
  /** Who decided it and when; only its salted digest stands in the public record. */
  reason: string;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** 村里的规定: how the village works from now on, as an act of the public record. What was recorded before stays as it was. */
export async function changeSettings(
  db: Db,
  { villageId, wanted, reason, idempotencyKey, recordedBy, today }: SettingsChangeInput,
): Promise<PostedOperation | SettingsRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'settings', idempotencyKey, request: { wanted, reason }, recordedBy } as const;
  return carryOut<SettingsRefusal>(db, request, async () => {
    const current = await villageSettings(db.sql, villageId);
    const decided = changedSettings(current, wanted);
    if ('refused' in decided) return decided;
    const { baseStays, yearEndExpiry } = decided.values;
    if (baseStays === true || yearEndExpiry === true) {
      const { earnedMonths, openingMonths } = await villageTerms(db.sql, villageId);
      const after = { ...current, ...decided.values };
      if (yearEndExpiry && (earnedMonths !== null || openingMonths !== null)) return { refused: 'months_say_how_long' };
      if (after.baseStays && (after.yearEndExpiry || openingMonths !== null)) return { refused: 'base_would_expire' };
    }
    return {
      occurredOn: today,
      acts: [{ type: 'settings.change', facts: { values: decided.values }, disclosed: { reason } }],
      // It is about no day of any record.
      isCorrection: true,
    };
  });
}
