import { randomBytes, randomUUID } from 'node:crypto';

/** A fresh idempotency key for a form. */
export const newIdempotencyKey = randomUUID;

/** 130 random bits in 26 upper-case base-32 letters: short in a QR's alphanumeric mode, no 0/O or 1/I to confuse. */
export function newPublicToken(): string {
  return base32(randomBytes(17)).slice(0, 26);
}

/** 80 random bits in 16 upper-case base-32 letters: names a row in an address without telling how many there are. */
export function newPublicId(): string {
  return base32(randomBytes(10));
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

function base32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  let text = '';
  for (let at = 0; at + 5 <= bits.length; at += 5) text += ALPHABET[Number.parseInt(bits.slice(at, at + 5), 2)];
  return text;
}
