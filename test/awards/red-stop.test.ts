/** 红色先不发: points that the village cannot stand for are refused until goods come or the township lets them be given. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { fileClaim, HOUSEHOLD_ITSELF, passClaims, waiveDuties } from '../../src/claims/index.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import { changeSettings, type VillageSettings } from '../../src/settings/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, poplarCode, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';
const RULE = 'AD-LAB-01';
const CHINESE = { 'accept-language': 'zh-CN' };

let world: TestApp;
let villageId: number;
let ids: Record<string, number>;
let count = 0;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const found = await world.db.sql<{ username: string; personId: number }[]>`
    select username, person_id as "personId" from person`;
  ids = Object.fromEntries(found.map(({ username, personId }) => [username, personId]));
});

afterAll(() => world.close());

const by = (username: keyof typeof people = 'manager') => {
  count += 1;
  return { villageId, recordedBy: ids[people[username]] ?? 0, today: TODAY, idempotencyKey: `key-${count}` };
};
const award = (today = TODAY) =>
  awardPoints(world.db, { ...by(), today, rule: RULE, occurredOn: TODAY, cards: [cards.赵满仓] });
const decide = (wanted: Partial<VillageSettings>) =>
  must(changeSettings(world.db, { ...by(), wanted, reason: '村民代表会议' }));

test('a village that has not decided it gives points as before', async () => {
  expect(await award()).not.toHaveProperty('refused');
});

test('once decided, red refuses with what is promised and what is there, on every way to points', async () => {
  await decide({ redStopsAwards: true, solvencyRedPercent: 100 });
  const refused = await award();
  expect(refused).toMatchObject({
    refused: 'solvency_red',
    promisedFen: expect.any(Number),
    coverFen: expect.any(Number),
  });
  const api = await world.app.inject({
    method: 'POST',
    url: `/api/v1/villages/${willowCode}/awards`,
    headers: {
      authorization: `Bearer ${await world.apiToken(people.manager)}`,
      'idempotency-key': 'api',
      'accept-language': 'zh-CN',
    },
    payload: { rule: RULE, occurredOn: TODAY, cards: [cards.赵满仓] },
  });
  expect([api.statusCode, api.json().code]).toEqual([409, 'solvency_red']);
  expect(api.json().detail).toContain('请乡镇准许');
  const page = await (await world.browser(people.supervisor)).get(`/villages/${willowCode}/warnings`);
  expect(page.body).toContain('现在先不发新的积分');
  // Who is about to fill in the form is told before.
  const form = await (await world.browser(people.manager)).get(`/villages/${willowCode}/awards/new`);
  expect([form.statusCode, findHtmlFaults(form.body)]).toEqual([200, []]);
  expect(form.body).toContain('急着要发，请乡镇准许');
  await checkWorld(world.database.ownerSql);
});

test('points are taken as always', async () => {
  const [rule] = await world.db.sql<{ code: string }[]>`
    select code from rule_version where village_id = ${villageId} and points_centipoints < 0 order by code limit 1`;
  const taken = await awardPoints(world.db, {
    ...by(),
    rule: rule?.code ?? '',
    occurredOn: TODAY,
    cards: [cards.单小花],
  });
  expect(taken).not.toHaveProperty('refused');
});

test('what a household asks for itself waits at its last word', async () => {
  const filed = await must(
    fileClaim(world.db, {
      villageId,
      number: cards.曾有田,
      rule: RULE,
      occurredOn: TODAY,
      note: '扫雪',
      filedBy: null,
      isByHousehold: true,
      recordedBy: HOUSEHOLD_ITSELF,
      idempotencyKey: 'own',
      today: TODAY,
    }),
  );
  const [claim] = await world.db.sql<{ id: string; needs: string[] }[]>`
    select claim_id as id, needs from claim where village_id = ${villageId}`;
  expect(filed.acts).toHaveLength(1);
  const passed = await passClaims(world.db, {
    villageId,
    claimIds: [claim?.id ?? ''],
    step: claim?.needs[0] as 'record',
    personId: ids[people.manager] ?? 0,
    personName: '钱管理',
    mayHandOut: true,
    idempotencyKey: 'word',
    today: TODAY,
  });
  expect([claim?.needs.length, passed]).toEqual([1, expect.objectContaining({ refused: 'solvency_red' })]);
});

test('whoever comes from the red stop permits that one thing: until when, and why', async () => {
  const township = await world.browser(people.township);
  const warnings = await township.get(`/villages/${willowCode}/warnings`, CHINESE);
  const address = `/villages/${willowCode}/waivers`;
  expect(warnings.body).toContain(`href="${address}?duty=solvency_stop"`);
  const page = await township.get(`${address}?duty=solvency_stop`, CHINESE);
  expect(findHtmlFaults(page.body)).toEqual([]);
  expect([page.body.includes('type="checkbox"'), page.body.includes('准许照常发分</span>')]).toEqual([false, true]);
  const form = { duty: 'solvency_stop', duties: 'solvency_stop', until: '', reason: '秋收' };
  const early = await township.submit(address, form);
  expect([early.statusCode, early.body.includes('type="checkbox"')]).toEqual([422, false]);
  const until = addDays(villageDay(new Date()), 3);
  expect((await township.submit(address, { ...form, until })).statusCode).toBe(303);
  const lifted = await township.get(`/villages/${willowCode}/warnings`, CHINESE);
  expect([lifted.body.includes('改日期或收回'), lifted.body.includes('?duty=')]).toEqual([true, false]);
  // What was permitted before goes along, and the page says so.
  await must(waiveDuties(world.db, { ...by('township'), duties: ['relatives'], until, reason: '村子小' }));
  const along = await township.get(`${address}?duty=solvency_stop`, CHINESE);
  expect(along.body).toContain('以前准许的“可以审自家和亲属的”也一起改到这一天为止');
  expect(along.body).toContain('name="duties" value="relatives"');
  await must(waiveDuties(world.db, { ...by('township'), duties: [], until, reason: '捐款到账' }));
});

test('a permission that ticks nothing where nothing is permitted is asked again', async () => {
  const township = await world.browser(people.township);
  const address = `/villages/${poplarCode}/waivers`;
  await township.get(address);
  const nothing = await township.submit(address, { until: addDays(villageDay(new Date()), 3), reason: '秋收' });
  expect([nothing.statusCode, nothing.body.includes('请勾上要准许的')]).toEqual([422, true]);
});

test('the township lets points be given until a day, on the public record, and then no longer', async () => {
  const until = addDays(TODAY, 10);
  const refused = await (await world.browser(people.manager)).get(`/villages/${willowCode}/waivers`);
  expect(refused.statusCode).toBe(403);
  await must(waiveDuties(world.db, { ...by('township'), duties: ['solvency_stop'], until, reason: '秋收义务劳动' }));
  await must(award());
  await must(award(until));
  expect(await award(addDays(until, 1))).toMatchObject({ refused: 'solvency_red' });
  const record = await (await world.browser()).get(`/villages/${willowCode}/acts?kind=claim`);
  expect(record.body).toContain('乡镇准许本村在红色预警时照常发分');
  expect(record.body).not.toContain('秋收义务劳动');
  // A new word of the township ends it.
  await must(waiveDuties(world.db, { ...by('township'), duties: [], until, reason: '捐款到账' }));
  expect(await award()).toMatchObject({ refused: 'solvency_red' });
  await checkWorld(world.database.ownerSql);
});

test('goods on the shelf end it, and a quarter that is used up stops it again', async () => {
  await must(
    receiveGoods(world.db, {
      ...by(),
      occurredOn: TODAY,
      source: { kind: 'donation', name: '试验县好人公司' },
      lines: [{ code: 'GR001', quantity: 200, useBy: '2099-06-30' }],
    }),
  );
  await must(award());
  // A hundredth of some 6,000 yuan at 3 yuan a point are about 20 points, and the awards above were of this quarter.
  await decide({ quarterBudgetPercent: 1 });
  const all = [cards.单小花, cards.曾有田, cards.王建国, cards.王建国二, cards.赵满仓];
  const input = { rule: 'AD-FAM-05', occurredOn: TODAY };
  expect(await awardPoints(world.db, { ...by(), ...input, cards: all.slice(0, 1) })).not.toHaveProperty('refused');
  const refused = await awardPoints(world.db, { ...by(), ...input, cards: all });
  expect(refused).toMatchObject({
    refused: 'quarter_budget_used',
    budgetCentipoints: expect.any(Number),
    givenCentipoints: expect.any(Number),
  });
  const page = await (await world.browser(people.supervisor)).get(`/villages/${willowCode}/warnings`);
  expect(page.body).toContain('本季度最多发');
  await checkWorld(world.database.ownerSql);
});

test('both verifiers hold it', async () => {
  expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
  const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
  const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
  expect(await auditLog({ fetch, vkey })).toHaveProperty('totals');
});
