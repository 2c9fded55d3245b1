import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';

const village = `/villages/${willowCode}`;
const DAY = '2026-10-06';

let world: TestApp;
let manager: TestBrowser;
let villageId: number;

beforeAll(async () => {
  world = await createTestApp();
  manager = await world.browser(people.manager);
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  await manager.get(`${village}/awards/new`);
});

afterAll(() => world.close());

const by = (idempotencyKey: string) => ({ villageId, recordedBy: 1, today: '2026-11-20', idempotencyKey });

const preview = (rule: string, occurredOn = DAY) =>
  manager.submit(`${village}/award-previews`, { rule, occurredOn, cards: [cards.赵满仓, cards.单小花] });

test('a rule for the same act on the same day is said, and refuses nothing', async () => {
  const award = { rule: 'AD-LAB-01', occurredOn: DAY, cards: [cards.赵满仓] };
  const posted = await must(awardPoints(world.db, { ...by('half a day'), ...award }));
  const page = await preview('AD-LAB-02');
  expect(page.body.match(/同一天已记“义务劳动半天”/g)).toHaveLength(1);
  expect(page.body).toContain('给 2 户各 +6 分');
  expect(findHtmlFaults(page.body)).toEqual([]);

  const quiet = await Promise.all([preview('AD-LAB-03'), preview('AD-LAB-02', '2026-10-07'), preview('AD-ENV-08')]);
  for (const { body } of quiet) expect(body).not.toContain('同一天已记');

  const which = { seq: posted.acts[0]?.seq ?? 0 };
  await must(reverseActs(world.db, { ...by('taken back'), which, reason: '记错了' }));
  expect((await preview('AD-LAB-02')).body).not.toContain('同一天已记');
});

test('the same rule again is still said in its own words', async () => {
  await must(awardPoints(world.db, { ...by('again'), rule: 'AD-FAM-05', occurredOn: DAY, cards: [cards.单小花] }));
  const { body } = await preview('AD-FAM-05');
  expect(body).toContain('这一天已按这条记过');
  expect(body).not.toContain('同一天已记');
  expect((await preview('AD-FAM-04')).body).toContain('同一天已记“邻里互助(农活/维修/用车)”');
});
