import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp({ template: 'demo', env: { DEMO: 'on' } });
}, 120_000);

afterAll(() => world.close());

test('the sign-in page signs in as one of four with one press', async () => {
  const browser = await world.browser();
  const { body } = await browser.get('/sign-in');
  const offered = [
    ...body.matchAll(/name="username" value="([\w-]+)"\/><input type="hidden" name="password" value="([^"]+)"/g),
  ];
  expect(offered).toHaveLength(4);
  expect(body).toContain('啊道村 管理员');
  for (const [, username = '', password = ''] of offered) {
    await browser.get('/help');
    const answer = await browser.submit('/sign-in', { username, password });
    expect(answer.statusCode).toBe(303);
    expect((await browser.get(String(answer.headers.location))).statusCode).toBe(200);
  }
});

test('there is nothing to set up', async () => {
  const browser = await world.browser();
  expect((await browser.get('/set-up')).statusCode).toBe(409);
});
