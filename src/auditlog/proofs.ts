import { type LeafRange, nodeHash } from './merkle.ts';

/** The subtrees whose roots prove that leaf `index` is in a tree of `size` leaves, from the leaf's sibling upwards. */
export function inclusionPath(index: number, size: number): LeafRange[] {
  const path: LeafRange[] = [];
  let range = { start: 0, end: size };
  while (range.end - range.start > 1) {
    const middle = range.start + splitOf(range);
    const left = { start: range.start, end: middle };
    const right = { start: middle, end: range.end };
    path.unshift(index < middle ? right : left);
    range = index < middle ? left : right;
  }
  return path;
}

/** The subtrees whose roots prove that a tree of `size` leaves begins with the tree of its first `earlier` leaves. */
export function consistencyPath(earlier: number, size: number): LeafRange[] {
  const path: LeafRange[] = [];
  if (earlier === 0) return path;
  let range = { start: 0, end: size };
  while (earlier < range.end) {
    const middle = range.start + splitOf(range);
    const left = { start: range.start, end: middle };
    const right = { start: middle, end: range.end };
    path.unshift(earlier <= middle ? right : left);
    range = earlier <= middle ? left : right;
  }
  // The earlier tree is itself one of the subtrees: its root is known to whoever checks.
  if (range.start > 0) path.unshift(range);
  return path;
}

/** The largest power of two below the number of leaves. */
function splitOf({ start, end }: LeafRange): number {
  let split = 1;
  while (split * 2 < end - start) split *= 2;
  return split;
}

/** RFC 9162, 2.1.3.2. */
export function verifyInclusion(
  leaf: Buffer,
  index: number,
  size: number,
  proof: readonly Buffer[],
  root: Buffer,
): boolean {
  if (index >= size) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && hash.equals(root);
}

export interface TreeHead {
  size: number;
  root: Buffer;
}

/** RFC 9162, 2.1.4.2. */
export function verifyConsistency(earlier: TreeHead, later: TreeHead, proof: readonly Buffer[]): boolean {
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return proof.length === 0 && earlier.root.equals(later.root);
  if (earlier.size === 0) return proof.length === 0;
  const [first, ...rest] = Number.isInteger(Math.log2(earlier.size)) ? [earlier.root, ...proof] : proof;
  if (!first) return false;
  let [node, last] = [earlier.size - 1, later.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [before, after] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      before = nodeHash(sibling, before);
      after = nodeHash(sibling, after);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)];
    } else {
      after = nodeHash(after, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && before.equals(earlier.root) && after.equals(later.root);
}

function half(number: number): number {
  return Math.floor(number / 2);
}
