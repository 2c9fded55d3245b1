/**
 * C2SP tlog-cosignature of type 0x04: a cosigner states that, at this time, the tree was the largest of its log that it had
 * seen, and that every earlier one it saw is the beginning of it.
 */
import { sign, verify } from 'node:crypto';
import { isBy, type NoteKey, type NoteSignature, type VerifierKey } from './signed-note.ts';

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

/** The signature line, with its line feed. */
export function cosign(text: string, { name, keyId, privateKey }: NoteKey, seconds: number): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = sign(null, statement(text, BigInt(seconds)), privateKey);
  return `— ${name} ${Buffer.concat([keyId, time, signature]).toString('base64')}\n`;
}

/** Whether the line is this cosigner's and holds; `not-theirs` says nothing about the line. */
export function checkCosignature(
  text: string,
  line: NoteSignature,
  key: VerifierKey,
): 'holds' | 'forged' | 'not-theirs' {
  if (!isBy(line, key)) return 'not-theirs';
  const { signature } = line;
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) return 'forged';
  const time = signature.readBigUInt64BE(0);
  // A time of zero would leave open when the cosigner looked, and a signed number of 64 bits must be able to hold it.
  if (time === 0n || time >= 2n ** 63n) return 'forged';
  const holds = verify(null, statement(text, time), key.publicKey, signature.subarray(TIME_BYTES));
  return holds ? 'holds' : 'forged';
}

function statement(text: string, time: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
}
