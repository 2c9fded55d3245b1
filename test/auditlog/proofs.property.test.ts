import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HASH_BYTES, nodeHash, perfectRoot, rangeRoot } from '../../src/auditlog/merkle.ts';
import { consistencyPath, inclusionPath, verifyConsistency, verifyInclusion } from '../../src/auditlog/proofs.ts';
import { subtreeReader, tilesOf, widthInTree } from '../../src/auditlog/tiles.ts';
import { readerOf, testLeaves } from './test-tree.ts';

const MOST = 1200;
const leaves = testLeaves(MOST);
const read = readerOf(leaves);
const rootOf = (size: number) => rangeRoot({ start: 0, end: size }, read);
const leafAt = (index: number) => leaves[index] as Buffer;

/** The definition in RFC 6962, word by word. */
function definedRoot(given: readonly Buffer[]): Buffer {
  const [only] = given;
  if (only && given.length === 1) return only;
  let split = 1;
  while (split * 2 < given.length) split *= 2;
  return nodeHash(definedRoot(given.slice(0, split)), definedRoot(given.slice(split)));
}

const size = fc.integer({ min: 1, max: MOST });
const sizeAndIndex = size.chain((given) => fc.tuple(fc.constant(given), fc.integer({ min: 0, max: given - 1 })));
const twoSizes = fc.tuple(fc.integer({ min: 0, max: MOST }), fc.integer({ min: 0, max: MOST })).map(inOrder);

function inOrder([one, other]: [number, number]): [number, number] {
  return one <= other ? [one, other] : [other, one];
}

test('the root is the one that RFC 6962 defines, at every size', () => {
  fc.assert(
    fc.property(size, (given) => {
      expect(rootOf(given)).toEqual(definedRoot(leaves.slice(0, given)));
    }),
  );
});

test('every leaf is proved in every tree that holds it, and in its own place only', () => {
  fc.assert(
    fc.property(sizeAndIndex, fc.nat(), ([given, index], salt) => {
      const proof = inclusionPath(index, given).map((range) => rangeRoot(range, read));
      const check = (leaf: Buffer, at = index, of = given, by = proof) =>
        verifyInclusion(leaf, at, of, by, rootOf(given));
      expect(check(leafAt(index))).toBe(true);
      expect(check(leafAt((index + 1) % MOST))).toBe(false);
      expect(check(leafAt(index), given)).toBe(false);
      expect(check(leafAt(index), index, given, [...proof, rootOf(1)])).toBe(false);
      if (given === 1) return;
      const other = (index + 1 + (salt % (given - 1))) % given;
      expect(check(leafAt(index), other)).toBe(false);
      expect(check(leafAt(index), index, given, proof.slice(1))).toBe(false);
      expect(check(leafAt(index), index, given, flipOneBit(proof, salt))).toBe(false);
    }),
  );
});

test('every tree is proved to begin with each earlier one, and with no other', () => {
  fc.assert(
    fc.property(twoSizes, fc.nat(), ([earlier, later], salt) => {
      const proof = consistencyPath(earlier, later).map((range) => rangeRoot(range, read));
      const before = { size: earlier, root: rootOf(earlier) };
      const after = { size: later, root: rootOf(later) };
      expect(verifyConsistency(before, after, proof)).toBe(true);
      if (earlier === 0) return;
      const [wrong] = flipOneBit([before.root], salt);
      expect(verifyConsistency({ ...before, root: wrong as Buffer }, after, proof)).toBe(false);
      expect(verifyConsistency(before, { ...after, root: wrong as Buffer }, proof)).toBe(false);
      if (earlier < later) {
        expect(verifyConsistency(after, before, proof)).toBe(false);
        expect(verifyConsistency(before, after, flipOneBit(proof, salt))).toBe(false);
        expect(verifyConsistency(before, after, proof.slice(0, -1))).toBe(false);
      }
    }),
  );
});

test('tiles of a tree give the same roots and proofs as its leaves', () => {
  fc.assert(
    fc.property(sizeAndIndex, twoSizes, ([given, index], [earlier]) => {
      const ranges = [
        { start: 0, end: given },
        ...inclusionPath(index, given),
        ...consistencyPath(Math.max(1, Math.min(earlier, given)), given),
      ];
      const tiles = tilesOf(ranges).map((place) => ({ ...place, hashes: tileOf(place, given) }));
      const readTile = subtreeReader(tiles);
      expect(ranges.map((range) => rangeRoot(range, readTile))).toEqual(ranges.map((range) => rangeRoot(range, read)));
      for (const { level, index: tileIndex, hashes } of tiles) {
        expect(hashes.length).toBe(HASH_BYTES * widthInTree({ level, index: tileIndex }, given));
      }
    }),
    { numRuns: 50 },
  );
});

function tileOf({ level, index }: { level: number; index: number }, treeSize: number): Buffer {
  const span = 256 ** level;
  const hashes = Array.from({ length: 256 }, (_, place) => (index * 256 + place) * span)
    .filter((start) => start + span <= treeSize)
    .map((start) => perfectRoot(Buffer.concat(leaves.slice(start, start + span))));
  return Buffer.concat(hashes);
}

function flipOneBit(hashes: readonly Buffer[], salt: number): Buffer[] {
  const copies = hashes.map((hash) => Buffer.from(hash));
  const hash = copies[salt % copies.length];
  if (hash) hash[salt % HASH_BYTES] = (hash[salt % HASH_BYTES] ?? 0) ^ (1 << (salt % 8));
  return copies;
}
