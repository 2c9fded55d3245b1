import type { TreeHead } from './proofs.ts';

/** A tree head under the name of its log, as C2SP tlog-checkpoint writes it. */
export interface Checkpoint extends TreeHead {
  origin: string;
}

/** Three lines: what is signed. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/** Null for anything that `formatCheckpoint` does not write. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const checkpoint = { origin, size: Number(size), root: Buffer.from(root, 'base64') };
  const isOurs = Number.isSafeInteger(checkpoint.size) && checkpoint.root.length === 32 && origin !== '';
  return isOurs && formatCheckpoint(checkpoint) === text ? checkpoint : null;
}

/** Any checkpoint, also of another log's making: below the three lines it may have others, which say nothing to us. */
export function parseExtendedCheckpoint(text: string): Checkpoint | null {
  const [, ownLines = '', extension = ''] = /^((?:[^\n]+\n){3})((?:[^\n]+\n)*)$/.exec(text) ?? [];
  return ownLines + extension === text ? parseCheckpoint(ownLines) : null;
}

/** A C2SP tlog-proof; the entry's exact bytes are its extra data, so that the receipt can be checked all by itself. */
export function formatReceipt(receipt: {
  index: number;
  proof: readonly Buffer[];
  note: string;
  entry?: Buffer | undefined;
}): string {
  return [
    'c2sp.org/tlog-proof@v1',
    ...(receipt.entry ? [`extra ${receipt.entry.toString('base64')}`] : []),
    `index ${receipt.index}`,
    ...receipt.proof.map((hash) => hash.toString('base64')),
    '',
    receipt.note,
  ].join('\n');
}
