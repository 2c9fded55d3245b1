/** Every public format against the project's test vectors. */
import { expect, test } from 'vitest';
import { formatCheckpoint, formatReceipt, parseCheckpoint } from '../../src/auditlog/checkpoint.ts';
import { leafHash, rangeRoot } from '../../src/auditlog/merkle.ts';
import { inclusionPath, verifyInclusion } from '../../src/auditlog/proofs.ts';
import { noteKey, openNote, signNote } from '../../src/auditlog/signed-note.ts';
import { entryBundle, formatTileIndex, formatTilePath, parseTilePath } from '../../src/auditlog/tiles.ts';
import { readerOf, testLeaves } from './test-tree.ts';
import vectors from './tlog-vectors.json' with { type: 'json' };

const key = noteKey(vectors.origin, Buffer.from(vectors.logSeedHex, 'hex'));
const leaves = testLeaves(70_000);
const read = readerOf(leaves);

test('a leaf is hashed behind a zero byte', () => {
  expect(leafHash(Buffer.from('{"n":0}')).toString('base64')).toBe(vectors.leafHash0);
});

test.each(Object.entries(vectors.roots))('the root over %s leaves', (size, root) => {
  expect(rangeRoot({ start: 0, end: Number(size) }, read).toString('base64')).toBe(root);
});

test('the key ID and the vkey follow from name and seed', () => {
  expect(key.vkey).toBe(vectors.logVkey);
});

test('a checkpoint is signed to the byte, and opened only under its key', () => {
  const text = formatCheckpoint({ origin: vectors.origin, size: 257, root: Buffer.from(vectors.roots[257], 'base64') });
  const note = signNote(text, key);
  expect(vectors.checkpoint257.startsWith(note)).toBe(true);
  expect(openNote(vectors.checkpoint257, key)).toBe(text);
  expect(openNote(note.replace('\n257\n', '\n258\n'), key)).toBeNull();
  expect(openNote(note, noteKey(vectors.origin, Buffer.alloc(32)))).toBeNull();
  expect(openNote(note.replaceAll(vectors.origin, 'other.example'), key)).toBeNull();
  expect(parseCheckpoint(text)).toEqual({
    origin: vectors.origin,
    size: 257,
    root: Buffer.from(vectors.roots[257], 'base64'),
  });
  expect(parseCheckpoint(`${text}more\n`)).toBeNull();
  expect(parseCheckpoint(text.replace('257', '0257'))).toBeNull();
});

test('a receipt is a tlog-proof', () => {
  const proof = inclusionPath(256, 257).map((range) => rangeRoot(range, read));
  expect(formatReceipt({ index: 256, proof, note: vectors.checkpoint257 })).toBe(vectors.proof256of257);
  const root = Buffer.from(vectors.roots[257], 'base64');
  expect(verifyInclusion(leaves[256] as Buffer, 256, 257, proof, root)).toBe(true);
});

test('a bundle puts each entry behind its length', () => {
  expect(entryBundle([Buffer.from('{"n":256}')]).toString('hex')).toBe(vectors.bundle256p1Hex);
});

test.each(Object.entries(vectors.paths))('tile %s is spelt %s', (index, path) => {
  expect(formatTileIndex(Number(index))).toBe(path);
  expect(parseTilePath(`0/${path}`)).toEqual({ kind: 'hashes', level: 0, index: Number(index), width: 256 });
});

test.each(vectors.resources.filter((path) => path !== 'checkpoint'))('%s is read as it is written', (resource) => {
  const path = resource.replace(/^tile\//, '');
  const tile = parseTilePath(path);
  expect(tile && formatTilePath(tile)).toBe(path);
});

test.each([
  '',
  '0',
  '0/',
  '0/0',
  '0/00',
  '0/0000',
  '0/x000',
  '0/x000/000',
  '0/x001/x000',
  '0/001/000',
  '0/X001/000',
  '00/000',
  '01/000',
  '64/000',
  '-1/000',
  '0/000.p/0',
  '0/000.p/00',
  '0/000.p/01',
  '0/000.p/256',
  '0/000.p/',
  '0/000.p',
  '0/000.P/1',
  '0/000/',
  '/0/000',
  '0//000',
  '0/000.p/1/',
  '0/ 000',
  '0/000\n',
  '０/000',
  'entries/0',
  'entries/000.p/256',
  'Entries/000',
  'entries/0/000',
  'data/000',
  `0/${'x001/'.repeat(6)}000`,
])('no tile is spelt %j', (path) => {
  expect(parseTilePath(path)).toBeNull();
});
