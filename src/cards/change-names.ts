import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import { eventIn } from '../people/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import type { NameLevel } from './mask-name.ts';
import { nameSetting } from './name-level.ts';

export interface NamesChangeInput {
  villageId: number;
  level: NameLevel;
  /** Who decided it and when; only its salted digest stands in the public record. */
  reason: string;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** In order of precedence. */
export type NamesChangeRefusal =
  | { refused: 'names_above_limit'; most: NameLevel }
  | { refused: 'names_unchanged'; level: NameLevel };

/**
 * 公示姓名: what the village's meeting decided about names on public pages, as an act of the public record, because everybody may
 * know since when their neighbours' names are shown. Records that are published keep the names that they were published with.
 */
export async function changeNames(
  db: Db,
  { villageId, level, reason, idempotencyKey, recordedBy, today }: NamesChangeInput,
): Promise<PostedOperation | NamesChangeRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'names', idempotencyKey, request: { level, reason }, recordedBy } as const;
  return carryOut<NamesChangeRefusal>(db, request, async () => {
    const { chosen, most } = await nameSetting(db.sql, villageId);
    if (level > most) return { refused: 'names_above_limit', most };
    if (level === chosen) return { refused: 'names_unchanged', level };
    return {
      occurredOn: today,
      acts: [{ type: 'names.change', facts: { level }, disclosed: { reason } }],
      // It is about no day of any record.
      isCorrection: true,
    };
  });
}

/** A county has no public record of its own, so what it allows is a setting in the security log. */
export async function setNameLimit(
  sql: Reader,
  { countyId, most, personId, address }: { countyId: number; most: NameLevel; personId: number; address: string },
): Promise<void> {
  const details = { names_most: most };
  await sql`
    with changed as (
      insert into name_limit (region_id, most_shown)
      values (${countyId}, ${most})
          on conflict (region_id) do update set most_shown = excluded.most_shown
      returning region_id
    )
    select ${eventIn(sql, { kind: 'setting.changed', personId, regionId: countyId, address, details })}
      from changed`;
}
