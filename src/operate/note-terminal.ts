import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { recordSecurityEvent, type SecurityEventKind } from '../people/index.ts';
import type { Config } from '../platform/config.ts';
import { connect, type PostgresOptions } from '../platform/database/connect.ts';
import type { Reader } from '../platform/database/db.ts';
import { useDatabase } from '../platform/process/use-database.ts';

/** Stands in the security log for the terminal, where nobody signs in. */
export const THIS_MACHINE = '127.0.0.1';

export interface TerminalAct {
  kind: Extract<SecurityEventKind, `terminal.${string}`>;
  /** Whom it is about. */
  subjectId?: number | undefined;
  regionId?: number | undefined;
  details?: Record<string, string | number> | undefined;
}

/** What was done at the terminal stands in the security log too: whoever reads it sees that the machine's owner acted. */
export async function noteTerminal(
  sql: Reader,
  { kind, subjectId, regionId, details = {} }: TerminalAct,
): Promise<void> {
  await recordSecurityEvent(sql, {
    kind,
    personId: null,
    subjectId: subjectId ?? null,
    regionId: regionId ?? null,
    address: THIS_MACHINE,
    details,
  });
}

/** For a command that needs no database itself. Before the first start there is nobody who could read it. */
export async function noteAtTerminal(config: Config, act: TerminalAct): Promise<void> {
  if (config.databaseUrl === undefined && !existsSync(join(config.dataDir, 'postgres'))) return;
  await orSay(useDatabase(config, 'app', (database) => noteIn(database, act)));
}

/** For a command that is done with its work in this database. */
export async function noteAfterwards(database: PostgresOptions, act: TerminalAct): Promise<void> {
  await orSay(noteIn(database, act));
}

async function noteIn(database: PostgresOptions, act: TerminalAct): Promise<void> {
  const sql = connect(database, { max: 1, applicationName: 'love-supermarket note' });
  try {
    await noteTerminal(sql, act);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** What is done is done: a note that cannot be made undoes nothing, and the operator is told. */
async function orSay(noted: Promise<void>): Promise<void> {
  try {
    await noted;
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown';
    console.error(`! The security log could not be told (${reason}). · 没能记入安全日志（${reason}）。`);
  }
}
