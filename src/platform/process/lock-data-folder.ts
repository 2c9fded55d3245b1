/**
 * One server per DATA_DIR. `server.lock` names its holder by process id and start time, so that a number used again
 * counts for nothing; where a start time cannot be read (Windows, macOS, another container) the holder must also have
 * touched the file lately.
 */
import { randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { OperatorError } from '../operator-error.ts';

const TOUCH_EVERY_MS = 2_000;
/** A holder that was silent for this long is gone, unless its start time proves the contrary. */
const SILENCE_MS = 10_000;
/** How long a second start waits before it refuses: the first may be on its way out. */
const PATIENCE_MS = 1_500;
/** A holder that says it is stopping is waited for. */
const STOPPING_PATIENCE_MS = 30_000;

const lockFile = z.object({
  token: z.string(),
  pid: z.number().int().positive(),
  /** Clock ticks after boot, with the boot's id; null where the system does not tell. */
  startedAt: z.string().nullable(),
  /** Process ids mean something only here. */
  machine: z.string(),
  isStopping: z.boolean(),
});

type LockFile = z.infer<typeof lockFile>;

export interface DataFolderLock {
  /** Tells a waiting successor that it is worth waiting. */
  announceStop(): void;
  release(): void;
}

export async function lockDataFolder(dataDir: string): Promise<DataFolderLock> {
  makeWritable(dataDir);
  const path = join(dataDir, 'server.lock');
  const own: LockFile = {
    token: randomUUID(),
    pid: process.pid,
    startedAt: startTimeOf(process.pid),
    machine: thisMachine(),
    isStopping: false,
  };
  const begunAt = Date.now();
  while (!tryToCreate(path, own)) {
    const holder = read(path);
    if (holder === null) continue;
    if (holder === 'unreadable' || !isHeld(path, holder)) {
      takeAway(path, holder);
      continue;
    }
    const patienceMs = holder.isStopping ? STOPPING_PATIENCE_MS : PATIENCE_MS;
    if (Date.now() - begunAt > patienceMs) throw refusal(dataDir, holder.pid);
    await sleep(100);
  }
  const touching = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // Somebody removed the file; the next start takes it, and PostgreSQL's own lock refuses that one.
    }
  }, TOUCH_EVERY_MS);
  touching.unref();
  const isOwn = () => {
    const holder = read(path);
    return holder !== null && holder !== 'unreadable' && holder.token === own.token;
  };
  return {
    announceStop: () => {
      if (!isOwn()) return;
      const draft = `${path}.${own.token}`;
      writeFileSync(draft, JSON.stringify({ ...own, isStopping: true }));
      renameSync(draft, path);
    },
    release: () => {
      clearInterval(touching);
      if (isOwn()) rmSync(path, { force: true });
    },
  };
}

function makeWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw new OperatorError(
      `This user cannot write in ${dataDir} (${code}). Set DATA_DIR to a folder of your own.`,
      `当前用户无法写入 ${dataDir}（${code}）。请把 DATA_DIR 设为自己的文件夹。`,
    );
  }
}

/** Linked into place, so that nobody ever reads half a lock. */
function tryToCreate(path: string, own: LockFile): boolean {
  const draft = `${path}.${own.token}`;
  const content = JSON.stringify(own);
  writeFileSync(draft, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    return tryToCreateWithoutLinks(path, content);
  } finally {
    rmSync(draft, { force: true });
  }
}

function tryToCreateWithoutLinks(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function read(path: string): LockFile | 'unreadable' | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return lockFile.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}

function isHeld(path: string, holder: LockFile): boolean {
  const touchedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const isFresh = Date.now() - touchedAt < SILENCE_MS;
  if (holder.machine !== thisMachine()) return isFresh;
  if (!isAlive(holder.pid)) return false;
  const startedAt = startTimeOf(holder.pid);
  return startedAt === null || holder.startedAt === null ? isFresh : startedAt === holder.startedAt;
}

/**
 * Removes a lock that was judged stale. Between the judgement and the removal another start may have done the same and
 * locked anew; the rename shows which file was taken, and a living one is put back.
 */
function takeAway(path: string, judged: LockFile | 'unreadable'): void {
  const aside = `${path}.stale-${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const taken = read(aside);
  const isJudged =
    taken === 'unreadable' || taken === null || (judged !== 'unreadable' && taken.token === judged.token);
  if (!isJudged) {
    try {
      linkSync(aside, path);
    } catch {
      // A third start holds the lock by now.
    }
  }
  rmSync(aside, { force: true });
}

function refusal(dataDir: string, pid: number): OperatorError {
  return new OperatorError(
    `A server is already running on ${dataDir} (process ${pid}). Stop it first, or set another DATA_DIR and PORT.`,
    `${dataDir} 上已有服务器在运行（进程 ${pid}）。请先停止它，或另设 DATA_DIR 和 PORT。`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function startTimeOf(pid: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in brackets and may hold blanks; the start time is the 20th field behind it.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // A process that only waits to be reaped holds nothing.
    return fields[0] === 'Z' ? `${boot} ended` : `${boot} ${fields[19]}`;
  } catch {
    return null;
  }
}

function thisMachine(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
