/** What a phone asks for when it installs the pages, and whose a page is. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { people } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

test.each([
  ['zh-CN', '爱心超市积分账本'],
  ['zh-TW', '愛心超市積分帳本'],
  ['en', 'Love Supermarket ledger'],
  ['xx', '爱心超市积分账本'],
])('in %s it is called %s', async (locale, name) => {
  const answer = await world.app.inject(`/manifest.webmanifest?locale=${locale}`);
  expect(answer.headers['content-type']).toContain('application/manifest+json');
  expect(answer.json()).toMatchObject({ name, display: 'standalone', scope: '/' });
});

test('its signs are there, one of them for phones that cut it', async () => {
  const { icons } = (await world.app.inject('/manifest.webmanifest')).json<{
    icons: { src: string; purpose: string; sizes: string }[];
  }>();
  expect(icons.map(({ purpose, sizes }) => `${purpose} ${sizes}`)).toEqual([
    'any 192x192',
    'any 512x512',
    'maskable 512x512',
  ]);
  for (const { src } of icons) {
    const answer = await world.app.inject(src);
    expect(answer.headers['content-type']).toBe('image/png');
    expect(answer.rawPayload.subarray(1, 4).toString()).toBe('PNG');
  }
});

test('a page says whose it is, and what the worker keeps for everybody says nobody', async () => {
  const manager = await world.browser(people.manager);
  const page = await manager.get('/uploads');
  expect(page.headers['x-reader']).toMatch(/^\d+$/);
  expect(page.body).toContain('data-reader');
  for (const path of ['/uploads', '/uploads/award', '/offline']) {
    const shell = await manager.get(`${path}?shell`);
    expect(shell.body).not.toContain('data-reader=');
    expect(shell.body).not.toContain('_csrf');
  }
  const nobody = await world.browser();
  expect((await nobody.get('/help')).headers['x-reader']).toBeUndefined();
});
