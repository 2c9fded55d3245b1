/** RFC 6962 as an auditor needs it: hashes, a tree that grows from left to right, and the check of an inclusion proof. */
import { hash } from 'node:crypto';

export const HASH_BYTES = 32;
export const TILE_WIDTH = 256;

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

// The one-shot function: an object for each hash would be many times slower.
export function leafHash(entry: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([LEAF, entry]), 'buffer');
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');
}

/**
 * Takes leaf hashes in order and keeps one hash for each perfect subtree of the right edge, at most 53. Whatever has just
 * become whole is told to `onSubtree`, from small to large.
 */
export class GrowingTree {
  size = 0;
  readonly #edge: { height: number; hash: Buffer }[] = [];
  readonly #onSubtree: (height: number, index: number, hash: Buffer) => void;

  constructor(onSubtree: (height: number, index: number, hash: Buffer) => void) {
    this.#onSubtree = onSubtree;
  }

  add(leaf: Buffer): void {
    let whole = { height: 0, hash: leaf };
    this.#onSubtree(0, this.size, leaf);
    this.size += 1;
    for (let left = this.#edge.at(-1); left?.height === whole.height; left = this.#edge.at(-1)) {
      this.#edge.pop();
      whole = { height: whole.height + 1, hash: nodeHash(left.hash, whole.hash) };
      this.#onSubtree(whole.height, this.size / 2 ** whole.height - 1, whole.hash);
    }
    this.#edge.push(whole);
  }

  root(): Buffer {
    const [last, ...before] = [...this.#edge].reverse();
    if (!last) return hash('sha256', '', 'buffer');
    return before.reduce((right, left) => nodeHash(left.hash, right), last.hash);
  }
}

/** The root to which a leaf and its proof lead in a tree of `size`; null when the proof has the wrong length. */
export function rootOfProof(leaf: Buffer, index: number, size: number, proof: readonly Buffer[]): Buffer | null {
  const rest = [...proof];
  const climb = (at: number, leaves: number): Buffer | null => {
    if (leaves === 1) return leaf;
    const split = splitOf(leaves);
    // The sibling nearest to the root comes last.
    const sibling = rest.pop();
    if (!sibling) return null;
    const below = at < split ? climb(at, split) : climb(at - split, leaves - split);
    if (!below) return null;
    return at < split ? nodeHash(below, sibling) : nodeHash(sibling, below);
  };
  if (index >= size) return null;
  const root = climb(index, size);
  return rest.length === 0 ? root : null;
}

/** The proof of one leaf out of whatever answers with the hash of a perfect subtree. */
export async function buildProof(
  index: number,
  size: number,
  subtree: (height: number, index: number) => Promise<Buffer>,
): Promise<Buffer[]> {
  const proof: Buffer[] = [];
  let [start, leaves] = [0, size];
  while (leaves > 1) {
    const split = splitOf(leaves);
    const isLeft = index < start + split;
    proof.unshift(await rangeHash(isLeft ? start + split : start, isLeft ? leaves - split : split, subtree));
    if (!isLeft) start += split;
    leaves = isLeft ? split : leaves - split;
  }
  return proof;
}

async function rangeHash(
  start: number,
  leaves: number,
  subtree: (height: number, index: number) => Promise<Buffer>,
): Promise<Buffer> {
  const split = splitOf(leaves);
  if (leaves === 1 || split * 2 === leaves) return subtree(Math.log2(leaves), start / leaves);
  const left = await rangeHash(start, split, subtree);
  return nodeHash(left, await rangeHash(start + split, leaves - split, subtree));
}

/** The root over a power of two of hashes that lie in a row. */
export function rowRoot(hashes: Buffer): Buffer {
  if (hashes.length === HASH_BYTES) return hashes;
  const middle = hashes.length / 2;
  return nodeHash(rowRoot(hashes.subarray(0, middle)), rowRoot(hashes.subarray(middle)));
}

/** The largest power of two below a number of leaves. */
function splitOf(leaves: number): number {
  let split = 1;
  while (split * 2 < leaves) split *= 2;
  return split;
}
