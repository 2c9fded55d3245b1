import fc from 'fast-check';
import { expect, test } from 'vitest';
import { likelyFirst } from '../../src/awards/decide-likely.ts';
import { decideMatches, type MatchBasis, type NamedHousehold } from '../../src/awards/decide-matches.ts';
import { decidePastedList } from '../../src/awards/decide-pasted-list.ts';
import { nameSearchKeys } from '../../src/platform/search-keys.ts';

const household = (number: string, headName: string, groupName: string): NamedHousehold => ({
  number,
  headName,
  groupName,
  ...nameSearchKeys(headName),
});

const households = [
  household('0010010001', '赵满仓', '东头组'),
  household('0010010002', '单小花', '东头组'),
  household('0010010004', '王建国', '西头组'),
  household('0010010005', '王建国', '东头组'),
  household('0010010006', '李未开', '西头组'),
];

function match(text: string, basis: Partial<MatchBasis> = {}) {
  const entries = decidePastedList(text);
  const keys = new Map(entries.flatMap(({ words }) => words).map((word) => [word, nameSearchKeys(word)]));
  return decideMatches(entries, { households, tokens: new Map(), keys, ...basis });
}

test.each([
  ['name', '赵满仓'],
  ['name of the home', '赵满仓家'],
  ['card number', '0010010001'],
  ['last four digits', '0001'],
  ['initials', 'zmc'],
  ['initials in capitals', 'ZMC'],
  ['pinyin', 'zhaomancang'],
  ['more letters of one syllable', 'zhmc'],
  ['syllables and first letters', 'zmancang'],
  ['a scanned card', 'https://shop.example/C/ABCDEFGHJKLMNPQRSTUVWXYZ23'],
])('finds a household by its %s', (_, text) => {
  const tokens = new Map([['ABCDEFGHJKLMNPQRSTUVWXYZ23', '0010010001']]);
  expect(match(text, { tokens })).toMatchObject([{ kind: 'matched', number: '0010010001' }]);
});

test('a surname is read as a surname', () => {
  expect(match('sxh')).toMatchObject([{ kind: 'matched', number: '0010010002' }]);
});

test('the place of the group behind the letters tells those apart who share them', () => {
  const east = { ...household('0010010005', '王建国', '东头组'), groupPosition: 1 };
  const west = { ...household('0010010004', '汪家贵', '西头组'), groupPosition: 2 };
  const other = { ...household('0010010007', '王杰', '西头组'), groupPosition: 2 };
  const households = [east, west, other];
  expect(match('wj1', { households })).toMatchObject([{ kind: 'matched', number: east.number }]);
  expect(match('wj2', { households })).toMatchObject([{ kind: 'matched', number: other.number }]);
  expect(match('wjg2', { households })).toMatchObject([{ kind: 'matched', number: west.number }]);
  expect(match('w2', { households })).toMatchObject([{ kind: 'ambiguous' }]);
  expect(match('wj3', { households })).toMatchObject([{ kind: 'unknown' }]);
});

test('letters that are no beginning of any syllable mean nobody', () => {
  const households = [household('0010010001', '王娜', '东头组')];
  expect(match('wng', { households })).toEqual([{ kind: 'unknown', text: 'wng', candidates: [] }]);
  expect(match('wna', { households })).toMatchObject([{ kind: 'matched' }]);
});

test('of those that the same letters fit the likeliest comes first: not chosen yet, often here, of the group that is being entered', () => {
  const comer = (groupName: string, lastN: number) => ({ groupName, lastN });
  const known = new Map([
    ['seldom', comer('东头组', 1)],
    ['often', comer('西头组', 5)],
    ['a', comer('东头组', 1)],
    ['b', comer('东头组', 1)],
    ['c', comer('东头组', 1)],
  ]);
  expect(likelyFirst(['seldom', 'often'], [], known)).toEqual(['often', 'seldom']);
  expect(likelyFirst(['seldom', 'often'], ['often'], known)).toEqual(['seldom', 'often']);
  known.set('often', comer('西头组', 3));
  expect(likelyFirst(['seldom', 'often'], ['a', 'b'], known)).toEqual(['often', 'seldom']);
  expect(likelyFirst(['seldom', 'often'], ['a', 'b', 'c'], known)).toEqual(['seldom', 'often']);
});

test('two households of one name are left to the person who knows them', () => {
  expect(match('王建国')).toEqual([{ kind: 'ambiguous', text: '王建国', candidates: ['0010010004', '0010010005'] }]);
});

test('the group beside the name tells namesakes apart', () => {
  expect(match('王建国 西头组')).toMatchObject([{ kind: 'matched', number: '0010010004' }]);
  expect(match('王建国（东头）')).toMatchObject([{ kind: 'matched', number: '0010010005' }]);
});

test('a name that nobody has comes with those that sound or look like it', () => {
  expect(match('赵满苍')).toEqual([{ kind: 'unknown', text: '赵满苍', candidates: ['0010010001'] }]);
  expect(match('李魏凯')).toEqual([{ kind: 'unknown', text: '李魏凯', candidates: ['0010010006'] }]);
  expect(match('欧阳锋')).toEqual([{ kind: 'unknown', text: '欧阳锋', candidates: [] }]);
});

test('several names on one line are several households, and what is left over is said', () => {
  expect(match('赵满仓 单小花')).toMatchObject([{ number: '0010010001' }, { number: '0010010002' }]);
  expect(match('赵满仓 打扫')).toEqual([
    { kind: 'matched', text: '赵满仓 打扫', number: '0010010001', unused: ['打扫'] },
  ]);
});

test('every pasted name is answered, and only by households of the village', () => {
  const numbers = new Set(households.map(({ number }) => number));
  const word = fc.oneof(fc.constantFrom(...households.map(({ headName }) => headName)), fc.string({ maxLength: 6 }));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), (words) => {
      const entries = decidePastedList(words.join('\n'));
      const matches = match(words.join('\n'));
      expect(matches.length).toBeGreaterThanOrEqual(entries.length);
      for (const found of matches) {
        const answered = found.kind === 'matched' ? [found.number] : found.candidates;
        expect(answered.every((number) => numbers.has(number))).toBe(true);
        if (found.kind === 'ambiguous') expect(found.candidates.length).toBeGreaterThan(1);
      }
    }),
  );
});
