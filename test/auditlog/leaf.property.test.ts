import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCanonicalJson } from '../../src/auditlog/canonical-json.ts';
import { type CanonicalValue, canonicalJson, leafPieces, openingDigest } from '../../src/auditlog/index.ts';

const value: fc.Arbitrary<CanonicalValue> = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 6 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

test('canonical JSON says what the value says, and says it in one way only', () => {
  fc.assert(
    fc.property(value, (given) => {
      const text = canonicalJson(given);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(given)));
      expect(canonicalJson(JSON.parse(text) as CanonicalValue)).toBe(text);
    }),
  );
});

test('only canonical text is read, whatever is changed in it', () => {
  const changed = fc
    .tuple(value.map(canonicalJson), fc.nat(), fc.string({ unit: fc.constantFrom(...'{}[]",:0.e- \\udabn') }))
    .map(([text, place, added]) => {
      const from = place % (text.length + 1);
      return `${text.slice(0, from)}${added}${text.slice(from + (place % 3))}`;
    });
  const isCanonical = (text: string) => {
    try {
      return canonicalJson(JSON.parse(text) as CanonicalValue) === text;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.oneof(value.map(canonicalJson), fc.json(), changed), (text) => {
      expect(parseCanonicalJson(text)).toEqual(isCanonical(text) ? JSON.parse(text) : null);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  '{"b":1,"a":2}',
  '{"a":1,"a":1}',
  '{"a": 1}',
  '[1.0]',
  '[9007199254740993]',
  '["\\ud800"]',
  '["\\u0041"]',
  '[-0]',
  '',
])('no canonical text: %s', (text) => {
  expect(parseCanonicalJson(text)).toBeNull();
});

test.each([
  [{ b: 1, a: [true, null, 'é\n'] }, '{"a":[true,null,"é\\n"],"b":1}'],
  [{ '€': 1, '\r': 2, '1': 3, '😀': 4, ö: 5 }, '{"\\r":2,"1":3,"ö":5,"€":1,"😀":4}'],
  ['\u000f"\\/', '"\\u000f\\"\\\\/"'],
])('canonical JSON of %j is %s', (given, text) => {
  expect(canonicalJson(given)).toBe(text);
});

test.each([0.5, Number.NaN, 2 ** 53, '\ud800', new Date(0) as never, undefined as never])(
  'canonical JSON refuses %j',
  (given) => {
    expect(() => canonicalJson(given)).toThrow('a leaf holds');
  },
);

test('a leaf put together from its pieces is the canonical JSON of all its facts', () => {
  const factNames = fc.string({ unit: fc.constantFrom(...'abcdefghimoprtv'), minLength: 1, maxLength: 6 });
  const facts = fc.dictionary(
    factNames.filter((name) => name !== 'at' && name !== 'n'),
    value,
    { maxKeys: 8, noNullPrototype: true },
  );
  fc.assert(
    fc.property(facts, fc.option(fc.nat(), { nil: null }), (given, n) => {
      const { head, middle, tail } = leafPieces(given, n !== null);
      const at = '2026-11-21T10:45:05.123Z';
      const leaf = `${head}${at}${middle}${n ?? ''}${tail}`;
      expect(leaf).toBe(canonicalJson({ ...given, at, ...(n !== null && { n }) }));
    }),
  );
});

test('a digest is the SHA-256 of the base64url text of the opening', () => {
  const opening = ['c2FsdA', 'household', '赵满仓'] as const;
  const text = Buffer.from('["c2FsdA","household","赵满仓"]').toString('base64url');
  expect(openingDigest(opening)).toBe(createHash('sha256').update(text).digest('base64url'));
});
