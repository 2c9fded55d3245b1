/** Lists and searches of households are noted too: that somebody looked, never what for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, people, poplarCode, willowCode } from '../support/cast.ts';

const VILLAGE = `/villages/${willowCode}`;

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

const looks = () => world.db.sql<{ username: string; row: string }[]>`
  select username, personal_view::text as row
    from personal_view
    join person using (person_id)
   where kind = 'list'
   order by view_id`;

test.each([
  [people.supervisor, '/cards?q=zmc'],
  [people.township, '/balances'],
  [people.county, '/earned'],
])('%s looks at %s: one line a day, without what was searched for', async (username, path) => {
  const before = (await looks()).length;
  const browser = await world.browser(username);
  for (const address of [path, path, '/cards']) await browser.get(`${VILLAGE}${address}`);
  const rows = (await looks()).slice(before);
  expect(rows.map((row) => row.username)).toEqual([username]);
  expect(rows[0]?.row).not.toContain('zmc');
  await world.database.ownerSql`update personal_view set viewed_at = viewed_at - interval '25 hours'`;
  await browser.get(`${VILLAGE}${path}`);
  expect((await looks()).length).toBe(before + 2);
});

test.each(['/cards?q=zmc', '/balances', '/earned', '/debts'])(
  'a program that asks for %s is noted the same',
  async (path) => {
    await world.database.ownerSql`update personal_view set viewed_at = viewed_at - interval '2 days'`;
    const before = (await looks()).length;
    const headers = { authorization: `Bearer ${await world.apiToken(people.administrator)}` };
    const answer = await world.app.inject({ url: `/api/v1${VILLAGE}${path}`, headers });
    expect(answer.statusCode).toBe(200);
    expect((await looks()).slice(before).map(({ username }) => username)).toEqual([people.administrator]);
  },
);

test('every household of the village sees the last list of each person, none of another village', async () => {
  const county = await world.browser(people.county);
  const own = await county.get(`${VILLAGE}/cards/${cards.赵满仓}`, { 'accept-language': 'zh-CN' });
  expect(own.body).toContain('孙书记 看了全村名单');
  expect(own.body.match(/高县管 看了全村名单/g)).toHaveLength(1);
  const copy = await county.get(`${VILLAGE}/cards/${cards.赵满仓}/copy`, { 'accept-language': 'zh-CN' });
  expect(copy.body.match(/高县管 看了全村名单/g)?.length).toBeGreaterThan(1);
  const other = await county.get(`/villages/${poplarCode}/cards/${cards.周外村}`, { 'accept-language': 'zh-CN' });
  expect(other.body).not.toContain('孙书记');
});
