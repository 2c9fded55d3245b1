import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, poplarCode, willowCode } from '../support/cast.ts';
import { readQr } from '../support/read-qr.ts';

let world: TestApp;
let href: string;

beforeAll(async () => {
  world = await createTestApp();
  const villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const act = { villageId, recordedBy: 1, today: '2026-10-05', occurredOn: '2026-10-04', idempotencyKey: 'award' };
  const { operationId } = await must(
    awardPoints(world.db, { ...act, rule: 'AD-LAB-01', cards: [cards.赵满仓, cards.王建国] }),
  );
  href = `/awards/${operationId}/slips`;
});

afterAll(() => world.close());

test('each household of an award gets a slip, and its code leads to its own record', async () => {
  const manager = await world.browser(people.manager);
  const page = await manager.get(`/villages/${willowCode}${href}`);
  expect(page.body).toContain('赵满仓');
  expect(page.body).toContain('尾号 0004');
  expect(findHtmlFaults(page.body)).toEqual([]);
  const codes = [...page.body.matchAll(/class="qr-ink" d="([^"]+)"/g)].map(([, path = '']) => readQr(path));
  expect(new Set(codes).size).toBe(2);
  const seqs = [...page.body.matchAll(/公开账本第 (\d+) 号/g)].map(([, seq]) => seq);
  for (const [index, code] of codes.entries()) {
    const record = await world.app.inject(new URL(code).pathname);
    expect(record.body).toContain(`第 ${seqs[index]} 号记录`);
  }
});

test('another village has no such award', async () => {
  const other = await world.browser(people.otherManager);
  expect((await other.get(`/villages/${poplarCode}${href}`)).statusCode).toBe(404);
});
