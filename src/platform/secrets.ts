/**
 * Secrets of this installation, drawn once and kept in DATA_DIR with mode 0600.
 * The file appears complete or not at all; whoever comes second reads what the first one wrote.
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from './operator-error.ts';

const secret = z.string().regex(/^[0-9a-f]{64}$/);
const pair = z.object({ sessionSecret: secret, cookieSecret: secret });
const secretsFile = pair.extend({ previous: pair.extend({ validUntil: z.iso.datetime() }).optional() });

/** 256 bits each, in hexadecimal. After a rotation the ones before still verify until the last token that they signed has run out. */
export type Secrets = z.infer<typeof secretsFile>;

/** What a signature may be verified with, the key that signs first; asked anew each time, for the one before runs out. */
export function currentAndPrevious(secrets: Secrets, name: 'sessionSecret' | 'cookieSecret'): () => string[] {
  const { previous } = secrets;
  const validUntil = previous ? Date.parse(previous.validUntil) : 0;
  return () => (previous && Date.now() < validUntil ? [secrets[name], previous[name]] : [secrets[name]]);
}

export function readSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  const known = readIfThere(path);
  if (known) return known;
  mkdirSync(dataDir, { recursive: true });
  const drawn: Secrets = { sessionSecret: drawSecret(), cookieSecret: drawSecret() };
  writeOnce(path, `${JSON.stringify(drawn, null, 2)}\n`);
  const written = readIfThere(path);
  if (!written) throw new Error(`${path} vanished while it was being written`);
  return written;
}

/** Longer than any token that was signed before is good for. */
const ROTATION_MS = 24 * 3_600_000;

/**
 * Draws new secrets; a server that starts afterwards signs with them. The ones before verify for another day, or, when they are in
 * wrong hands, no longer. Answers null while an earlier rotation is still under way.
 */
export function rotateSecrets(dataDir: string, { atOnce, now }: { atOnce: boolean; now: Date }): Secrets | null {
  const path = join(dataDir, 'secrets.json');
  const { previous, ...before } = readSecrets(dataDir);
  if (!atOnce && previous && Date.parse(previous.validUntil) > now.getTime()) return null;
  const validUntil = new Date(now.getTime() + ROTATION_MS).toISOString();
  const drawn = { sessionSecret: drawSecret(), cookieSecret: drawSecret() };
  const secrets: Secrets = atOnce ? drawn : { ...drawn, previous: { ...before, validUntil } };
  const draft = `${path}.rotated`;
  rmSync(draft, { force: true });
  writeOnce(draft, `${JSON.stringify(secrets, null, 2)}\n`);
  renameSync(draft, path);
  return secrets;
}

export function drawSecret(): string {
  return randomBytes(32).toString('hex');
}

/** Creates a 0600 file with this content unless the file is already there. */
export function writeOnce(path: string, content: string): void {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Some network and memory-stick file systems know no hard links; an exclusive create is the next best thing.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS')
      writeFileSync(path, content, { flag: 'wx', mode: 0o600 });
    else if (code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readIfThere(path: string): Secrets | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return secretsFile.parse(JSON.parse(text));
  } catch {
    throw new OperatorError(
      `${path} is damaged. Restore it from a backup; deleting it signs everybody out.`,
      `${path} 已损坏。请从备份恢复；删除该文件会让所有人退出登录。`,
    );
  }
}
