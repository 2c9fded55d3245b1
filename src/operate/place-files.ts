/**
 * Brings the files of a backup into DATA_DIR without ever forgetting a signature: what was signed or cosigned after the backup was
 * made stays known, so an older database cannot be signed as if nothing had been. What is replaced is laid aside, not removed.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DataFile, readDataFiles } from './data-files.ts';
import { placePhotos } from './photo-files.ts';

export interface Placed {
  /** Logs whose last signature here is newer than the one in the backup. */
  newerLogs: string[];
  /** Where replaced files lie; null when there were none. */
  aside: string | null;
}

export function placeFiles(staged: string, dataDir: string, asideName: string): Placed {
  const aside = join(dataDir, asideName);
  const layAside = (path: string) => {
    mkdirSync(dirname(join(aside, path)), { recursive: true, mode: 0o700 });
    renameSync(join(dataDir, path), join(aside, path));
  };
  // Files of another installation say nothing about this one's logs.
  for (const [seed, folder] of [
    ['log-seed', 'log'],
    ['witness-seed', 'witness'],
  ] as const) {
    if (isOtherSeed(staged, dataDir, seed) && existsSync(join(dataDir, folder))) layAside(folder);
  }
  const newerLogs: string[] = [];
  for (const { path, content } of readDataFiles(staged)) {
    const here = join(dataDir, path);
    const known = existsSync(here) ? readFileSync(here) : null;
    if (known !== null && !known.equals(content)) {
      const keep = isToKeep({ path, content: known }, content);
      if (keep && path.endsWith('.note') && path.startsWith('log/')) newerLogs.push(path.slice(4, -5));
      if (keep) continue;
      layAside(path);
    }
    mkdirSync(dirname(here), { recursive: true, mode: 0o700 });
    cpSync(join(staged, path), here);
  }
  placePhotos(staged, dataDir);
  rmSync(staged, { recursive: true, force: true });
  return { newerLogs, aside: existsSync(aside) ? aside : null };
}

function isOtherSeed(staged: string, dataDir: string, seed: string): boolean {
  const [own, theirs] = [join(dataDir, seed), join(staged, seed)];
  return existsSync(own) && existsSync(theirs) && readFileSync(own, 'utf8') !== readFileSync(theirs, 'utf8');
}

/** The second line of a checkpoint is its size. */
function isToKeep({ path, content }: DataFile, backedUp: Buffer): boolean {
  if (path.startsWith('witness/')) return true;
  if (!path.startsWith('log/')) return false;
  const size = (note: Buffer) => Number(note.toString('utf8').split('\n')[1]);
  return !(size(content) < size(backedUp));
}
