/** Lists as files: whole, in pages behind the scenes, with names only for those who may see them, and nothing that Excel would run. */
import { read } from 'hucre';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allCards, openCards, registerHouseholds, villagerGroups } from '../../src/cards/index.ts';
import { withGaps } from '../../src/goods/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { csvLine } from '../../src/platform/http/send-list.ts';
import { readSourceFiles } from '../house/source-file.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { countyCode, FOUNDED_ON, must, people, willowCode } from '../support/cast.ts';

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

async function rowsOf(workbook: Buffer) {
  return (await read(workbook)).sheets[0]?.rows ?? [];
}

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
  const { body, headers } = await manager.get(`${VILLAGE}/lists/acts.csv?kind=opening`);
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
  const { body } = await nobody.get(`${VILLAGE}/lists/acts.csv`);
  expect(body).not.toContain('赵满仓');
  expect((await nobody.get(`${VILLAGE}/lists/cards.csv`)).statusCode).toBe(303);
  const other = await world.browser(people.otherManager);
  expect((await other.get(`${VILLAGE}/lists/cards.csv`)).statusCode).toBe(403);
});

test('the list of households is taken away by those who may see it, and that is kept', async () => {
  const manager = await world.browser(people.manager);
  const { body } = await manager.get(`${VILLAGE}/lists/cards.csv`);
  expect(body.trimEnd().split('\r\n')).toHaveLength(607);
  const [seen] = await world.database.ownerSql`select from personal_view where kind = 'list'`;
  expect(seen).toBeDefined();
});

test('what every household had on a day is one list, whole, and each household stands in it once', async () => {
  const manager = await world.browser(people.manager);
  const { body } = await manager.get(`${VILLAGE}/lists/balances.csv?on=${FOUNDED_ON}`);
  const lines = body.trimEnd().split('\r\n').slice(1);
  expect(new Set(lines.map((line) => line.split(',')[3])).size).toBe(lines.length);
  expect(lines.every((line) => line.startsWith(FOUNDED_ON))).toBe(true);
  expect((await manager.get(`${VILLAGE}/lists/balances.csv`)).body.trimEnd().split('\r\n')).toHaveLength(607);
  const [headings] = (await manager.get(`${VILLAGE}/lists/earned.csv?month=2020-01`)).body.split('\r\n');
  expect(headings?.slice(1)).toBe('月份,户主,小组,卡号,加分次数,加分,扣分');
});

test('numbered slips are listed with those in between that nobody entered', () => {
  const entered = (slip: number) => ({ slip, seq: slip * 10, occurredOn: '2026-11-20' });
  expect(withGaps([])).toEqual([]);
  expect(
    withGaps([entered(7), entered(8), entered(12)]).map(({ from, to, entered: one }) => [from, to, one?.seq]),
  ).toEqual([
    [7, 7, 70],
    [8, 8, 80],
    [9, 11, undefined],
    [12, 12, 120],
  ]);
});

test('every list is a file in both forms, with a heading for each column and the same rows', async () => {
  const lists = world.app.accessTable.filter(({ method, url }) => method === 'GET' && url.includes('/lists/'));
  expect(lists.length).toBeGreaterThan(30);
  const asked: readonly [string, (url: string) => boolean][] = [
    // Relatives are declared by those who have a say in claims, and by nobody who only hands out goods.
    [people.supervisor, (url) => url.startsWith('/villages/:village/lists/kin.')],
    [people.manager, (url) => url.startsWith('/villages/:village') && !url.includes('/lists/kin.')],
    [people.administrator, (url) => url.startsWith('/regions/:region')],
  ];
  for (const [person, isAsked] of asked) {
    const browser = await world.browser(person);
    for (const { url } of lists.filter(({ url: one }) => isAsked(one))) {
      const address = url.replace(':village', willowCode).replace(':region', countyCode);
      const text = await browser.get(address.replace(':format', 'csv'));
      expect(text.statusCode, url).toBe(200);
      expect(text.headers['content-disposition'], url).toContain('attachment');
      const headings = text.body.split('\r\n')[0]?.slice(1).split(',') ?? [];
      expect(headings.length, url).toBeGreaterThan(3);
      expect(headings, url).not.toContain('');
      expect(new Set(headings).size, url).toBe(headings.length);
      const workbook = await rowsOf((await browser.get(address.replace(':format', 'xlsx'))).rawPayload);
      expect(workbook[0], url).toEqual(headings);
      if (!text.body.includes('"') && !url.endsWith('security.:format')) {
        expect(workbook.length, url).toBe(text.body.trimEnd().split('\r\n').length);
      }
    }
  }
  expect((await (await world.browser(people.manager)).get(`${VILLAGE}/lists/cards.pdf`)).statusCode).toBe(422);
});

