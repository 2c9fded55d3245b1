/**
 * `npm run verify` checks the whole database of this data folder, whether its server is running or not, and changes nothing.
 * Ends with 0 when everything holds, with 1 when a row does not, with 2 when nothing could be checked.
 */
import type { Config } from './platform/config.ts';
import { connect, type PostgresOptions } from './platform/database/connect.ts';
import { runCommand } from './platform/process/run-command.ts';
import { useDatabase } from './platform/process/use-database.ts';
import { type Verified, verifyEverything } from './verify-everything.ts';

await runCommand(run);

async function run(config: Config): Promise<number> {
  const { bad, ...counts } = await useDatabase(config, 'app', (database) => verifyIn(database, config.dataDir));
  clearProgress();
  show({ bad, ...counts });
  return bad.length === 0 ? 0 : 1;
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
