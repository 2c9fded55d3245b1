/**
 * What `postmaster.pid` says, and whether it is true. After a crash the number in it may belong to nobody or to a stranger;
 * a process counts as ours only when it is a postgres that works in this very folder.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../operator-error.ts';
import { endOrphans, isPostgresIn } from './end-orphans.ts';
import type { PostgresInstallation } from './postgres-account.ts';
import { runProgram } from './postgres-programs.ts';

export interface PostmasterPid {
  pid: number;
  isReady: boolean;
}

export function readPostmasterPid(clusterDir: string): PostmasterPid | null {
  let lines: string[];
  try {
    lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, isReady: lines[7]?.trim() === 'ready' };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but is not ours to signal.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function isPostmasterOf(clusterDir: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    if (process.platform === 'linux') return isPostgresIn(realpathSync(clusterDir), pid);
    if (process.platform === 'win32')
      return /postgres\.exe/i.test(ask('tasklist', '/FI', `PID eq ${pid}`, '/NH', '/FO', 'CSV'));
    const commandLine = ask('ps', '-ww', '-o', 'command=', '-p', String(pid));
    return commandLine.includes('postgres') && commandLine.includes(clusterDir);
  } catch {
    return false;
  }
}

function ask(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', windowsHide: true });
}

/**
 * Leaves nothing that would keep a new postmaster from starting: one that outlived its server is stopped, orphans of one that
 * was killed are ended, the pid file of a stranger is removed. The file of a dead process stays: PostgreSQL judges it better,
 * for it also looks at the shared memory.
 */
export async function clearTheWay(
  clusterDir: string,
  installation: PostgresInstallation,
  log: (line: string) => void,
): Promise<void> {
  const found = readPostmasterPid(clusterDir);
  if (found && isPostmasterOf(clusterDir, found.pid)) {
    log(`stopping the database that an earlier server left running (process ${found.pid})`);
    await stopPostmaster(clusterDir, found.pid, installation);
    return;
  }
  await endOrphans(clusterDir, log);
  if (!found || !isAlive(found.pid)) return;
  log(`removing ${basename(clusterDir)}/postmaster.pid: process ${found.pid} is not this database`);
  rmSync(join(clusterDir, 'postmaster.pid'), { force: true });
}

/** Fast shutdown (open transactions roll back), then harder; every step is safe for what was committed. */
export async function stopPostmaster(
  clusterDir: string,
  pid: number,
  installation: PostgresInstallation,
): Promise<void> {
  if (process.platform === 'win32') {
    // Windows has no signals; pg_ctl speaks to the postmaster through a named pipe.
    const { binaries, account } = installation;
    await runProgram(account, binaries.pgCtl, ['stop', '-D', clusterDir, '-m', 'fast', '-w', '-t', '20'], clusterDir);
    if (await isGone(pid, 1_000)) return;
    await runProgram(
      account,
      binaries.pgCtl,
      ['stop', '-D', clusterDir, '-m', 'immediate', '-w', '-t', '10'],
      clusterDir,
    );
    return;
  }
  const steps: [signal: NodeJS.Signals, patienceMs: number][] = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 8_000],
    ['SIGKILL', 2_000],
  ];
  for (const [signal, patienceMs] of steps) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw new OperatorError(
        `The database in ${clusterDir} is being run by another user (process ${pid}). Stop it there first.`,
        `${clusterDir} 中的数据库正由另一个用户运行（进程 ${pid}）。请先在那边停止它。`,
      );
    }
    if (await isGone(pid, patienceMs)) return;
  }
}

async function isGone(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(15);
  }
  return true;
}