/** Lists that are named otherwise than the page on which they stand. */
const NAMED: Readonly<Record<string, string>> = {
  funds: 'spendings',
  'goods-proposals': 'proposals',
  rate: 'rates',
  reversals: 'acts',
  'wish-desk': 'wishes',
};

/** Pages on which something is done, set or looked at; what they show of the record stands in the list that is named. */
const NO_LISTS: Readonly<Record<string, string>> = {
  charts: 'months, which the program interface has',
  counter: 'the shelf',
  desk: 'acts',
  echoes: 'wishes',
  'first-prices': 'proposals',
  'first-steps': 'nothing',
  log: 'acts',
  names: 'settings',
  'purchase-list': 'purchases',
  queue: 'a day of numbers, forgotten the next day',
  roster: 'cards',
  verify: 'nothing',
  wishes: 'wishes',
  administration: 'villages and staff',
};

test('every page that lists what was recorded leads to all of it as a file', () => {
  const get = world.app.accessTable.filter(({ method }) => method === 'GET');
  const pages = get.flatMap(({ url }) => /^\/(village|region)s\/:\1\/([a-z-]+)$/.exec(url)?.slice(1) ?? []);
  const views = readSourceFiles('views', '.tsx').map(({ text }) => text);
  const without: string[] = [];
  for (let at = 0; at < pages.length; at += 2) {
    const [place, page = ''] = pages.slice(at, at + 2);
    const list = NAMED[page] ?? page;
    if (page in NO_LISTS) continue;
    const isOffered = get.some(({ url }) => url === `/${place}s/:${place}/lists/${list}.:format`);
    const isLinked = views.some((text) => text.includes(`<ExportLinks list="${list}"`));
    if (!isOffered || !isLinked) without.push(`${place} ${page}`);
  }
  expect(pages.length).toBeGreaterThan(80);
  expect(without).toEqual([]);
});

test('a donor’s name is no formula, sums are numbers, and who took the list away is on record', async () => {
  const received = await world.app.inject({
    method: 'POST',
    url: `/api/v1${VILLAGE}/receipts`,
    headers: { authorization: `Bearer ${await world.apiToken(people.manager)}` },
    payload: {
      source: { kind: 'donation', name: '=cmd|calc' },
      witness: '周见证',
      lines: [{ goods: 'GR001', quantity: 3, unitValueFen: 2_850, useBy: '2099-01-01' }],
    },
  });
  expect(received.statusCode).toBe(201);
  const taken = async () => {
    const rows = await world.database.ownerSql`
      select
        from security_event
       where kind = 'export.downloaded'
         and details ->> 'route' like '%/receipts.%'`;
    return rows.length;
  };
  const before = await taken();
  const manager = await world.browser(people.manager);
  const [, row = ''] = (await manager.get(`${VILLAGE}/lists/receipts.csv`)).body.split('\r\n');
  expect(row).toContain(",捐赠,'=cmd|calc,没有说,大米,5kg/袋,袋,3,28.5,85.5,2099-01-01,");
  const workbook = await rowsOf((await manager.get(`${VILLAGE}/lists/receipts.xlsx`)).rawPayload);
  expect(workbook[1]?.slice(4, 13)).toEqual(['捐赠', "'=cmd|calc", '没有说', '大米', '5kg/袋', '袋', 3, 28.5, 85.5]);
  expect((await taken()) - before).toBe(2);
});
