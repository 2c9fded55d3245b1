/** 预留 checked from inside: what is kept for a household goes back by itself only when its last day is over. */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';

export async function verifyReservations(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [early] = await sql<{ seq: number; until: string }[]>`
    select act.seq,
           kept.facts ->> 'until' as until
      from act
      join act as kept
        on kept.village_id = act.village_id
       and kept.seq = act.reverses_seq
       and kept.type = 'points.hold'
     where act.village_id = ${villageId}
       and act.facts ->> 'cause' = 'lapsed'
       and act.recorded_at < ((kept.facts ->> 'until')::date + 1)::timestamp at time zone 'Asia/Shanghai'
     order by act.seq
     limit 1`;
  if (!early) return null;
  return { table: 'act', row: `seq ${early.seq}`, sentence: `it gives up goods that are kept until ${early.until}` };
}
