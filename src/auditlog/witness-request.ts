/** What a log sends to a witness and what it gets back, as C2SP tlog-witness writes it. */
import { type Checkpoint, parseExtendedCheckpoint } from './checkpoint.ts';
import { HASH_BYTES } from './merkle.ts';
import { type NoteSignature, parseNote } from './signed-note.ts';

/** More hashes no consistency proof can have. */
const MOST_PROOF_LINES = 63;

export interface AddCheckpoint {
  oldSize: number;
  proof: Buffer[];
  /** With the extension lines that the log may have added. */
  text: string;
  checkpoint: Checkpoint;
  signatures: NoteSignature[];
}

export function formatAddCheckpoint(request: { oldSize: number; proof: readonly Buffer[]; note: string }): string {
  const hashes = request.proof.map((hash) => `${hash.toString('base64')}\n`).join('');
  return `old ${request.oldSize}\n${hashes}\n${request.note}`;
}

/** Null for whatever the protocol calls malformed. */
export function parseAddCheckpoint(body: string): AddCheckpoint | null {
  const end = body.indexOf('\n\n');
  const [first = '', ...hashes] = body.slice(0, Math.max(0, end)).split('\n');
  const oldSize = parseSize(/^old (\d+)$/.exec(first)?.[1] ?? '');
  const note = parseNote(body.slice(end + 2));
  const checkpoint = note && parseExtendedCheckpoint(note.text);
  if (end === -1 || oldSize === null || !note || !checkpoint || hashes.length > MOST_PROOF_LINES) return null;
  const proof = hashes.map((hash) => Buffer.from(hash, 'base64'));
  if (proof.some((hash, place) => hash.length !== HASH_BYTES || hash.toString('base64') !== hashes[place])) return null;
  return { oldSize, proof, checkpoint, ...note };
}

/** A decimal number without leading zeros; null for any other text. */
export function parseSize(text: string): number | null {
  return /^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;
}
