import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the least cost that OWASP advises: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password.normalize('NFKC'));
}

/** Ten digits, typed alike with every keyboard and input method; good for one sign-in, at which it must be changed. */
export function drawTemporaryPassword(): string {
  return Array.from({ length: 10 }, () => randomInt(10)).join('');
}

/** Compared with when nobody has the username, so that the answer takes as long as for somebody. */
export const NOBODYS_HASH = hashPassword('nobody has this password');
