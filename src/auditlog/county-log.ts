/**
 * The log of a county: its leaves are the signed checkpoints of the county's villages. Whoever rewrites a village's past and
 * signs it anew stands there with two stories under one name.
 */
import { hash } from 'node:crypto';
import { villageDay } from '../platform/clock.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { newPublicId } from '../platform/ids.ts';
import { decideRecording } from './decide-recording.ts';
import { leafPieces } from './leaf.ts';
import type { SignedCheckpoint } from './sign-checkpoint.ts';

/** A county's log takes in what has grown at most so often. */
const RECORDING_PAUSE_MS = 3_600_000;

export interface RecordedCheckpoint {
  code: string;
  seq: number;
  origin: string;
  size: number;
  recordedAt: Date;
}

export interface VillageCheckpoint {
  code: string;
  signed: SignedCheckpoint;
}

/** What the county's log holds last of each of these villages; villages of which it holds nothing are left out. */
export function recordedCheckpoints(
  sql: Reader,
  countyId: number,
  codes: readonly string[],
): Promise<RecordedCheckpoint[]> {
  return sql<RecordedCheckpoint[]>`
    select wanted.code,
           last.seq,
           split_part(last.facts ->> 'checkpoint', chr(10), 1) as origin,
           split_part(last.facts ->> 'checkpoint', chr(10), 2)::bigint as size,
           last.recorded_at as "recordedAt"
      from unnest(${[...codes]}::text[]) as wanted(code)
     cross join lateral (
        select seq, facts, recorded_at
          from act
         where village_id = ${countyId}
           and facts ->> 'village' = wanted.code
         order by seq desc
         limit 1
      ) as last
     order by wanted.code`;
}

/** Enters the checkpoints that are due. Answers how many; none also when another server has just done it. */
export async function recordCheckpoints(
  { sql }: Db,
  countyId: number,
  villages: readonly VillageCheckpoint[],
  { now = new Date(), pauseMs = RECORDING_PAUSE_MS }: { now?: Date; pauseMs?: number } = {},
): Promise<number> {
  const [head] = await sql<{ size: number; lastRecordedAt: Date | null }[]>`
    select size,
           (select recorded_at
              from act
             where village_id = ${countyId}
               and seq = size - 1) as "lastRecordedAt"
      from log_head
     where village_id = ${countyId}`;
  const recorded = await recordedCheckpoints(
    sql,
    countyId,
    villages.map(({ code }) => code),
  );
  const due = decideRecording(
    villages.map(({ code, signed }) => ({
      code,
      size: signed.checkpoint.size,
      // A log that goes on for a closed one is another log.
      recordedSize:
        recorded.find((known) => known.code === code && known.origin === signed.checkpoint.origin)?.size ?? null,
    })),
    { lastRecordedMs: head?.lastRecordedAt?.getTime() ?? null, nowMs: now.getTime(), pauseMs },
  );
  if (due.length === 0) return 0;
  const chosen = villages.filter(({ code }) => due.includes(code));
  const operation = draftOperation(chosen, head?.size ?? 0, villageDay(now));
  const [done] = await sql<{ first: number | null }[]>`
    select record_checkpoints(${countyId}, ${JSON.stringify(operation)}::text::jsonb) as first`;
  return done?.first === null ? 0 : chosen.length;
}

/** Nobody did this but the server itself. */
const SERVER = 0;

function draftOperation(villages: readonly VillageCheckpoint[], expectedSize: number, day: string) {
  const acts = villages.map(({ code, signed }) => {
    const id = newPublicId();
    const type = 'log.checkpoint';
    const facts = { checkpoint: signed.ownNote, vkey: signed.vkey, village: code };
    const pieces = leafPieces({ v: 1, id, type, occurred: day, commit: [], ...facts }, false);
    return { id, type, facts, ...pieces };
  });
  return {
    operationId: newPublicId(),
    kind: 'log.checkpoint',
    idempotencyKey: `checkpoints from ${expectedSize}`,
    requestHash: hash('sha256', JSON.stringify(acts)),
    recordedBy: SERVER,
    occurredOn: day,
    expectedSize,
    acts,
  };
}
