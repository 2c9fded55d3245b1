/** C2SP signed notes and checkpoints: who signed what. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

/** A key that the auditor trusts. A log signs the text itself; a cosigner signs it with the time at which it looked. */
export interface TrustedKey {
  name: string;
  keyId: Buffer;
  kind: 'log' | 'cosigner';
  publicKey: KeyObject;
}

export interface Checkpoint {
  /** Of a closed log: the verifier key of the log that goes on in its place. */
  successorVkey?: string | undefined;
  origin: string;
  size: number;
  root: Buffer;
}

const KINDS: Readonly<Record<number, TrustedKey['kind']>> = { 1: 'log', 4: 'cosigner' };
/** What stands before the 32 bytes of an Ed25519 key in a public key file. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** `name+keyID+base64(type‖key)`; null when it is malformed or the key ID belongs to another key. */
export function parseVkey(vkey: string): TrustedKey | null {
  const [, name = '', id = '', encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(vkey) ?? [];
  const material = Buffer.from(encoded, 'base64');
  const kind = KINDS[material[0] ?? 0];
  if (!kind || material.length !== 33) return null;
  const keyId = createHash('sha256').update(`${name}\n`).update(material).digest().subarray(0, 4);
  if (keyId.toString('hex') !== id) return null;
  const key = Buffer.concat([SPKI_HEAD, material.subarray(1)]);
  return { name, keyId, kind, publicKey: createPublicKey({ key, format: 'der', type: 'spki' }) };
}

export interface OpenedNote {
  text: string;
  /** The trusted keys whose signatures hold. */
  signers: TrustedKey[];
  /** When each cosigner of these looked, in seconds since 1970. */
  times: Map<TrustedKey, number>;
  /** A trusted key whose signature does not hold: such a note is worth nothing. */
  forged?: TrustedKey | undefined;
}

/** Null when it is no signed note. */
export function openNote(note: string, keys: readonly TrustedKey[]): OpenedNote | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 1 || !note.endsWith('\n') || [...note].some((letter) => letter < ' ' && letter !== '\n')) return null;
  const text = note.slice(0, end + 1);
  const signers: TrustedKey[] = [];
  const times: OpenedNote['times'] = new Map();
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, name, encoded = ''] = /^— ([^+\s]+) ([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
    const signature = Buffer.from(encoded, 'base64');
    if (name === undefined || signature.length < 5 || signature.toString('base64') !== encoded) return null;
    const key = keys.find((known) => known.name === name && known.keyId.equals(signature.subarray(0, 4)));
    if (key) {
      if (!holds(key, text, signature.subarray(4))) return { text, signers: [], times, forged: key };
      signers.push(key);
      if (key.kind === 'cosigner') times.set(key, Number(signature.readBigUInt64BE(4)));
    }
  }
  return { text, signers, times };
}

function holds({ kind, publicKey }: TrustedKey, text: string, signature: Buffer): boolean {
  if (kind === 'log') return verify(null, Buffer.from(text), publicKey, signature);
  // A cosigner that does not say when it looked says too little.
  if (signature.length !== 72 || signature.readBigUInt64BE(0) === 0n) return false;
  const signed = `cosignature/v1\ntime ${signature.readBigUInt64BE(0)}\n${text}`;
  return verify(null, Buffer.from(signed), publicKey, signature.subarray(8));
}

/** Null when the text is no checkpoint. Lines after the third are allowed and say nothing to us. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [, origin = '', size = '', encoded = ''] =
    /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*$/.exec(text) ?? [];
  const root = Buffer.from(encoded, 'base64');
  if (root.length !== 32 || root.toString('base64') !== encoded || !Number.isSafeInteger(Number(size))) return null;
  const [, successorVkey] = /\nsuccessor (\S+)\n/.exec(text) ?? [];
  return { origin, size: Number(size), root, ...(successorVkey !== undefined && { successorVkey }) };
}
