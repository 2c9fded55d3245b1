/** Text signed with Ed25519 as C2SP signed-note writes it, and the keys of the village logs. */
import { createPrivateKey, createPublicKey, hash, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';

/** A log's key under its name, which is the log's origin. */
export interface NoteKey {
  name: string;
  keyId: Buffer;
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** What verifiers are configured with: `name+keyID+base64(type‖key)`. */
  vkey: string;
}

const ED25519 = Buffer.from([0x01]);
/** What stands before the 32 bytes of a seed in a PKCS #8 file, and before those of a public key in its own. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_BYTES = 12;

/** Each log has a key of its own: whoever learns one has no other. */
export function logKey(logSeed: string, origin: string): NoteKey {
  const seed = hkdfSync('sha256', Buffer.from(logSeed, 'hex'), '', origin, 32);
  return noteKey(origin, Buffer.from(seed));
}

export function noteKey(name: string, seed: Buffer): NoteKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_BYTES);
  const material = Buffer.concat([ED25519, raw]);
  const keyId = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), material]), 'buffer').subarray(0, 4);
  const vkey = `${name}+${keyId.toString('hex')}+${material.toString('base64')}`;
  return { name, keyId, privateKey, publicKey, vkey };
}

/** The text, which ends with a line feed, and under it the signature. */
export function signNote(text: string, { name, keyId, privateKey }: NoteKey): string {
  const signature = Buffer.concat([keyId, sign(null, Buffer.from(text), privateKey)]);
  return `${text}\n— ${name} ${signature.toString('base64')}\n`;
}

/** The text of a note that this key has signed; null for any other. */
export function openNote(note: string, { name, keyId, publicKey }: NoteKey): string | null {
  const end = note.lastIndexOf('\n\n');
  if (end === -1 || !note.endsWith('\n')) return null;
  const text = note.slice(0, end + 1);
  const isSigned = note
    .slice(end + 2)
    .split('\n')
    .map((line) => /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line))
    .some((line) => {
      const signature = Buffer.from(line?.[2] ?? '', 'base64');
      return (
        line?.[1] === name &&
        signature.subarray(0, 4).equals(keyId) &&
        verify(null, Buffer.from(text), publicKey, signature.subarray(4))
      );
    });
  return isSigned ? text : null;
}
