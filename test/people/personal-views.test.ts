import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetOldTraces } from '../../src/people/forget-traces.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, people, willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

const page = `/villages/${willowCode}/cards/${cards.赵满仓}`;

const viewsOf = () => world.db.sql<{ username: string; kind: string }[]>`
  select username, kind from personal_view join person using (person_id) order by view_id`;

test('who opens a household is shown to the next who opens it', async () => {
  const supervisor = await world.browser(people.supervisor);
  await supervisor.get(page);
  await supervisor.get(`${page}/statement`);
  const manager = await world.browser(people.manager);
  const { body } = await manager.get(page);
  expect(body).toMatch(/孙书记 看了这一页/);
  expect(body).toMatch(/孙书记 看了对账单/);
  expect(body).toMatch(/钱管理 看了这一页/);
  expect((await manager.get(`/villages/${willowCode}/cards/${cards.单小花}`)).body).not.toContain('孙书记 看了');
  // Going back and forth is one look.
  await supervisor.get(page);
  expect((await viewsOf()).filter(({ username }) => username === people.supervisor)).toEqual([
    { username: people.supervisor, kind: 'page' },
    { username: people.supervisor, kind: 'statement' },
  ]);
});

test('a program that asks for a card is noted too, who is refused is not', async () => {
  const headers = { authorization: `Bearer ${await world.apiToken(people.township)}` };
  await world.app.inject({ url: `/api/v1${page}`, headers });
  await world.app.inject({ url: `/api/v1${page}/statement`, headers });
  const stranger = await world.browser(people.otherManager);
  expect((await stranger.get(page)).statusCode).toBe(403);
  const views = await viewsOf();
  expect(views.filter(({ username }) => username === people.township)).toEqual([
    { username: people.township, kind: 'program' },
  ]);
  expect(views.filter(({ username }) => username === people.otherManager)).toEqual([]);
});

test('the application cannot change who looked, and after 180 days it is forgotten', async () => {
  for (const statement of ['delete from personal_view', 'update personal_view set person_id = 1']) {
    await expect(world.db.sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' });
  }
  await world.database.ownerSql`update personal_view set viewed_at = now() - interval '179 days'`;
  await forgetOldTraces(world.db.sql);
  expect((await viewsOf()).length).toBeGreaterThan(0);
  await world.database.ownerSql`update personal_view set viewed_at = now() - interval '181 days'`;
  await forgetOldTraces(world.db.sql);
  expect(await viewsOf()).toEqual([]);
});
