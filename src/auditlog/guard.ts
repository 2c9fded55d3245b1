/**
 * The fork guard: what was signed last, in one small file a log, outside the database. The file is whole at any moment and on
 * the disk before anybody sees its signature, so a database from an older backup can never be signed as if nothing was.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export interface GuardedNote {
  note: string;
  /** Since it was signed; 0 when the clock was set back. */
  ageMs: number;
}

export interface Guard {
  /** Null when the log was never signed. */
  read(villageCode: string): GuardedNote | null;
  /** Throws when the file is no longer what `before` says: then somebody else has signed. */
  replace(villageCode: string, before: string | null, after: string): void;
}

export type WriteFile = (path: string, content: string) => void;

/** Everything here is synchronous: between the look and the write nothing else runs in this process. */
export function openGuard(dataDir: string, replaceFile: WriteFile = replaceDurably, name = 'log'): Guard {
  const folder = join(dataDir, name);
  const pathOf = (villageCode: string) => join(folder, `${villageCode}.note`);
  return {
    read: (villageCode) => {
      const path = pathOf(villageCode);
      const note = readIfThere(path);
      if (note === null) return null;
      return { note, ageMs: Math.max(0, Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)) };
    },
    replace: (villageCode, before, after) => {
      const path = pathOf(villageCode);
      if (readIfThere(path) !== before) throw new Error(`${path} was written by another process`);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      replaceFile(path, after);
    },
  };
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The old content or the new one, whenever the power fails; the new one once this returns. */
export function replaceDurably(path: string, content: string): void {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** A new name is on the disk when its folder is; Windows cannot open one and needs it not. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
