/** The browser's own check against the server's code: it says yes to what is true and no to anything else. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeRoot } from '../../src/auditlog/merkle.ts';
import { inclusionPath } from '../../src/auditlog/proofs.ts';
import { parseReceipt, verifySeal } from '../../views/assets/check-receipt.ts';
import { consistent, includes, leafHash } from '../../views/assets/check-tree.ts';
import { key, type MadeLog, makeEntry, makeLog, makeStory } from '../audit/made-log.ts';
import { readerOf, testLeaves } from './test-tree.ts';

const MOST = 700;
const entries = Array.from({ length: MOST }, (_, index) => Buffer.from(`{"n":${index}}`));
const read = readerOf(testLeaves(MOST));
const headOf = (size: number) => ({ size, root: bytesOf(rangeRoot({ start: 0, end: size }, read)) });
const bytesOf = (buffer: Buffer) => Uint8Array.from(buffer);
const tilesOf = (log: MadeLog) => async (path: string) => bytesOf(log.get(`tile/${path}`) ?? Buffer.alloc(0));

const size = fc.integer({ min: 1, max: MOST });
const sizeAndIndex = size.chain((given) => fc.tuple(fc.constant(given), fc.nat(given - 1)));

test('a record is included where it is, and nowhere else', async () => {
  await fc.assert(
    fc.asyncProperty(sizeAndIndex, fc.nat(), async ([given, index], salt) => {
      const head = headOf(given);
      const proof = inclusionPath(index, given).map((range) => bytesOf(rangeRoot(range, read)));
      const leaf = await leafHash(bytesOf(entries[index] as Buffer));
      const other = await leafHash(bytesOf(entries[(index + 1) % MOST] as Buffer));
      expect(await includes(leaf, index, head, proof)).toBe(true);
      expect(await includes(other, index, head, proof)).toBe(false);
      expect(await includes(leaf, given, head, proof)).toBe(false);
      expect(await includes(leaf, index, head, [...proof, leaf])).toBe(false);
      if (proof.length === 0) return;
      expect(await includes(leaf, index, head, proof.slice(1))).toBe(false);
      const bent = proof.map((hash) => hash.slice());
      const hash = bent[salt % bent.length] as Uint8Array;
      hash[salt % 32] = (hash[salt % 32] ?? 0) ^ 1;
      expect(await includes(leaf, index, head, bent)).toBe(false);
    }),
  );
});

test('a log continues what it was, and nothing else', async () => {
  const logs = new Map([1, 2, 255, 256, 257, 512, 513, MOST].map((given) => [given, makeLog(entries.slice(0, given))]));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...logs), fc.nat(MOST), fc.nat(), async ([given, log], smaller, salt) => {
      const earlier = headOf(smaller % (given + 1));
      const later = headOf(given);
      expect(await consistent(earlier, later, tilesOf(log))).toBe(true);
      if (earlier.size === 0) return;
      const wrong = earlier.root.slice();
      wrong[salt % 32] = (wrong[salt % 32] ?? 0) ^ 1;
      expect(await consistent({ ...earlier, root: wrong }, later, tilesOf(log))).toBe(false);
      if (earlier.size === given) return;
      expect(await consistent(earlier, { ...later, root: wrong }, tilesOf(log))).toBe(false);
      expect(await consistent(earlier, later, async () => new Uint8Array())).toBe(false);
    }),
  );
});

test('a receipt is read, and its seal holds for its own key alone', async () => {
  const log = makeLog(makeStory(20).map(makeEntry), { receipts: true });
  const text = String(log.get('receipt/7'));
  const receipt = parseReceipt(text);
  expect(receipt).toMatchObject({ index: 7, origin: key.name, head: { size: 20 } });
  expect(await includes(await leafHash(receipt.entry), 7, receipt.head, receipt.proof)).toBe(true);
  expect(await verifySeal(receipt, key.vkey)).toBe(true);
  expect(await verifySeal(receipt, key.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+'))).toBe(false);
  expect(await verifySeal(receipt, '')).toBe(false);
  expect(await verifySeal(parseReceipt(text.replace('\n20\n', '\n21\n')), key.vkey)).toBe(false);
  expect(() => parseReceipt('not found\n')).toThrow('no receipt');
});
