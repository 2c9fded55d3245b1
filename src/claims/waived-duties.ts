import type { Reader } from '../platform/database/db.ts';
import { WAIVABLE, type Waivable } from './decide-separation.ts';

export interface Waiver {
  duties: Waivable[];
  /** The last day on which it holds. */
  until: string;
  seq: number;
}

/** What the township allowed last, however long it holds; null where it never did. */
export async function lastWaiver(sql: Reader, villageId: number): Promise<Waiver | null> {
  const [found] = await sql<Waiver[]>`
    select facts -> 'duties' as duties,
           facts ->> 'until' as until,
           seq
      from act
     where village_id = ${villageId}
       and type = 'duties.waive'
     order by seq desc
     limit 1`;
  return found ?? null;
}

export interface WaiverOnRecord extends Waiver {
  recordedAt: Date;
  recordedByName: string;
}

/** Every one that was ever recorded, the newest first; each takes the place of the one before. */
export async function waivers(sql: Reader, villageId: number): Promise<WaiverOnRecord[]> {
  return sql<WaiverOnRecord[]>`
    select act.facts -> 'duties' as duties,
           act.facts ->> 'until' as until,
           act.seq,
           act.recorded_at as "recordedAt",
           person.display_name as "recordedByName"
      from act
      join person
        on person.person_id = act.recorded_by
     where act.village_id = ${villageId}
       and act.type = 'duties.waive'
     order by act.seq desc`;
}

/** The last day until which points may be given although red stops them; null where they may not. */
export async function liftedUntil(sql: Reader, villageId: number, today: string): Promise<string | null> {
  const waiver = await lastWaiver(sql, villageId);
  return waiver && waiver.until >= today && waiver.duties.includes('solvency_stop') ? waiver.until : null;
}

/** What holds on a day: nothing beside the record keeps it. */
export async function waivedDuties(sql: Reader, villageId: number, today: string): Promise<ReadonlySet<Waivable>> {
  const waiver = await lastWaiver(sql, villageId);
  if (!waiver || waiver.until < today) return new Set();
  return new Set(WAIVABLE.filter((duty) => waiver.duties.includes(duty)));
}
