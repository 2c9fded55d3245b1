/** Reads an archive that `write-backup` made; every byte of it counts, and a changed one is found before anything is done with it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { OperatorError } from '../platform/operator-error.ts';
import { type BackupManifest, backupManifest, CHECKSUM, MANIFEST } from './manifest.ts';
import { DamagedTar, readTar, type TarEntry } from './tar.ts';

/** Reads all of it, without keeping it; throws with the name of the first part that is not what was written. */
export async function checkBackup(path: string): Promise<BackupManifest> {
  const whole = createHash('sha256');
  const found: BackupManifest['parts'] = [];
  let manifest: BackupManifest | null = null;
  let checksum: string | null = null;
  let isWhole = false;
  for await (const { name, content, raw } of readParts(path)) {
    if (checksum !== null) throw damaged(path, name);
    if (name === CHECKSUM) {
      checksum = content.toString('latin1');
      isWhole = checksum === `${whole.copy().digest('hex')}\n`;
    } else {
      whole.update(raw);
      if (name === MANIFEST) manifest = parseManifest(content);
      else found.push({ name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
      if (name === MANIFEST && manifest === null) throw damaged(path, name);
    }
  }
  if (manifest === null || checksum === null) throw damaged(path, manifest === null ? MANIFEST : CHECKSUM);
  const { parts } = manifest;
  for (let at = 0; at < Math.max(parts.length, found.length); at += 1) {
    const [wanted, there] = [parts[at], found[at]];
    const isSame = wanted?.name === there?.name && wanted?.sha256 === there?.sha256;
    if (!isSame) throw damaged(path, there?.name ?? wanted?.name ?? MANIFEST);
  }
  if (!isWhole) throw damaged(path, CHECKSUM);
  return manifest;
}

/** The parts before the manifest, once more; a file that was swapped after the check is noticed. */
export async function* checkedParts(path: string, { parts }: BackupManifest): AsyncGenerator<TarEntry> {
  const wanted = parts[Symbol.iterator]();
  for await (const entry of readParts(path)) {
    if (entry.name === MANIFEST) return;
    const sha256 = createHash('sha256').update(entry.content).digest('hex');
    if (wanted.next().value?.sha256 !== sha256) throw damaged(path, entry.name);
    yield entry;
  }
}

async function* readParts(path: string): AsyncGenerator<TarEntry> {
  let last = '';
  try {
    for await (const entry of readTar(createReadStream(path, { highWaterMark: 1024 * 1024 }))) {
      last = entry.name;
      yield entry;
    }
  } catch (error) {
    if (error instanceof DamagedTar && last === '') {
      throw new OperatorError(`${path} is no backup.`, `${path} 不是备份文件。`);
    }
    if (error instanceof DamagedTar) throw damaged(path, `after ${last}`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new OperatorError(`There is no file ${path}.`, `没有文件 ${path}。`);
    throw error;
  }
}

function parseManifest(content: Buffer): BackupManifest | null {
  try {
    return backupManifest.parse(JSON.parse(content.toString('utf8')));
  } catch {
    return null;
  }
}

function damaged(path: string, part: string): OperatorError {
  return new OperatorError(
    `${path} is damaged (${part}); nothing was changed. Use another copy of it.`,
    `${path} 已损坏（${part}），没有做任何改动。请换一份备份。`,
  );
}
