/** The verifier from outside: what holds is verified, and whatever does not is found at the right step and named. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AuditInput, auditLog } from '../../src/audit/audit-log.ts';
import { rootOfProof } from '../../src/audit/merkle.ts';
import { openNote, parseCheckpoint, parseVkey, type TrustedKey } from '../../src/audit/note.ts';
import { tilePath } from '../../src/audit/served-log.ts';
import type { LeafFacts } from '../../src/auditlog/index.ts';
import vectors from '../auditlog/tlog-vectors.json' with { type: 'json' };
import { fetchOf, key, type MadeLog, makeEntry, makeLog, makeStory } from './made-log.ts';

const audit = (log: MadeLog, more: Partial<AuditInput> = {}) =>
  auditLog({ fetch: fetchOf(log), vkey: key.vkey, samples: 5, ...more });

const logOf = (size: number) => makeLog(makeStory(size).map(makeEntry));

async function findingOf(log: MadeLog, more: Partial<AuditInput> = {}) {
  const outcome = await audit(log, more);
  return 'finding' in outcome ? outcome.finding : null;
}

describe('the vectors', () => {
  const logKey = parseVkey(vectors.logVkey) as TrustedKey;
  const witness = parseVkey(vectors.witnessVkey) as TrustedKey;

  test('a checkpoint that log and witness have signed', () => {
    const opened = openNote(vectors.checkpoint257, [logKey, witness]);
    expect(opened?.signers).toEqual([logKey, witness]);
    expect(parseCheckpoint(opened?.text ?? '')).toEqual({
      origin: vectors.origin,
      size: 257,
      root: Buffer.from(vectors.roots[257], 'base64'),
    });
  });

  test('a witness whose signature or time was altered', () => {
    const [before = '', signature = ''] = vectors.checkpoint257.split(`— ${witness.name} `);
    const bytes = Buffer.from(signature.trim(), 'base64');
    for (const place of [8, 11, 12, 75]) {
      const altered = Buffer.from(bytes);
      altered[place] = (altered[place] ?? 0) ^ 1;
      const note = `${before}— ${witness.name} ${altered.toString('base64')}\n`;
      expect(openNote(note, [logKey, witness])?.forged).toBe(witness);
      expect(openNote(note, [logKey])?.signers).toEqual([logKey]);
    }
  });

  test('a vkey with a wrong key ID, type or length', () => {
    expect(parseVkey(vectors.logVkey.replace('+1212bfb0+', '+1212bfb1+'))).toBeNull();
    expect(parseVkey(vectors.logVkey.slice(0, -4))).toBeNull();
    expect(parseVkey('')).toBeNull();
  });

  test('a proof', () => {
    const proof = [Buffer.from(vectors.roots[256], 'base64')];
    const leaf = Buffer.from(vectors.proof256of257.split('\n')[2] ?? '', 'base64');
    expect(leaf).toEqual(proof[0]);
    expect(rootOfProof(leaf, 0, 1, [])).toEqual(leaf);
    expect(rootOfProof(leaf, 1, 1, [])).toBeNull();
    expect(rootOfProof(leaf, 0, 2, [])).toBeNull();
    expect(rootOfProof(leaf, 0, 1, proof)).toBeNull();
  });

  test.each(Object.entries(vectors.paths))('the path of tile %s', (index, path) => {
    expect(tilePath(Number(index), 256)).toBe(path);
  });
});

test.each([0, 1, 2, 255, 256, 257, 512, 513, 1_000])('a log of %i entries holds', async (size) => {
  const outcome = await audit(logOf(size));
  expect(outcome).toMatchObject({ checkpoint: { size } });
});

test('a log of 70,000 entries holds', { timeout: 120_000 }, async () => {
  const outcome = await audit(logOf(70_000));
  expect(outcome).toMatchObject({ checkpoint: { size: 70_000 }, totals: { accounts: 3, goods: 1 } });
});

test('receipts are checked where the log hands them out', async () => {
  const log = makeLog(makeStory(300).map(makeEntry), { receipts: true });
  expect(await audit(log)).toMatchObject({ receiptCount: expect.any(Number) });
  for (const [path, receipt] of log) {
    if (path.startsWith('receipt/')) log.set(path, flip(receipt, 60));
  }
  expect(await findingOf(log)).toMatchObject({ step: 'inclusion', entry: 0 });
});

test('any altered byte is found at the step to which it belongs', { timeout: 120_000 }, async () => {
  const log = logOf(300);
  const paths = [...log.keys()];
  const places = fc.constantFrom(...paths).chain((path) => {
    const length = log.get(path)?.length ?? 0;
    return fc.tuple(fc.constant(path), fc.nat(length - 1), fc.integer({ min: 1, max: 255 }));
  });
  await fc.assert(
    fc.asyncProperty(places, async ([path, place, mask]) => {
      const altered = new Map(log).set(path, flip(log.get(path) as Buffer, place, mask));
      const finding = await findingOf(altered, { samples: 0 });
      const step = path === 'checkpoint' ? 'checkpoint' : path.startsWith('tile/entries/') ? 'entries' : 'tiles';
      expect(finding?.step).toBe(step);
      if (step === 'entries' && finding?.entry !== undefined) expect(finding.entry).toBe(entryAt(log, path, place));
      if (path.startsWith('tile/0/')) expect(finding?.entry).toBe(tileStart(path) + Math.floor(place / 32));
    }),
    { numRuns: 200 },
  );
});

test('a resource that is missing, cut or lengthened is found', async () => {
  const log = logOf(600);
  for (const path of [...log.keys()].filter((name) => name !== 'checkpoint')) {
    const content = log.get(path) as Buffer;
    const without = new Map(log);
    without.delete(path);
    for (const wrong of [
      without,
      new Map(log).set(path, content.subarray(0, -1)),
      new Map(log).set(path, Buffer.concat([content, Buffer.alloc(32)])),
    ]) {
      expect((await findingOf(wrong))?.sentence).toContain(path);
    }
  }
});

test('entries that were swapped, removed or rewritten as a whole are found by a saved checkpoint', async () => {
  const story = makeStory(300).map(makeEntry);
  const saved = [{ name: 'last month', note: String(makeLog(story.slice(0, 260)).get('checkpoint')) }];
  expect(await findingOf(makeLog(story), { saved })).toBeNull();

  expect(await findingOf(makeLog(story.slice(0, 200)), { saved })).toMatchObject({
    step: 'saved',
    sentence: 'the log had 260 entries when a checkpoint was saved, and now says 200',
  });
  const later = makeStory(300).map((facts, index) => makeEntry({ ...facts, at: '2026-11-21T10:45:05.124Z' }, index));
  const rewritten = [...story.slice(0, 100), ...later.slice(100)];
  expect(await findingOf(makeLog(rewritten), { saved })).toMatchObject({ step: 'saved' });
  expect(await findingOf(makeLog(rewritten))).toBeNull();
});

test('a checkpoint must be signed by every witness that is asked for', async () => {
  expect(await findingOf(logOf(3), { witnesses: [vectors.witnessVkey] })).toMatchObject({
    step: 'checkpoint',
    sentence: expect.stringContaining('witness.example.org'),
  });
});

describe('an entry that is signed and yet not true', () => {
  const story = makeStory(16);
  const last = story.length;
  const signed = (facts: LeafFacts, at = last) => {
    const entries = story.map(makeEntry);
    entries[at] = makeEntry(facts, at);
    return makeLog(entries);
  };
  const acct = 'a'.repeat(32);
  const award = { type: 'points.award', rule: 'AD-LAB-01', version: 1 };

  test.each<[string, LeafFacts, number?]>([
    ['a name in it', { ...award, acct, delta: 100, n: 7, name: '张三' }],
    ['a fraction as text', { ...award, acct, delta: '0.5', n: 7 }],
    ['a missing member', { type: 'points.award', rule: 'AD-LAB-01', acct, delta: 100, n: 7 }],
    ['half an account', { type: 'points.open', acct, n: 1 }],
    ['an unknown type', { type: 'points.gift', acct, delta: 100, n: 7 }],
    ['the name of an object member as type', { type: 'constructor' }],
    ['another version', { ...award, v: 2, acct, delta: 100, n: 7 }],
    ['a day that is none', { ...award, occurred: '2026-02-30', acct, delta: 100, n: 7 }],
    ['free text as a code', { ...award, rule: '张三家 扫地', acct, delta: 100, n: 7 }],
  ])('%s breaks the closed form', async (_what, facts, at) => {
    expect(await findingOf(signed(facts, at))).toMatchObject({ step: 'leaf', entry: at ?? last });
  });

  test.each([
    ['a space', (text: string) => text.replace(':', ': ')],
    ['another order', (text: string) => text.replace(/^\{(.*?),("at":.*?),/, '{$2,$1,')],
    ['a member said twice', (text: string) => text.replace('{', '{"at":"",')],
    ['an escaped letter', (text: string) => text.replace('"at"', '"\\u0061t"')],
    ['no JSON', (text: string) => text.slice(1)],
    ['half a character', (text: string) => `${text}\xff`],
  ])('%s is not canonical', async (_what, alter) => {
    const entries = story.map(makeEntry);
    const text = entries[5]?.toString('latin1') ?? '';
    entries[5] = Buffer.from(alter(text), 'latin1');
    expect(await findingOf(makeLog(entries))).toMatchObject({ step: 'leaf', entry: 5 });
  });

  // Account a holds 10,000 and entries 1 to 6; number 6 is its redemption, reversed by number 8.
  test.each<[string, LeafFacts, string, number?]>([
    ['a balance below zero', { type: 'points.deduct', rule: 'X', version: 1, acct, delta: -10_001, n: 7 }, 'with -1'],
    ['a number left out', { ...award, acct, delta: 100, n: 8 }, 'entry 7 comes next'],
    ['a number twice', { ...award, acct, delta: 100, n: 6 }, 'entry 7 comes next'],
    ['an award that takes', { ...award, acct, delta: -100, n: 7 }, 'an award that takes points'],
    ['a deduction that gives', { ...award, type: 'points.deduct', acct, delta: 100, n: 7 }, 'a deduction that gives'],
    ['a card opened twice', { type: 'points.open', acct, delta: 100, n: 7 }, 'has entries already'],
    ['a second founding', { type: 'village.open', opening: 0, rate: 1 }, 'founded a second time'],
    ['a beginning without founding', { ...award, acct, delta: 100, n: 1 }, 'not the founding', 0],
    [
      'goods that cost something else',
      { type: 'points.redeem', goods: [{ code: 'GR001', price: 250, quantity: 2 }], acct, delta: -499, n: 7 },
      'cost 500, but 499',
    ],
    [
      'goods that are not there',
      { type: 'points.redeem', goods: [{ code: 'GR002', price: 100, quantity: 1 }], acct, delta: -100, n: 7 },
      'leaves -1 pieces of GR002',
    ],
    [
      'a second reversal',
      { type: 'points.reverse', of: 'points.redeem', reverses: 6, acct, delta: 500, n: 7 },
      'was reversed before',
    ],
    [
      'a reversal of a reversal',
      { type: 'points.reverse', of: 'points.redeem', reverses: 8, acct, delta: -500, n: 7 },
      'no earlier act that can be reversed',
    ],
    [
      'a reversal of what comes later',
      { type: 'points.reverse', of: 'points.award', reverses: 99, acct, delta: -500, n: 7 },
      'no earlier act that can be reversed',
    ],
    [
      'a reversal that gives back more',
      { type: 'points.reverse', of: 'points.redeem', reverses: 9, acct, delta: 501, n: 7 },
      'moves 501 where it moved -500',
    ],
    [
      'a reversal to somebody else',
      { type: 'points.reverse', of: 'points.redeem', reverses: 9, acct: 'b'.repeat(32), delta: 500, n: 6 },
      'another account',
    ],
    [
      'a reversal on another day',
      { type: 'points.reverse', of: 'points.redeem', reverses: 9, acct, delta: 500, n: 7, occurred: '2026-11-22' },
      'another day',
    ],
    [
      'a reversal under a wrong name',
      { type: 'points.reverse', of: 'points.award', reverses: 9, acct, delta: 500, n: 7 },
      'of type points.redeem',
    ],
    ['goods taken back that are gone', { type: 'stock.reverse', of: 'stock.in', reverses: 4 }, 'pieces of GR001'],
    [
      'a version left out',
      { type: 'publication', month: '2026-10', version: 9, contentHash: 'ab'.repeat(32) },
      'but 2 comes next',
    ],
    ['an id used twice', { ...award, id: `${'A'.repeat(16)}`, acct, delta: 100, n: 7 }, 'was used before'],
  ])('%s does not come out', async (_what, facts, words, at) => {
    const log = signed(facts, at);
    const finding = await findingOf(log);
    expect(finding).toMatchObject({ step: 'books', entry: at ?? last, sentence: expect.stringContaining(words) });
  });
});

function flip(content: Buffer, place: number, mask = 1): Buffer {
  const altered = Buffer.from(content);
  altered[place] = (altered[place] ?? 0) ^ mask;
  return altered;
}

function tileStart(path: string): number {
  return 256 * Number(/\/(\d{3})(\.p|$)/.exec(path)?.[1] ?? 0);
}

/** Which entry lies at a byte of a bundle. */
function entryAt(log: MadeLog, path: string, place: number): number {
  const bundle = log.get(path) as Buffer;
  let entry = tileStart(path);
  for (let at = 0; ; entry += 1) {
    at += 2 + bundle.readUInt16BE(at);
    if (place < at) return entry;
  }
}
