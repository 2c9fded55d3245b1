import { randomFillSync, randomUUID } from 'node:crypto';

/** A fresh idempotency key for a form. */
export const newIdempotencyKey = randomUUID;

/** 130 random bits in 26 upper-case base-32 letters: short in a QR's alphanumeric mode, no 0/O or 1/I to confuse. */
export function newPublicToken(): string {
  return base32(drawBytes(17)).slice(0, 26);
}

export function isPublicToken(text: string): boolean {
  return PUBLIC_TOKEN.test(text);
}

/** 80 random bits in 16 upper-case base-32 letters: names a row in an address without telling how many there are. */
export function newPublicId(): string {
  return base32(drawBytes(10));
}

/** 122 random bits, hexadecimal: the name under which an account stands in the public log. */
export function newPseudonym(): string {
  return randomUUID().replaceAll('-', '');
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const PUBLIC_TOKEN = new RegExp(`^[${ALPHABET}]{26}$`);

function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let bitCount = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    bitCount += 8;
    for (; bitCount >= 5; bitCount -= 5) text += ALPHABET[(bits >>> (bitCount - 5)) & 31];
    bits &= (1 << bitCount) - 1;
  }
  return text;
}

/** Asking the system costs more than what is drawn: a batch of a hundred awards needs some five hundred draws. */
const pool = Buffer.alloc(8_192);
let poolLeft = 0;

/** Unpredictable bytes, each handed out once and wiped behind. */
export function drawBytes(count: number): Buffer {
  if (poolLeft < count) {
    randomFillSync(pool);
    poolLeft = pool.length;
  }
  const drawn = pool.subarray(poolLeft - count, poolLeft);
  const bytes = Buffer.from(drawn);
  drawn.fill(0);
  poolLeft -= count;
  return bytes;
}
