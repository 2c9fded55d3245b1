/**
 * Seals what the database must keep but not know, with keys that lie in DATA_DIR/storage-keys: one a line, the newest first. What
 * an older one sealed stays readable, so none is ever taken away. Each purpose has a key of its own, and what was sealed for one
 * row opens in no other.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from './operator-error.ts';
import { drawSecret, writeOnce } from './secrets.ts';

export interface Vault {
  /** The context names the row, so that nobody can move it to another. */
  seal(plain: Buffer, context: string): Buffer;
  /** Null when it was sealed with a key that is not here, for another row, or was changed. */
  open(sealed: Buffer, context: string): Buffer | null;
  /** Sealed by the newest key. */
  isNewest(sealed: Buffer): boolean;
}

const VERSION = 1;
const ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + ID_BYTES + NONCE_BYTES;

/** Draws the first key when there is none, so that a backup made from now on has it. */
export function openVault(dataDir: string, purpose: string): Vault {
  let keys = provideKeys(dataDir).map((secret) => keyFor(secret, purpose));
  const find = (id: Buffer) => keys.find((key) => key.id.equals(id));
  const keyOf = (sealed: Buffer) => {
    const id = sealed.subarray(1, 1 + ID_BYTES);
    // A process that started later may have read a newer key.
    if (!find(id)) keys = provideKeys(dataDir).map((secret) => keyFor(secret, purpose));
    return find(id);
  };
  const newest = () => {
    const [key] = keys;
    if (!key) throw new Error('a vault without a key');
    return key;
  };
  return {
    seal: (plain, context) => {
      const key = newest();
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key.secret, nonce).setAAD(Buffer.from(context));
      const content = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), key.id, nonce, content, cipher.getAuthTag()]);
    },
    open: (sealed, context) => {
      const key = sealed[0] === VERSION && sealed.length >= HEAD_BYTES + TAG_BYTES ? keyOf(sealed) : undefined;
      if (!key) return null;
      const nonce = sealed.subarray(1 + ID_BYTES, HEAD_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: TAG_BYTES })
        .setAAD(Buffer.from(context))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        return null;
      }
    },
    isNewest: (sealed) => sealed[0] === VERSION && newest().id.equals(sealed.subarray(1, 1 + ID_BYTES)),
  };
}

/** What is sealed from now on, once the server has started again, is sealed with a new key. */
export function rotateVault(dataDir: string): void {
  const path = join(dataDir, FILE);
  const keys = [drawSecret(), ...provideKeys(dataDir)];
  const draft = `${path}.rotated`;
  rmSync(draft, { force: true });
  writeOnce(draft, `${keys.join('\n')}\n`);
  renameSync(draft, path);
}

const FILE = 'storage-keys';

function provideKeys(dataDir: string): string[] {
  const path = join(dataDir, FILE);
  const known = readIfThere(path);
  if (known) return known;
  mkdirSync(dataDir, { recursive: true });
  writeOnce(path, `${drawSecret()}\n`);
  const written = readIfThere(path);
  if (!written) throw new Error(`${path} vanished while it was being written`);
  return written;
}

function readIfThere(path: string): string[] | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const keys = text.split('\n').filter((line) => line !== '');
  if (keys.length > 0 && keys.every((key) => /^[0-9a-f]{64}$/.test(key))) return keys;
  throw new OperatorError(
    `${path} is damaged. Restore it from a backup; without it the second step of everybody must be set up anew.`,
    `${path} 已损坏。请从备份恢复；没有它，所有人的两步登录都要重新设置。`,
  );
}

function keyFor(secret: string, purpose: string) {
  const bytes = Buffer.from(secret, 'hex');
  return {
    id: createHash('sha256').update(bytes).digest().subarray(0, ID_BYTES),
    secret: Buffer.from(hkdfSync('sha256', bytes, '', purpose, 32)),
  };
}
