/**
 * 导入的进度, whichever process does the work. A run is
 * - running until what it does can no longer be taken back; whoever started it may cancel it so long, and nothing has changed;
 * - recording while that is written for good: one transaction, of which the page sees nothing in between;
 * - done, or refused or cancelled, when nothing has changed; or failed, when nobody can say so without looking.
 * A press under the same key begins again where nothing came of the last one, and finds the run where something did.
 */
import type { Reader } from '../platform/database/db.ts';

export type ImportKind = 'households' | 'rules' | 'goods';

type ImportState = 'running' | 'recording' | 'done' | 'refused' | 'cancelled' | 'failed';

export interface ImportRun {
  importId: string;
  kind: ImportKind;
  /** A run that fell silent is `broken`: its process is gone. */
  state: ImportState | 'broken';
  startedBy: number;
  rowsDone: number;
  rowsInAll: number;
  /** What was recorded in numbers, or the refusal. */
  outcome: Record<string, unknown> | null;
}

/** A run is given up when it has not said for so long how far it is. */
const SILENT_SECONDS = 20;

export async function importRun(sql: Reader, villageId: number, importId: string): Promise<ImportRun | null> {
  const [run] = await sql<ImportRun[]>`
    select ${runColumns(sql)}
      from import_run
     where village_id = ${villageId}
       and import_id = ${importId}`;
  return run ?? null;
}

/** What goes on just now, for the page on which the next file would be chosen. */
export async function runningImport(sql: Reader, villageId: number, kind: ImportKind): Promise<string | null> {
  const [run] = await sql<{ importId: string }[]>`
    select import_id as "importId"
      from import_run
     where village_id = ${villageId}
       and kind = ${kind}
       and not (${isOver(sql)})
     order by started_at desc
     limit 1`;
  return run?.importId ?? null;
}

export function isOver(sql: Reader) {
  return sql`
    import_run.state in ('done', 'refused', 'cancelled', 'failed')
      or import_run.heard_of_at < clock_timestamp() - make_interval(secs => ${SILENT_SECONDS})`;
}

function runColumns(sql: Reader) {
  return sql`
    import_id as "importId",
    kind,
    case
      when state in ('running', 'recording') and (${isOver(sql)}) then 'broken'
      else state
    end as state,
    started_by as "startedBy",
    rows_done as "rowsDone",
    rows_in_all as "rowsInAll",
    outcome`;
}

/** Nothing has changed, and nothing will; false where it is too late. */
export async function cancelImport(sql: Reader, villageId: number, importId: string): Promise<boolean> {
  const cancelled = await sql`
    update import_run
       set state = 'cancelled'
     where village_id = ${villageId}
       and import_id = ${importId}
       and state = 'running'
    returning import_id`;
  return cancelled.length > 0;
}
