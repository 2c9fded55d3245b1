/** What several counters ask at one moment is read together, and each gets what was asked for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { redemptionBasis } from '../../src/exchange/redemption-basis.ts';
import { findVillage } from '../../src/people/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, poplarCode, willowCode } from '../support/cast.ts';

const today = '2026-10-15';

let world: TestApp;
let willow: number;
let poplar: number;

beforeAll(async () => {
  world = await createTestApp();
  willow = await idOf(willowCode);
  poplar = await idOf(poplarCode);
});

afterAll(() => world.close());

async function idOf(code: string): Promise<number> {
  const village = await findVillage(world.db.sql, code);
  if (!village) throw new Error(`no village ${code}`);
  return village.villageId;
}

test('villages, cards, goods and days are not mixed up, and are read as one would be alone', async () => {
  const [first, second] = ['GR001', 'GR005'];
  const lines = (...codes: string[]) => codes.map((code) => ({ code, quantity: 1 }));
  const questions = [
    { villageId: willow, card: cards.赵满仓, lines: lines(first), today },
    { villageId: willow, card: cards.赵满仓, lines: lines(second, first, second), today },
    { villageId: willow, card: cards.单小花, lines: lines('no "such", goods\n'), today },
    // Cards of other villages, ones that nobody has, and goods that the village has not.
    { villageId: poplar, card: cards.赵满仓, lines: lines(first), today },
    { villageId: poplar, card: cards.周外村, lines: lines(first, second), today },
    { villageId: willow, card: '9999999999', lines: [], today },
    { villageId: willow, card: cards.曾有田, lines: lines(first), today: '2099-01-01' },
  ];
  const together = await Promise.all(questions.map((question) => redemptionBasis(world.db, question)));
  const alone = [];
  for (const question of questions) alone.push(await redemptionBasis(world.db, question));
  expect(together).toEqual(alone);
  expect(together.map(({ card }) => card?.headName)).toEqual([
    '赵满仓',
    '赵满仓',
    '单小花',
    undefined,
    '周外村',
    undefined,
    '曾有田',
  ]);
  const codes = together.map(({ goods }) => goods.map(({ code }) => code).sort());
  expect(codes.slice(0, 3)).toEqual([[first], [first, second], []]);
  expect(codes[5]).toEqual([]);
  const lotsOf = (at: number) => together[at]?.goods.flatMap(({ lots }) => lots) ?? [];
  expect(lotsOf(0).length).toBeGreaterThan(0);
});
