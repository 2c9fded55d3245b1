/** What drizzle-kit would write for the tables as `src/<folder>/schema.ts` declares them now, without touching `drizzle/`. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The tables as the newest migration left them: the only state that drizzle-kit needs. */
export const SNAPSHOT = 'drizzle/snapshot.json';

export type SchemaChanges = { sql: string; snapshot: string } | undefined;

/** drizzle-kit takes no absolute folder, so it works below this one. */
const WORKSHOP = 'node_modules/.cache/schema-changes';

export async function findSchemaChanges(): Promise<SchemaChanges> {
  await mkdir(WORKSHOP, { recursive: true });
  const out = await mkdtemp(`${WORKSHOP}/`);
  try {
    await seed(out);
    const output = await runDrizzleKit(out);
    const written = (await readdir(out)).find((name) => name.endsWith('_changes.sql'));
    if (written === undefined) {
      // It ends with 0 even when it failed.
      if (!output.includes('No schema changes')) {
        throw new Error(`drizzle-kit failed:\n${output}`);
      }
      return undefined;
    }
    const number = written.slice(0, 4);
    return {
      sql: await readFile(join(out, written), 'utf8'),
      snapshot: await readFile(join(out, 'meta', `${number}_snapshot.json`), 'utf8'),
    };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

async function runDrizzleKit(out: string): Promise<string> {
  const command = ['node_modules/drizzle-kit/bin.cjs', 'generate', '--name', 'changes'];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, {
      env: { ...process.env, DRIZZLE_OUT: out },
    });
    return stdout + stderr;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`drizzle-kit failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** A folder as drizzle-kit knows it: a journal of one entry, whose snapshot is ours. */
async function seed(out: string): Promise<void> {
  const snapshot = await readFile(SNAPSHOT, 'utf8').catch(() => undefined);
  if (snapshot === undefined) {
    return;
  }
  await mkdir(join(out, 'meta'));
  await writeFile(join(out, 'meta', '0000_snapshot.json'), snapshot);
  const entries = [{ idx: 0, version: '7', when: 0, tag: '0000_before', breakpoints: true }];
  await writeFile(join(out, 'meta', '_journal.json'), JSON.stringify({ version: '7', dialect: 'postgresql', entries }));
}
