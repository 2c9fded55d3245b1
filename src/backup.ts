/**
 * `npm run backup -- <file>` writes the database and the files of DATA_DIR into one file, while the server runs or not. Ends with 0
 * when the file is whole and on the disk, with 2 when there is none.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { noteAfterwards, writeBackup } from './operate/index.ts';
import type { Config } from './platform/config.ts';
import { OperatorError } from './platform/operator-error.ts';
import { runCommand } from './platform/process/run-command.ts';
import { useDatabase } from './platform/process/use-database.ts';

await runCommand(run);

async function run(config: Config): Promise<number> {
  const path = readPath();
  const { dataDir } = config;
  const { tables, parts } = await useDatabase(config, 'owner', async (database) => {
    const manifest = await writeBackup({ database, dataDir, path, onProgress: showProgress });
    await noteAfterwards(database, { kind: 'terminal.backed_up' });
    return manifest;
  });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const megabytes = (parts.reduce((sum, part) => sum + part.bytes, 0) / 1_000_000).toFixed(1);
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  console.log(`✓ ${path}: ${rows} rows of ${tables.length} tables, ${megabytes} MB. It holds keys and personal data.`);
  console.log(`✓ 备份完成：${tables.length} 张表，${rows} 行，${megabytes} MB。里面有密钥和个人信息，请妥善保管。`);
  return 0;
}

function readPath(): string {
  const usage = new OperatorError('npm run backup -- <file>', '用法：npm run backup -- <文件>');
  try {
    const { positionals } = parseArgs({ allowPositionals: true, options: {} });
    const [path] = positionals;
    if (path !== undefined && positionals.length === 1) return resolve(path);
  } catch {
    throw usage;
  }
  throw usage;
}

function showProgress(table: string, rows: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K  ${table} ${rows}`);
}
