import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, townshipCode, willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

const village = `/villages/${willowCode}`;

test('the front page lists every village by township without a sign-in', async () => {
  const browser = await world.browser();
  const { body, statusCode } = await browser.get('/');
  expect(statusCode).toBe(200);
  expect(body).toContain('试验县爱心超市');
  expect(body).toContain('试验乡');
  expect(body).toMatch(/6 户 · 货架 \d 种 · 还没公示/);
  expect(body).toContain(`href="${village}"`);
  expect(findHtmlFaults(body)).toEqual([]);
});

test('a village’s public page names no household and no person', async () => {
  const browser = await world.browser();
  const { body, statusCode } = await browser.get(village);
  expect(statusCode).toBe(200);
  expect(body).toContain('6 户，已开卡 5 户');
  for (const link of ['rules', 'shelf', 'publications', 'acts']) expect(body).toContain(`href="${village}/${link}"`);
  for (const name of [...Object.keys(cards), '钱管理', '孙书记']) expect(body).not.toContain(name);
  expect(findHtmlFaults(body)).toEqual([]);
});

test('the manager’s desk opens four doors, says what waits, and undoes what was done last', async () => {
  const today = villageDay(new Date());
  const villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const award = { villageId, recordedBy: 1, today, occurredOn: today, idempotencyKey: 'desk', rule: 'AD-LAB-01' };
  const { operationId } = await must(awardPoints(world.db, { ...award, cards: [cards.单小花, cards.曾有田] }));
  const browser = await world.browser(people.manager);
  const { body } = await browser.get(`${village}/desk`);
  for (const door of ['awards/new', 'counter', 'receipts/new', 'cards'])
    expect(body).toContain(`href="${village}/${door}"`);
  expect(body).toContain('1 户还没开卡');
  expect(body).toContain('1 种东西快没了');
  expect(body).toContain(`href="${village}/reversals/new?operation=${operationId}"`);
  expect(body).toMatch(/2 户 [^<]+ <span class="points points-add">\+6/);
  expect(body).not.toContain('publications/new');
  expect(findHtmlFaults(body)).toEqual([]);
});

test('the supervisor’s desk shows the month that waits and the books checked, and posts nothing', async () => {
  const browser = await world.browser(people.supervisor);
  const { body } = await browser.get(`${village}/desk`);
  expect(body).toContain('2026年9月的账');
  expect(body).toContain(`href="${village}/publications/new?month=2026-09"`);
  expect(body.match(/一致/g)?.length).toBe(3);
  for (const door of ['awards/new', 'counter', 'receipts/new', 'reversals/new'])
    expect(body).not.toContain(`${village}/${door}`);
  expect(findHtmlFaults(body)).toEqual([]);
});

test('an office above reads the desk and is offered nothing that it may not do', async () => {
  const browser = await world.browser(people.township);
  expect((await browser.get(`/regions/${willowCode}`)).statusCode).toBe(303);
  const { body } = await browser.get(`${village}/desk`);
  expect(body).toContain('请提醒第一书记核对、发布');
  for (const act of ['publications/new', 'awards/new', 'reversals/new']) expect(body).not.toContain(act);
});

test('books that disagree are not offered for publication', async () => {
  const { ownerSql } = world.database;
  await ownerSql`update log_head set size = size + 1`;
  const browser = await world.browser(people.supervisor);
  const { body } = await browser.get(`${village}/desk`);
  await ownerSql`update log_head set size = size - 1`;
  expect(body).toContain('公开账本缺了 1 个编号');
  expect(body).toContain('先不要公示');
  expect(body).not.toContain('核对并公示');
});

test('each page speaks three languages', async () => {
  for (const [locale, word] of [
    ['zh-TW', '愛心超市'],
    ['en', 'Love supermarkets of'],
  ] as const) {
    const browser = await world.browser();
    const { body } = await browser.get('/', { 'accept-language': locale });
    expect(body).toContain(`<html lang="${locale}"`);
    expect(body).toContain(word);
  }
  const browser = await world.browser(people.township);
  const { body } = await browser.get(`/regions/${townshipCode}`, { 'accept-language': 'en' });
  expect(body).toContain('shelf empty');
});
