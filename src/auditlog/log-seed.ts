import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../platform/operator-error.ts';
import { drawSecret, writeOnce } from '../platform/secrets.ts';

/** 256 bits in hexadecimal, from which the keys of all village logs follow; drawn at the first start. */
export function readLogSeed(dataDir: string): string {
  const path = join(dataDir, 'log-seed');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(path)) writeOnce(path, `${drawSecret()}\n`);
  const seed = readFileSync(path, 'utf8').trim();
  if (/^[0-9a-f]{64}$/.test(seed)) return seed;
  throw new OperatorError(
    `${path} is damaged. Restore it from a backup: without it the public logs cannot be signed any more.`,
    `${path} 已损坏。请从备份恢复；没有它，公开账本无法再签名。`,
  );
}
