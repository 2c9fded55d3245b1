/**
 * Ends what a dead postmaster left behind. Its processes notice its death by themselves, except one that waits for a lock
 * whose holder was killed, too: it would wait for ever, hold the shared memory, and no new postmaster could start.
 */
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const BY_THEMSELVES_MS = 500;
const STEPS: [signal: NodeJS.Signals, patienceMs: number][] = [
  ['SIGQUIT', 2_000],
  ['SIGKILL', 2_000],
];

/** Call when no postmaster lives: whatever still works in the folder is an orphan then, and what it did not commit is lost anyway. */
export async function endOrphans(clusterDir: string, log: (line: string) => void): Promise<void> {
  let orphans = await leftAfter(clusterDir, BY_THEMSELVES_MS);
  for (const [signal, patienceMs] of STEPS) {
    if (orphans.length === 0) return;
    log(`ending what a killed database left behind (${signal} to ${orphans.join(', ')})`);
    for (const pid of orphans) send(signal, pid);
    orphans = await leftAfter(clusterDir, patienceMs);
  }
}

async function leftAfter(clusterDir: string, patienceMs: number): Promise<number[]> {
  const deadline = Date.now() + patienceMs;
  let left = postgresIn(clusterDir);
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(20);
    left = postgresIn(clusterDir);
  }
  return left;
}

/** Linux tells where a process works; elsewhere PostgreSQL itself says, in its log, that one is left. */
function postgresIn(clusterDir: string): number[] {
  if (process.platform !== 'linux') return [];
  const folder = realpathSync(clusterDir);
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => isPostgresIn(folder, pid));
}

/** Whether a process is a postgres that works in this folder (its real path). Linux alone; a dead one does not. */
export function isPostgresIn(folder: string, pid: number): boolean {
  try {
    return (
      readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === folder
    );
  } catch {
    return false;
  }
}

function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended, or is not ours to end.
  }
}
