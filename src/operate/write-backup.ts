/**
 * A backup while the server runs: every table out of one snapshot, streamed, and the files of DATA_DIR. The files are read before
 * the snapshot is taken, so whatever they say was signed is in it. The archive appears under its name only when it is whole.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { connect, type PostgresOptions } from '../platform/database/connect.ts';
import type { Tx } from '../platform/database/db.ts';
import { OperatorError } from '../platform/operator-error.ts';
import { type DataFile, readDataFiles } from './data-files.ts';
import { type BackupManifest, CHECKSUM, FILES, MANIFEST, TABLES } from './manifest.ts';
import { photoPaths } from './photo-files.ts';
import { TAR_END, tarEntry } from './tar.ts';

const gzipped = promisify(gzip);

/** So much of a table is held in memory at once. */
const PIECE_BYTES = 4 * 1024 * 1024;

export interface BackupInput {
  /** The owner's, for every table. */
  database: PostgresOptions;
  dataDir: string;
  path: string;
  onProgress?: ((table: string, rows: number) => void) | undefined;
}

export async function writeBackup({ database, dataDir, path, onProgress }: BackupInput): Promise<BackupManifest> {
  const draft = `${path}.part`;
  const archive = await openArchive(draft);
  const sql = connect(database, { max: 1, applicationName: 'love-supermarket backup', statementTimeoutMs: 0 });
  try {
    for (;;) {
      const files = readDataFiles(dataDir);
      const content = await sql.begin('isolation level repeatable read read only', async (tx) => {
        await tx`set local idle_in_transaction_session_timeout = 0`;
        if (await isOvertaken(tx, files, dataDir)) return null;
        for (const file of files) await archive.add(`${FILES}${file.path}`, file.content);
        // After the snapshot began: a picture is on the disk before its row, so every row of the snapshot finds its picture.
        for (const path of photoPaths(dataDir))
          await archive.add(`${FILES}${path}`, await readFile(join(dataDir, path)));
        return copyOut(tx, archive.add, onProgress);
      });
      if (!content) continue;
      const heads = files.flatMap(({ path: name, content: text }) => headOf(name, text.toString('utf8')));
      const manifest: BackupManifest = {
        format: 1,
        madeAt: new Date().toISOString(),
        ...content,
        heads,
        parts: archive.parts,
      };
      await archive.finish(manifest);
      await giveName(draft, path);
      return manifest;
    }
  } finally {
    await archive.close();
    await rm(draft, { force: true });
    await sql.end({ timeout: 5 });
  }
}

async function openArchive(draft: string) {
  const file = await open(draft, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(`${draft} cannot be written (${error.code}).`, `无法写入 ${draft}（${error.code}）。`);
  });
  const whole = createHash('sha256');
  const parts: BackupManifest['parts'] = [];
  const write = async (block: Buffer) => {
    whole.update(block);
    await file.appendFile(block);
  };
  return {
    parts,
    add: async (name: string, content: Buffer) => {
      parts.push({ name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
      await write(tarEntry(name, content));
    },
    finish: async (manifest: BackupManifest) => {
      await write(tarEntry(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)));
      await write(tarEntry(CHECKSUM, Buffer.from(`${whole.copy().digest('hex')}\n`)));
      await write(TAR_END);
      await file.sync();
    },
    close: () => file.close(),
  };
}

/** An older backup of that name is never written over. */
async function giveName(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || existsSync(path)) {
      throw new OperatorError(`${path} is there already.`, `${path} 已经存在。`);
    }
    // Memory sticks know no hard links.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    await rename(draft, path);
  }
}

/** A log was signed for the first time after the files were read: in the snapshot it has begun, in the files it has not. */
async function isOvertaken(tx: Tx, files: readonly DataFile[], dataDir: string): Promise<boolean> {
  const begun = await tx<{ path: string }[]>`
    select 'log/' || split_part(origin, '/', 3) || '.note' as path
      from public_log`;
  const known = new Set(files.map(({ path }) => path));
  return begun.some(({ path }) => !known.has(path) && existsSync(join(dataDir, path)));
}

