/**
 * `npm run verify` checks the whole database of this data folder, whether its server is running or not, and changes nothing.
 * Ends with 0 when everything holds, with 1 when a row does not, with 2 when nothing could be checked.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, readConfig } from './platform/config.ts';
import { asAppRole, connect, type PostgresOptions, parseDatabaseUrl } from './platform/database/connect.ts';
import { runningDatabase } from './platform/database/running-database.ts';
import { OperatorError } from './platform/operator-error.ts';
import { lockDataFolder } from './platform/process/lock-data-folder.ts';
import { openDatabase } from './platform/process/open-database.ts';
import { type Verified, verifyEverything } from './verify-everything.ts';

process.exitCode = await run();

async function run(): Promise<number> {
  const config = readConfig(process.env);
  if ('refused' in config) {
    console.error(config.message);
    return 2;
  }
  try {
    const { bad, ...counts } = await verify(config);
    clearProgress();
    show({ bad, ...counts });
    return bad.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function verify(config: Config): Promise<Verified> {
  const { dataDir, databaseUrl } = config;
  if (databaseUrl !== undefined) return verifyIn(asAppRole(parseDatabaseUrl(databaseUrl)), dataDir);
  const running = runningDatabase(dataDir);
  if (running) return verifyIn(running, dataDir);
  if (!existsSync(join(dataDir, 'postgres'))) {
    throw new OperatorError(
      `There is no database in ${dataDir}. Set DATA_DIR.`,
      `${dataDir} 里没有数据库。请设置 DATA_DIR。`,
    );
  }
  const lock = await lockDataFolder(dataDir);
  try {
    const database = await openDatabase(config, () => {});
    try {
      return await verifyIn(database.app, dataDir);
    } finally {
      await database.stop();
    }
  } finally {
    lock.release();
  }
}

async function verifyIn(database: PostgresOptions, dataDir: string): Promise<Verified> {
  const sql = connect(database, { max: 2, applicationName: 'love-supermarket verify', statementTimeoutMs: 0 });
  try {
    return await verifyEverything(sql, dataDir, showProgress);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function show({ villages, acts, entries, moves, bad }: Verified): void {
  for (const { villageName, villageCode, table, row, sentence } of bad) {
    console.error(`✗ ${villageName} (${villageCode}): ${table}, ${row}: ${sentence}.`);
  }
  if (bad.length > 0) {
    console.error('✗ 数据库里有对不上的行，见上。请不要改动数据，先备份，再查原因。');
    return;
  }
  console.log(`✓ ${villages} villages hold: ${acts} acts, ${entries} entries, ${moves} stock moves.`);
  console.log(`✓ ${villages} 个村全部核对无误：${acts} 条记录，${entries} 笔积分，${moves} 笔出入库。`);
}

function showProgress(villageName: string, rows: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K  ${villageName} ${rows}`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
