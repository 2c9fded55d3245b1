/**
 * `npm run restore -- <file> [--overwrite] [--unproven]` brings a backup back, upgrades it and proves every row of it. The server must
 * be stopped. Ends with 0 when it is done, with 2 when nothing was changed.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restoreBackup } from './operate/index.ts';
import type { Config } from './platform/config.ts';
import { OperatorError } from './platform/operator-error.ts';
import { runCommand } from './platform/process/run-command.ts';
import { readGuards, verifyVillages } from './verify-everything.ts';

await runCommand(run);

async function run(config: Config): Promise<number> {
  const { manifest, rows, faults, newerLogs, aside } = await restoreBackup({
    config,
    ...readCommand(),
    prove: async (tx, dataDir) => {
      const { bad } = await verifyVillages(tx, await readGuards(tx, dataDir));
      return bad.map(
        ({ villageName, villageCode, table, row, sentence }) =>
          `✗ ${villageName} (${villageCode}): ${table}, ${row}: ${sentence}.`,
      );
    },
  });
  for (const fault of faults) console.error(fault);
  const { madeAt, heads } = manifest;
  console.log(
    faults.length > 0
      ? `✓ The backup of ${madeAt} is back as it was: ${rows} rows, not all of which hold.`
      : `✓ The backup of ${madeAt} is back: ${rows} rows, every one of them proved, with ${heads.length} signed logs.`,
  );
  console.log(
    `✓ 已恢复 ${madeAt} 的备份，共 ${rows} 行${faults.length > 0 ? '，其中有对不上的行，见上' : '，全部核对无误'}。`,
  );
  console.log('  Everybody must sign in again. · 所有人都要重新登录。');
  for (const log of newerLogs) {
    console.log(
      `! The log ${log} has signed more than the backup holds; it signs nothing more until the lost acts are back.`,
    );
    console.log(`! 账本 ${log} 签过的记录比备份里的多，找回丢失的记录之前不再签名。`);
  }
  if (aside !== null) console.log(`  Replaced files lie in ${aside}. · 被替换的文件在 ${aside}。`);
  return 0;
}

function readCommand(): { path: string; overwrite: boolean; unproven: boolean } {
  const usage = new OperatorError(
    'npm run restore -- <file> [--overwrite] [--unproven]',
    '用法：npm run restore -- <文件> [--overwrite] [--unproven]',
  );
  try {
    const options = { overwrite: { type: 'boolean' }, unproven: { type: 'boolean' } } as const;
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    const [path] = positionals;
    if (path !== undefined && positionals.length === 1) {
      return { path: resolve(path), overwrite: values.overwrite ?? false, unproven: values.unproven ?? false };
    }
  } catch {
    throw usage;
  }
  throw usage;
}
