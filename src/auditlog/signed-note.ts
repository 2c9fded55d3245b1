/** Text signed with Ed25519 as C2SP signed-note writes it, and the keys of the village logs. */
import { createPrivateKey, createPublicKey, hash, hkdfSync, type KeyObject, sign, verify } from 'node:crypto';

/** A key that is known: a log's under its origin, or a cosigner's under its name. */
export interface VerifierKey {
  name: string;
  keyId: Buffer;
  publicKey: KeyObject;
  /** What verifiers are configured with: `name+keyID+base64(type‖key)`. */
  vkey: string;
}

export interface NoteKey extends VerifierKey {
  privateKey: KeyObject;
}

/** The byte that says what a key signs: the text itself, or the text with the time at which it was looked at. */
const SIGNATURE_TYPE = { log: 0x01, cosigner: 0x04 } as const;

type SignatureType = keyof typeof SIGNATURE_TYPE;

/** What stands before the 32 bytes of a seed in a PKCS #8 file, and before those of a public key in its own. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** Each log has a key of its own: whoever learns one has no other. */
export function logKey(logSeed: string, origin: string): NoteKey {
  return noteKey(origin, deriveSeed(logSeed, origin));
}

/** The same for a cosigner, whose statement does not say who made it: another name is another key. */
export function cosignerKey(witnessSeed: string, name: string): NoteKey {
  return noteKey(name, deriveSeed(witnessSeed, `cosigner ${name}`), 'cosigner');
}

function deriveSeed(seed: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(seed, 'hex'), '', purpose, 32));
}

export function noteKey(name: string, seed: Buffer, type: SignatureType = 'log'): NoteKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD.length);
  return { ...verifierKey(name, raw, type), privateKey };
}

function verifierKey(name: string, raw: Buffer, type: SignatureType): VerifierKey {
  const material = Buffer.concat([Buffer.from([SIGNATURE_TYPE[type]]), raw]);
  const keyId = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), material]), 'buffer').subarray(0, 4);
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
  return { name, keyId, publicKey, vkey: `${name}+${keyId.toString('hex')}+${material.toString('base64')}` };
}

/** Null for anything that is not exactly the verifier key of this kind. */
export function parseVkey(vkey: string, type: SignatureType): VerifierKey | null {
  const [, name = '', encoded = ''] = /^([^+\s]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/]{44})$/.exec(vkey) ?? [];
  const material = Buffer.from(encoded, 'base64');
  if (material.length !== 33 || material[0] !== SIGNATURE_TYPE[type]) return null;
  const key = verifierKey(name, material.subarray(1), type);
  return key.vkey === vkey ? key : null;
}

/** The text, which ends with a line feed, and under it the signature. */
export function signNote(text: string, { name, keyId, privateKey }: NoteKey): string {
  const signature = Buffer.concat([keyId, sign(null, Buffer.from(text), privateKey)]);
  return `${text}\n— ${name} ${signature.toString('base64')}\n`;
}

export interface NoteSignature {
  name: string;
  keyId: Buffer;
  signature: Buffer;
  /** With its line feed. */
  line: string;
}

/** A note in its two parts; null when it is none. */
export function parseNote(note: string): { text: string; signatures: NoteSignature[] } | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 1 || !note.endsWith('\n') || [...note].some((letter) => letter < ' ' && letter !== '\n')) return null;
  const signatures = parseSignatures(note.slice(end + 2));
  return signatures && { text: note.slice(0, end + 1), signatures };
}

/** Lines of signatures, each with its line feed; null when one of them is none. */
export function parseSignatures(lines: string): NoteSignature[] | null {
  const signatures: NoteSignature[] = [];
  for (const line of lines.slice(0, -1).split('\n')) {
    const [, name, encoded = ''] = /^— ([^+\s]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
    const bytes = Buffer.from(encoded, 'base64');
    if (name === undefined || bytes.length < 5 || bytes.toString('base64') !== encoded) return null;
    signatures.push({ name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4), line: `${line}\n` });
  }
  return signatures;
}

export function isBy({ name, keyId }: NoteSignature, key: VerifierKey): boolean {
  return key.name === name && key.keyId.equals(keyId);
}

export function holdsFor(text: string, { signature }: NoteSignature, { publicKey }: VerifierKey): boolean {
  return signature.length === 64 && verify(null, Buffer.from(text), publicKey, signature);
}

/** The text of a note that this key has signed; null for any other. */
export function openNote(note: string, key: VerifierKey): string | null {
  const parsed = parseNote(note);
  const isSigned = parsed?.signatures.some((line) => isBy(line, key) && holdsFor(parsed.text, line, key)) ?? false;
  return parsed && isSigned ? parsed.text : null;
}
