/**
 * `npm run rotate-keys [-- --at-once]` draws new secrets for sign-ins and forms, and a new key for what lies
 * sealed in the database. Ends with 0 when it is done, with 1 when it may not be
 * done yet, with 2 when nothing could be tried.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { noteAtTerminal } from './operate/index.ts';
import type { Config } from './platform/config.ts';
import { OperatorError } from './platform/operator-error.ts';
import { runCommand } from './platform/process/run-command.ts';
import { readSecrets, rotateSecrets } from './platform/secrets.ts';
import { rotateVault } from './platform/vault.ts';

await runCommand(run);

async function run(config: Config): Promise<number> {
  const { dataDir } = config;
  const atOnce = readCommand();
  if (!existsSync(join(dataDir, 'secrets.json'))) {
    throw new OperatorError(
      `There are no secrets in ${dataDir}. Set DATA_DIR.`,
      `${dataDir} 里没有密钥。请设置 DATA_DIR。`,
    );
  }
  const rotated = rotateSecrets(dataDir, { atOnce, now: new Date() });
  if (rotated === null) {
    const until = readSecrets(dataDir).previous?.validUntil;
    console.error(
      `✗ The last rotation is under way until ${until}. With --at-once nothing older is accepted any more.`,
    );
    console.error(`✗ 上一次更换要到 ${until} 才结束。加上 --at-once，旧密钥立刻全部作废。`);
    return 1;
  }
  rotateVault(dataDir);
  await noteAtTerminal(config, { kind: 'terminal.keys_rotated', details: { at_once: atOnce ? 1 : 0 } });
  console.log('✓ New secrets are drawn. Restart the server: from then on it signs with them.');
  console.log('✓ 已换新密钥。请重新启动程序，之后用新密钥。');
  console.log(
    rotated.previous
      ? `  What was signed before is accepted until ${rotated.previous.validUntil}. · 之前登录的人不受影响。`
      : '  Nothing that was signed before is accepted: everybody must sign in again. · 所有人都要重新登录。',
  );
  return 0;
}

function readCommand(): boolean {
  try {
    return parseArgs({ options: { 'at-once': { type: 'boolean' } } }).values['at-once'] ?? false;
  } catch {
    throw new OperatorError('npm run rotate-keys [-- --at-once]', '用法：npm run rotate-keys [-- --at-once]');
  }
}