/** Name, size and root of a signed head are the first three lines of its file. */
function headOf(path: string, text: string): BackupManifest['heads'] {
  const [, log] = /^log\/([^/]+)\.note$/.exec(path) ?? [];
  const [, size, root] = text.split('\n');
  return log === undefined || root === undefined ? [] : [{ log, size: Number(size), root }];
}

type Add = (name: string, content: Buffer) => Promise<void>;

async function copyOut(tx: Tx, add: Add, onProgress: BackupInput['onProgress']) {
  const migrations = await tx<BackupManifest['migrations']>`
    select name, sha256
      from schema_migration
     order by name`;
  const tables: BackupManifest['tables'] = [];
  for (const { name, columns } of await tablesInOrder(tx)) {
    const rows = await copyTable(tx, { name, columns }, add);
    tables.push({ name, columns, rows });
    onProgress?.(name, rows);
  }
  return { migrations, tables, sequences: await readSequences(tx) };
}

/** Rows as text, one a line; a line end within a value is written as \n. */
async function copyTable(tx: Tx, table: { name: string; columns: string[] }, add: Add): Promise<number> {
  const columns = table.columns.map((column) => `"${column}"`).join(', ');
  const stream = await tx.unsafe(`copy "${table.name}" (${columns}) to stdout`).readable();
  let held: Buffer[] = [];
  let bytes = 0;
  let pieces = 0;
  let rows = 0;
  const flush = async () => {
    pieces += 1;
    const name = `${TABLES}${table.name}/${String(pieces).padStart(6, '0')}.copy.gz`;
    await add(name, await gzipped(Buffer.concat(held), { level: 4 }));
    held = [];
    bytes = 0;
  };
  for await (const data of stream as AsyncIterable<Buffer>) {
    held.push(data);
    bytes += data.length;
    for (let at = data.indexOf(0x0a); at !== -1; at = data.indexOf(0x0a, at + 1)) rows += 1;
    if (bytes >= PIECE_BYTES) await flush();
  }
  // postgres.js pauses the connection when rows come faster than they are read, and forgets to go on after the last one.
  stream._read(0);
  if (bytes > 0) await flush();
  return rows;
}

/** Every table of ours but the list of migrations, which a restore writes anew by migrating. */
async function tablesInOrder(tx: Tx): Promise<{ name: string; columns: string[] }[]> {
  const tables = await tx<{ name: string; columns: string[]; needs: string[] }[]>`
    select relname as name,
           (select json_agg(attname order by attnum)
              from pg_attribute
             where attrelid = pg_class.oid
               and attnum > 0
               and not attisdropped
               and attgenerated = '') as columns,
           (select coalesce(json_agg(distinct target.relname), '[]')
              from pg_constraint
              join pg_class as target
                on target.oid = confrelid
             where conrelid = pg_class.oid
               and contype = 'f'
               and confrelid <> conrelid) as needs
      from pg_class
     where relnamespace = 'public'::regnamespace
       and relkind = 'r'
       and relowner = (select relowner from pg_class where oid = 'schema_migration'::regclass)
       and relname <> 'schema_migration'
     order by relname`;
  const waiting = [...tables];
  const ordered: typeof waiting = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ needs }) => needs.every((need) => ordered.some(({ name }) => name === need)));
    if (next === -1) throw new Error('the tables refer to each other in a circle');
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}

async function readSequences(tx: Tx): Promise<BackupManifest['sequences']> {
  const owned = await tx<{ name: string; table: string; column: string }[]>`
    select pg_get_serial_sequence(quote_ident(relname), attname) as name,
           relname as table,
           attname as column
      from pg_attribute
      join pg_class
        on pg_class.oid = attrelid
     where relnamespace = 'public'::regnamespace
       and attidentity <> ''
     order by relname, attname`;
  const sequences: BackupManifest['sequences'] = [];
  for (const { name, table, column } of owned) {
    const [state] = await tx.unsafe<{ lastValue: number; isCalled: boolean }[]>(
      `select last_value as "lastValue", is_called as "isCalled" from ${name}`,
    );
    if (state) sequences.push({ table, column, ...state });
  }
  return sequences;
}
