/**
 * Makes the database cluster under another name and renames it when it is whole, so `postgres/` is never half made.
 * The builtin C.UTF-8 locale sorts alike on every computer and after every upgrade.
 */
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../operator-error.ts';
import { OWNER_ROLE } from './connect.ts';
import type { PostgresInstallation } from './postgres-account.ts';
import { runProgram } from './postgres-programs.ts';

/** Rewritten before each start; read after everything that initdb wrote. */
export const SETTINGS_FILE = 'love-supermarket.conf';

/** The character classes come from here, and pg_trgm finds nothing in Chinese without a UTF-8 one. */
const CHARACTER_LOCALES: Partial<Record<NodeJS.Platform, string[]>> = {
  win32: ['en-US', 'C'],
  darwin: ['C.UTF-8', 'en_US.UTF-8'],
};

export async function createCluster(
  installation: PostgresInstallation,
  clusterDir: string,
  ownerPassword: string | null,
): Promise<void> {
  const draft = `${clusterDir}.new`;
  const passwordFile = `${clusterDir}.password`;
  const outputs: string[] = [];
  for (const locale of CHARACTER_LOCALES[process.platform] ?? ['C.UTF-8', 'en_US.UTF-8']) {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    const { owner } = installation.account;
    if (owner) chownSync(draft, owner.uid, owner.gid);
    const args = ['-D', draft, '-U', OWNER_ROLE, '--encoding=UTF8', '--no-instructions'];
    args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${locale}`);
    // Written to the disk by syncCluster, while the tables are being made.
    args.push('--no-sync', '--set', 'timezone=UTC', '--set', 'log_timezone=UTC');
    if (ownerPassword === null) {
      args.push('--auth-local=trust', '--auth-host=reject');
    } else {
      writeFileSync(passwordFile, ownerPassword, { mode: 0o600 });
      if (owner) chownSync(passwordFile, owner.uid, owner.gid);
      args.push('--auth=scram-sha-256', `--pwfile=${passwordFile}`);
    }
    const { exitCode, output } = await runProgram(
      installation.account,
      installation.binaries.initdb,
      args,
      workFolder(clusterDir),
    );
    rmSync(passwordFile, { force: true });
    if (exitCode === 0) {
      appendFileSync(join(draft, 'postgresql.conf'), `\ninclude_if_exists = '${SETTINGS_FILE}'\n`);
      renameSync(draft, clusterDir);
      return;
    }
    outputs.push(output.trim());
  }
  rmSync(draft, { recursive: true, force: true });
  throw new OperatorError(
    `The database could not be created in ${clusterDir}:\n${outputs[0]}`,
    '无法创建数据库，原因见上。请检查磁盘空间和文件夹权限，或把 DATA_DIR 换到别处。',
  );
}

/**
 * Forces what initdb wrote onto the disk. It may run beside the server: it only reads names and calls fsync.
 * Until it has ended, nobody is told that the village is ready.
 */
export async function syncCluster(installation: PostgresInstallation, clusterDir: string): Promise<void> {
  const { account, binaries } = installation;
  const { exitCode, output } = await runProgram(
    account,
    binaries.initdb,
    ['--sync-only', '-D', clusterDir],
    workFolder(clusterDir),
  );
  if (exitCode !== 0) throw new Error(`the new database could not be written to the disk: ${output.trim()}`);
}

/** Refuses data of another major version: it needs a dump and a restore, not a try. */
export function checkClusterVersion(installation: PostgresInstallation, clusterDir: string): void {
  const versionFile = join(clusterDir, 'PG_VERSION');
  if (!existsSync(versionFile)) {
    throw new OperatorError(
      `${clusterDir} exists, but holds no database. Restore it from a backup, or move it away to begin anew.`,
      `${clusterDir} 已存在，但里面没有数据库。请从备份恢复，或移走该文件夹后重新开始。`,
    );
  }
  const dataVersion = readFileSync(versionFile, 'utf8').trim();
  const programVersion = installation.binaries.version.split('.')[0];
  if (dataVersion !== programVersion) {
    throw new OperatorError(
      `The data in ${clusterDir} are of PostgreSQL ${dataVersion}, the programs of ${programVersion}. Use the earlier release, or restore a backup here.`,
      `${clusterDir} 的数据属于 PostgreSQL ${dataVersion}，而程序是 ${programVersion}。请使用原来的版本，或在此恢复备份。`,
    );
  }
}

/** A folder that the account can surely stand in. */
export function workFolder(clusterDir: string): string {
  return process.platform === 'win32' ? join(clusterDir, '..') : '/';
}
