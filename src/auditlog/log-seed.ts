import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../platform/operator-error.ts';
import { drawSecret, writeOnce } from '../platform/secrets.ts';

/** 256 bits in hexadecimal, from which the keys of all village logs follow; drawn at the first start. */
export function readLogSeed(dataDir: string): string {
  return readSeed(dataDir, 'log-seed', 'the public logs cannot be signed any more', '没有它，公开账本无法再签名');
}

/** The same for the key with which this server cosigns other logs: it is never derived from the one that signs its own. */
export function readWitnessSeed(dataDir: string): string {
  return readSeed(
    dataDir,
    'witness-seed',
    'the logs of others cannot be cosigned any more',
    '没有它，无法再见证别的账本',
  );
}

function readSeed(dataDir: string, name: string, english: string, chinese: string): string {
  const path = join(dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(path)) writeOnce(path, `${drawSecret()}\n`);
  const seed = readFileSync(path, 'utf8').trim();
  if (/^[0-9a-f]{64}$/.test(seed)) return seed;
  throw new OperatorError(
    `${path} is damaged. Restore it from a backup: without it ${english}.`,
    `${path} 已损坏。请从备份恢复；${chinese}。`,
  );
}
