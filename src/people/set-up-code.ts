/**
 * The one-time code of the set-up page: who can read this machine's terminal may make the first administrator. Drawn by the
 * primary when nobody administers yet, kept in DATA_DIR with mode 0600 for the workers, removed when it is used.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newPublicId } from '../platform/ids.ts';
import { writeOnce } from '../platform/secrets.ts';

const fileOf = (dataDir: string) => join(dataDir, 'set-up-code');

/** The code that is waiting to be used, drawn now if there is none: `ABCD-EFGH`. */
export function provideSetUpCode(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  const drawn = newPublicId().slice(0, 8);
  writeOnce(fileOf(dataDir), `${drawn.slice(0, 4)}-${drawn.slice(4)}\n`);
  const code = readSetUpCode(dataDir);
  if (code === null) throw new Error('the set-up code vanished while it was being written');
  return code;
}

/** Case, spaces and the hyphen do not matter. */
export function isSetUpCode(dataDir: string, typed: string): boolean {
  const code = readSetUpCode(dataDir);
  return code !== null && timingSafeEqual(digest(code), digest(typed));
}

export function removeSetUpCode(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

function readSetUpCode(dataDir: string): string | null {
  try {
    return readFileSync(fileOf(dataDir), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function digest(code: string): Buffer {
  const folded = code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
  return createHash('sha256').update(folded).digest();
}
