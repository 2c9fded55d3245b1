/**
 * 核对账本, asked for on a page: one run at a time in a village, whichever process it lives in, and what the last one found. Its
 * state is a row, so a page may be reloaded, and a run that dies is known by its silence.
 */
import type { BadRow } from '../auditlog/index.ts';
import { guardedHeads } from '../auditlog/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { newPublicId } from '../platform/ids.ts';
import { verifyVillage } from './verify-village.ts';

export interface VillageCheck {
  run: { startedAt: Date; by: string; rowsDone: number; rowsInAll: number; isAlive: boolean } | null;
  last: { finishedAt: Date; by: string; acts: number; entries: number; moves: number; findings: BadRow[] } | null;
}

/** A run says this often how far it is, and is given up when it has not for so long. */
const HEARTBEAT_MS = 500;
const SILENT_SECONDS = 20;

interface CheckRow {
  runId: string | null;
  runStartedAt: Date;
  runBy: string;
  isAlive: boolean;
  rowsDone: number;
  rowsInAll: number;
  finishedAt: Date | null;
  finishedBy: string;
  acts: number;
  entries: number;
  moves: number;
  findings: BadRow[];
}

export async function villageCheck(sql: Reader, villageId: number): Promise<VillageCheck> {
  const [row] = await sql<CheckRow[]>`
    select run_id as "runId",
           run_started_at as "runStartedAt",
           runner.display_name as "runBy",
           run_heard_of_at > clock_timestamp() - make_interval(secs => ${SILENT_SECONDS}) as "isAlive",
           rows_done as "rowsDone",
           rows_in_all as "rowsInAll",
           finished_at as "finishedAt",
           finisher.display_name as "finishedBy",
           acts,
           entries,
           moves,
           findings
      from village_check
      left join person as runner
        on runner.person_id = run_by
      left join person as finisher
        on finisher.person_id = finished_by
     where village_id = ${villageId}`;
  if (!row) return { run: null, last: null };
  const { runId, runStartedAt, runBy, isAlive, rowsDone, rowsInAll, finishedAt, finishedBy, ...found } = row;
  return {
    run: runId === null ? null : { startedAt: runStartedAt, by: runBy, rowsDone, rowsInAll, isAlive },
    last: finishedAt === null ? null : { finishedAt, by: finishedBy, ...found },
  };
}

export interface CheckToRun {
  village: { villageId: number; code: string };
  startedBy: number;
  dataDir: string;
  /** Ends the run early, when its process does. */
  signal: AbortSignal;
}

/** Begins a run unless one is alive; answers the rest of it, which nobody has to wait for. */
export async function startVillageCheck(db: Db, check: CheckToRun): Promise<{ finished: Promise<void> } | null> {
  const { villageId } = check.village;
  const runId = newPublicId();
  const [claimed] = await db.sql`
    insert into village_check as known (village_id, run_id, run_by, run_started_at, run_heard_of_at, rows_done, rows_in_all)
    select ${villageId}, ${runId}, ${check.startedBy}, clock_timestamp(), clock_timestamp(), 0,
           (select size from log_head where village_id = ${villageId})
        on conflict (village_id) do update
       set run_id = excluded.run_id,
           run_by = excluded.run_by,
           run_started_at = excluded.run_started_at,
           run_heard_of_at = excluded.run_heard_of_at,
           rows_done = 0,
           rows_in_all = excluded.rows_in_all
     where known.run_id is null
        or known.run_heard_of_at < clock_timestamp() - make_interval(secs => ${SILENT_SECONDS})
    returning run_id`;
  return claimed ? { finished: runCheck(db, check, runId) } : null;
}

async function runCheck(
  { sql, background }: Db,
  { village, dataDir, signal }: CheckToRun,
  runId: string,
): Promise<void> {
  const { villageId, code } = village;
  let rowsDone = 0;
  let telling = Promise.resolve();
  const tell = () => {
    telling = telling.then(() => sayHowFar(sql, villageId, runId, rowsDone)).catch(() => {});
  };
  const heart = setInterval(tell, HEARTBEAT_MS);
  try {
    const guarded = (await guardedHeads(sql, dataDir, [village])).get(code) ?? null;
    const found = await background.begin('isolation level repeatable read read only', async (tx) => {
      await tx`set local statement_timeout = '120s'`;
      return verifyVillage(tx, {
        villageId,
        guarded,
        onProgress: (rows) => {
          signal.throwIfAborted();
          rowsDone = rows;
        },
      });
    });
    clearInterval(heart);
    await telling;
    await sql`
      update village_check
         set run_id = null,
             run_heard_of_at = null,
             finished_at = clock_timestamp(),
             finished_by = run_by,
             acts = ${found.acts},
             entries = ${found.entries},
             moves = ${found.moves},
             findings = ${sql.json(found.bad.map(({ table, row, sentence }) => ({ table, row, sentence })))}
       where village_id = ${villageId}
         and run_id = ${runId}`;
  } finally {
    clearInterval(heart);
  }
}

async function sayHowFar(sql: Reader, villageId: number, runId: string, rowsDone: number): Promise<void> {
  await sql`
    update village_check
       set run_heard_of_at = clock_timestamp(),
           rows_done = ${rowsDone}
     where village_id = ${villageId}
       and run_id = ${runId}`;
}
