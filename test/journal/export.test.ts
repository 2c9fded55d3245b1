/** Lists as files: whole, in pages behind the scenes, with names only for those who may see them, and nothing that Excel would run. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allCards, openCards, registerHouseholds, villagerGroups } from '../../src/cards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { csvLine } from '../../src/platform/http/send-csv.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { FOUNDED_ON, must, people, willowCode } from '../support/cast.ts';

const VILLAGE = `/villages/${willowCode}`;

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
  const villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const [group] = await villagerGroups(world.db.sql, villageId);
  const household = { groupId: group?.groupId ?? 0, memberCount: 2, phone: null };
  const drafts = Array.from({ length: 600 }, (_, n) => ({ ...household, headName: `柳第${n}` }));
  await registerHouseholds(world.db.sql, villageId, drafts);
  const waiting = (await allCards(world.db.sql, villageId)).filter(({ status }) => status === 'registered');
  await must(
    openCards(world.db, {
      villageId,
      recordedBy: 1,
      today: FOUNDED_ON,
      occurredOn: FOUNDED_ON,
      idempotencyKey: 'many',
      cards: waiting.map(({ number }) => number),
    }),
  );
});

afterAll(() => world.close());

test.each([
  ['=1+1', "'=1+1"],
  ['@cmd', "'@cmd"],
  ['-2', "'-2"],
  ['他说“好”', '他说“好”'],
  ['a,"b"', '"a,""b"""'],
  [-2, '-2'],
  [null, ''],
])('%j is written as %s', (cell, written) => {
  expect(csvLine([cell, 'x'])).toBe(`${written},x\r\n`);
});

test('more acts than one page reads are all there, each once', async () => {
  const manager = await world.browser(people.manager);
  const { body, headers } = await manager.get(`${VILLAGE}/acts.csv?kind=opening`);
  expect(headers['content-type']).toContain('text/csv');
  expect(headers['content-disposition']).toContain('attachment');
  const lines = body.trimEnd().split('\r\n').slice(1);
  expect(lines).toHaveLength(607);
  expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(607);
  expect(lines[0]).toMatch(/周[一二三四五六日]/);
  expect(body).toContain('赵满仓');
});

test('whoever is not of the village gets it masked, and no list of households', async () => {
  const nobody = await world.browser();
  const { body } = await nobody.get(`${VILLAGE}/acts.csv`);
  expect(body).not.toContain('赵满仓');
  expect((await nobody.get(`${VILLAGE}/cards.csv`)).statusCode).toBe(303);
  const other = await world.browser(people.otherManager);
  expect((await other.get(`${VILLAGE}/cards.csv`)).statusCode).toBe(403);
});

test('the list of households is taken away by those who may see it, and that is kept', async () => {
  const manager = await world.browser(people.manager);
  const { body } = await manager.get(`${VILLAGE}/cards.csv`);
  expect(body.trimEnd().split('\r\n')).toHaveLength(607);
  const [seen] = await world.database.ownerSql`select from personal_view where kind = 'list'`;
  expect(seen).toBeDefined();
});
