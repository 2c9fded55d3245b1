/**
 * Starts the postmaster and keeps it running until `stop`. The first start gives up after 30 s, for somebody waits at the
 * terminal; later ones never do, for a full disk may be emptied and the server still answers that it is not ready.
 */
import type { ChildProcess } from 'node:child_process';
import { chmodSync, closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../operator-error.ts';
import { workFolder } from './create-cluster.ts';
import type { PostgresInstallation } from './postgres-account.ts';
import { spawnProgram } from './postgres-programs.ts';
import { clearTheWay, isAlive, readPostmasterPid, stopPostmaster } from './postmaster-pid.ts';

const FIRST_START_PATIENCE_MS = 30_000;
const LARGEST_LOG_BYTES = 4_000_000;

export interface KeptPostmaster {
  pid(): number;
  stop(): Promise<void>;
  abort(): void;
}

export interface KeepPostmasterInput {
  installation: PostgresInstallation;
  clusterDir: string;
  dataDir: string;
  socketFolder: string | null;
  log: (line: string) => void;
}

export async function keepPostmaster(input: KeepPostmasterInput): Promise<KeptPostmaster> {
  const { log } = input;
  let isStopping = false;
  let running: RunningPostmaster | null = null;
  let restarting: Promise<void> = Promise.resolve();

  const start = async (giveUpAt: number): Promise<void> => {
    for (let attempt = 1; !isStopping; attempt += 1) {
      running = await launch(input);
      if (running) {
        void running.ended.then(() => {
          if (isStopping) return;
          log('the database ended unexpectedly; starting it again');
          restarting = start(Number.POSITIVE_INFINITY).catch((error: unknown) =>
            log(`the database stays down: ${String(error)}`),
          );
        });
        return;
      }
      if (Date.now() > giveUpAt) throw cannotStart(input);
      if (attempt % 40 === 0) log(`the database does not start yet: ${lastWords(input)}`);
      await sleep(Math.min(100 * attempt, 1_000));
    }
  };

  await start(Date.now() + FIRST_START_PATIENCE_MS);

  return {
    pid: () => running?.pid ?? 0,
    stop: async () => {
      isStopping = true;
      await restarting;
      if (running && isAlive(running.pid)) await stopPostmaster(input.clusterDir, running.pid, input.installation);
    },
    abort: () => {
      isStopping = true;
      if (running && isAlive(running.pid))
        process.kill(running.pid, process.platform === 'win32' ? 'SIGTERM' : 'SIGQUIT');
    },
  };
}

interface RunningPostmaster {
  pid: number;
  ended: Promise<void>;
}

/** Null when it ended before it was ready. Recovery after a crash may take its time. */
async function launch(input: KeepPostmasterInput): Promise<RunningPostmaster | null> {
  const { clusterDir, installation, socketFolder } = input;
  await clearTheWay(clusterDir, installation, input.log);
  if (socketFolder) {
    // The lock beside a socket names a process too, and after a crash that number may be a stranger's.
    for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) rmSync(join(socketFolder, name), { force: true });
  }
  return process.platform === 'win32' ? launchOnWindows(input) : launchAsChild(input);
}

async function launchAsChild({
  installation,
  clusterDir,
  dataDir,
}: KeepPostmasterInput): Promise<RunningPostmaster | null> {
  const logFile = openLog(dataDir);
  let child: ChildProcess;
  try {
    // A file and not a pipe: the postmaster may outlive us, and must be able to say why it stops.
    child = spawnProgram(installation.account, installation.binaries.postgres, ['-D', clusterDir], {
      cwd: workFolder(clusterDir),
      stdio: ['ignore', logFile, logFile],
      detached: true,
    });
  } finally {
    closeSync(logFile);
  }
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  }).then(() => {
    hasEnded = true;
  });
  while (!hasEnded) {
    const found = readPostmasterPid(clusterDir);
    if (found?.isReady && found.pid === child.pid) return { pid: found.pid, ended };
    await sleep(10);
  }
  return null;
}

/** pg_ctl gives up the rights of an administrator, which postgres.exe would refuse to run with. */
async function launchOnWindows({
  installation,
  clusterDir,
  dataDir,
}: KeepPostmasterInput): Promise<RunningPostmaster | null> {
  const { account, binaries } = installation;
  const args = ['start', '-D', clusterDir, '-l', join(dataDir, 'postgres.log'), '-w', '-t', '60'];
  const starter = spawnProgram(account, binaries.pgCtl, args, {
    cwd: workFolder(clusterDir),
    stdio: 'ignore',
    detached: true,
  });
  await new Promise<void>((resolve) => {
    starter.once('error', () => resolve());
    starter.once('exit', () => resolve());
  });
  const found = readPostmasterPid(clusterDir);
  if (!found?.isReady || !isAlive(found.pid)) return null;
  const ended = (async () => {
    while (isAlive(found.pid)) await sleep(500, undefined, { ref: false });
  })();
  return { pid: found.pid, ended };
}

function openLog(dataDir: string): number {
  const path = join(dataDir, 'postgres.log');
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const logFile = openSync(path, size > LARGEST_LOG_BYTES ? 'w' : 'a', 0o600);
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return logFile;
}

function lastWords({ dataDir }: KeepPostmasterInput): string {
  try {
    return readFileSync(join(dataDir, 'postgres.log'), 'utf8').trimEnd().split('\n').slice(-3).join('\n');
  } catch {
    return '';
  }
}

function cannotStart(input: KeepPostmasterInput): OperatorError {
  return new OperatorError(
    `The database did not start within 30 seconds. The end of ${join(input.dataDir, 'postgres.log')}:\n${lastWords(input)}`,
    '数据库在 30 秒内未能启动，原因见上。请检查磁盘空间和文件夹权限，再启动一次；还不行，就重启电脑。',
  );
}
