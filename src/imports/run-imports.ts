import type { Db, Reader } from '../platform/database/db.ts';
import { newPublicId } from '../platform/ids.ts';
import { type ImportKind, isOver } from './import-run.ts';

export interface ImportToRun {
  villageId: number;
  kind: ImportKind;
  /** Drawn with the preview. */
  importKey: string;
  startedBy: number;
  rowsInAll: number;
}

/** What the work says of itself. */
export interface ImportSteps {
  /** So many rows are dealt with; throws where it was cancelled meanwhile, and the work must leave nothing behind. */
  reach: (rowsDone: number) => void;
  /** From here on it cannot be cancelled; throws where it was. Said in a transaction, it counts when that does. */
  close: (sql: Reader) => Promise<void>;
}

/** Does the rows, and answers what was recorded in numbers, or a refusal; either all of it stays or nothing. */
export type ImportWork = (steps: ImportSteps) => Promise<Record<string, unknown>>;

export interface Imports {
  /** Answers under which name the run stands, at the latest after a moment: small ones are done by then. */
  start: (run: ImportToRun, work: ImportWork) => Promise<string>;
  /** Ends what can be ended, and waits for the rest. */
  stop: () => Promise<void>;
}

/** So often a run says how far it is. */
const HEARTBEAT_MS = 500;
const MOMENT_MS = 700;

class Cancelled extends Error {}

export function openImports(
  { sql }: Pick<Db, 'sql'>,
  report: (facts: Record<string, unknown>, line: string) => void,
): Imports {
  const working = new Set<Promise<void>>();
  let isStopped = false;

  async function start(run: ImportToRun, work: ImportWork): Promise<string> {
    const { importId, attempt } = await claimRun(sql, run);
    if (attempt === null) return importId;
    const done = carryOutRun({ ...run, importId, attempt }, work).finally(() => working.delete(done));
    working.add(done);
    await moment(done);
    return importId;
  }

  async function carryOutRun(run: ImportToRun & { importId: string; attempt: number }, work: ImportWork) {
    const { villageId, importId, attempt, rowsInAll } = run;
    const mine = sql`village_id = ${villageId} and import_id = ${importId} and attempt = ${attempt}`;
    let rowsDone = 0;
    let isCancelled = false;
    const tell = async () => {
      const told = await sql`
        update import_run
           set heard_of_at = clock_timestamp(),
               rows_done = ${Math.min(rowsDone, rowsInAll)}
         where ${mine}
           and state in ('running', 'recording')
        returning import_id`;
      isCancelled ||= told.length === 0;
    };
    let isTelling = false;
    // One at a time; at the very end it waits for the row that the work itself holds.
    const heart = setInterval(() => {
      if (isTelling) return;
      isTelling = true;
      tell()
        .catch(() => {})
        .finally(() => {
          isTelling = false;
        });
    }, HEARTBEAT_MS);
    const steps: ImportSteps = {
      reach: (rows) => {
        rowsDone = rows;
        if (isCancelled || isStopped) throw new Cancelled();
      },
      close: async (sqlOrTx) => {
        const closed = await sqlOrTx`
          update import_run
             set state = 'recording',
                 heard_of_at = clock_timestamp()
           where ${mine}
             and state = 'running'
          returning import_id`;
        if (closed.length === 0) throw new Cancelled();
      },
    };
    try {
      const outcome = await work(steps);
      await end('refused' in outcome ? 'refused' : 'done', outcome);
    } catch (error) {
      if (!(error instanceof Cancelled)) {
        const { name, code } = error as { name?: unknown; code?: unknown };
        report({ name, code, kind: run.kind }, 'an import broke off');
      }
      await end('failed', null).catch(() => {});
    } finally {
      clearInterval(heart);
    }

    async function end(state: 'done' | 'refused' | 'failed', outcome: Record<string, unknown> | null): Promise<void> {
      await sql`
        update import_run
           set state = ${state},
               heard_of_at = clock_timestamp(),
               rows_done = case when ${state} = 'done' then rows_in_all else rows_done end,
               outcome = ${outcome === null ? null : sql.json(outcome as never)}
         where ${mine}
           and state <> 'cancelled'`;
    }
  }

  return {
    start,
    stop: async () => {
      isStopped = true;
      await Promise.allSettled(working);
    },
  };
}

/** The run of this key; `attempt` is null where one is alive or has done it. */
async function claimRun(sql: Reader, run: ImportToRun): Promise<{ importId: string; attempt: number | null }> {
  const { villageId, kind, importKey, startedBy, rowsInAll } = run;
  const [claimed] = await sql<{ importId: string; attempt: number }[]>`
    insert into import_run (village_id, import_id, kind, import_key, started_by, rows_in_all)
    values (${villageId}, ${newPublicId()}, ${kind}, ${importKey}, ${startedBy}, ${rowsInAll})
        on conflict on constraint import_run_key_unique do update
       set state = 'running',
           attempt = import_run.attempt + 1,
           started_by = excluded.started_by,
           started_at = clock_timestamp(),
           heard_of_at = clock_timestamp(),
           rows_done = 0,
           rows_in_all = excluded.rows_in_all,
           outcome = null
     where import_run.state <> 'done'
       and (${isOver(sql)})
    returning import_id as "importId",
              attempt`;
  if (claimed) return claimed;
  const [known] = await sql<{ importId: string }[]>`
    select import_id as "importId"
      from import_run
     where village_id = ${villageId}
       and kind = ${kind}
       and import_key = ${importKey}`;
  if (!known) throw new Error('a run that was not begun anew is there');
  return { ...known, attempt: null };
}

async function moment(done: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, MOMENT_MS);
  });
  await Promise.race([done, over]);
  clearTimeout(timer);
}
