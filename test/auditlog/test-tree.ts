import { leafHash, perfectRoot, type ReadSubtree } from '../../src/auditlog/merkle.ts';

/** The leaves of the vectors: `{"n":0}`, `{"n":1}` and so on, hashed. */
export function testLeaves(size: number): Buffer[] {
  return Array.from({ length: size }, (_, index) => leafHash(Buffer.from(`{"n":${index}}`)));
}

/** Reads subtrees straight out of all leaves. */
export function readerOf(leaves: readonly Buffer[]): ReadSubtree {
  return ({ height, index }) => {
    const start = index * 2 ** height;
    const end = start + 2 ** height;
    if (end > leaves.length) throw new RangeError(`no leaf ${end - 1}`);
    return perfectRoot(Buffer.concat(leaves.slice(start, end)));
  };
}
