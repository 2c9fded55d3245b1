import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { PASSWORD, people, willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

const desk = `/villages/${willowCode}/desk`;

/** The answer without what is drawn anew for every request. */
function comparable(body: string, username: string): string {
  return body.replaceAll(username, '').replace(/name="_csrf" value="[^"]+"/g, '');
}

test('a sign-in leads to the page that asked for it, in a cookie that scripts cannot read', async () => {
  const browser = await world.browser();
  expect((await browser.get(`${desk}?x=1`)).headers.location).toBe(
    `/sign-in?return=${encodeURIComponent(`${desk}?x=1`)}`,
  );
  await browser.get(`/sign-in?return=${encodeURIComponent(desk)}`);
  const answer = await browser.submit('/sign-in', { username: ' WILLOW-Manager ', password: PASSWORD, return: desk });
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toBe(desk);
  const cookie = String(answer.cookies.find(({ name }) => name === 'session') && answer.headers['set-cookie']);
  expect(cookie).toMatch(/session=[\w-]+\.[\w-]+\.[\w-]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax/);
  expect(cookie).not.toContain('Secure');
});

test('without a page that asked, everybody starts where they work', async () => {
  const starts = {
    [people.manager]: desk,
    [people.supervisor]: desk,
    [people.township]: '/regions/990100001000',
    [people.county]: '/regions/990100000000',
    [people.administrator]: '/regions/990100000000/administration',
  };
  for (const [username, start] of Object.entries(starts)) {
    const browser = await world.browser();
    await browser.get('/sign-in');
    expect((await browser.submit('/sign-in', { username, password: PASSWORD })).headers.location).toBe(start);
  }
});

test('no address of another site is followed', async () => {
  for (const path of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    'evil',
    '',
  ]) {
    const browser = await world.browser();
    await browser.get(`/sign-in?return=${encodeURIComponent(path)}`);
    const answer = await browser.submit('/sign-in', { username: people.manager, password: PASSWORD, return: path });
    expect(answer.headers.location, path).toBe(desk);
    const changed = await browser.submit('/preferences', { locale: 'en', returnTo: path });
    expect(changed.statusCode).toBe(303);
    expect(changed.headers.location, path).toBe('/');
  }
});

test('a wrong password and an unknown name get the same answer', async () => {
  const known = await world.browser();
  await known.get('/sign-in');
  const wrong = await known.submit('/sign-in', { username: people.manager, password: 'wrong password' });
  const unknown = await world.browser();
  await unknown.get('/sign-in');
  const nobody = await unknown.submit('/sign-in', { username: 'no-such-person', password: 'wrong password' });
  expect(wrong.statusCode).toBe(401);
  expect(nobody.statusCode).toBe(401);
  expect(comparable(nobody.body, 'no-such-person')).toBe(comparable(wrong.body, people.manager));
  expect(wrong.body).toContain('还可以再试 9 次');
  expect(wrong.body).toContain(`value="${people.manager}"`);
  expect(wrong.body).not.toContain('wrong password');
});

test('after ten wrong attempts even the right password waits, and the page says until when', async () => {
  const browser = await world.browser();
  await browser.get('/sign-in');
  const username = people.otherManager;
  // Many at once gain nothing over one after the other.
  const answers = await Promise.all(
    Array.from({ length: 14 }, (_, index) =>
      browser.submit('/sign-in', { username, password: `guess number ${index}` }),
    ),
  );
  expect(answers.filter(({ statusCode }) => statusCode === 401).length).toBeLessThanOrEqual(10);
  const right = await browser.submit('/sign-in', { username, password: PASSWORD });
  expect(right.statusCode).toBe(429);
  expect(right.body).toMatch(/请在 \d\d:\d\d 以后再试/);
  expect(Number(right.headers['retry-after'])).toBeGreaterThan(0);

  const api = await world.app.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    payload: { username, password: PASSWORD },
  });
  expect(api.statusCode).toBe(429);
  expect(api.json()).toMatchObject({ code: 'too_many_attempts' });
  await world.database.ownerSql`update sign_in_failure set failed_at = failed_at - interval '16 minutes'`;
  expect((await browser.submit('/sign-in', { username, password: PASSWORD })).statusCode).toBe(303);
});

test('empty fields come back with what to fill in', async () => {
  const browser = await world.browser();
  await browser.get('/sign-in');
  const answer = await browser.submit('/sign-in', { username: '', password: '' });
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain('请填用户名');
  expect(answer.body).toContain('请填密码');
  expect(answer.body).toContain('<title>错误：');
});

test('signing out ends the session for good, also for a copy of the cookie', async () => {
  const browser = await world.browser(people.manager);
  const copy = await world.browser(people.manager);
  expect((await browser.get('/password')).statusCode).toBe(200);
  const out = await browser.submit('/sign-out', {});
  expect(out.statusCode).toBe(303);
  expect((await browser.get('/password')).statusCode).toBe(303);
  expect((await copy.get('/password')).statusCode).toBe(200);
});

test('a form of another site does not sign anybody in or out', async () => {
  const browser = await world.browser(people.manager);
  const answer = await browser.submit('/sign-out', {}, { origin: 'https://evil.example' });
  expect(answer.statusCode).toBe(403);
  expect((await browser.submit('/sign-out', { _csrf: 'made up' })).statusCode).toBe(403);
  expect((await browser.get('/password')).statusCode).toBe(200);
});

test('the display alone is changed without a token, and for a page of this site only', async () => {
  const send = (url: string, headers: Record<string, string>) =>
    world.app.inject({
      method: 'POST',
      url,
      payload: 'locale=en&username=x&password=y',
      headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'localhost', ...headers },
    });
  const own = { origin: 'http://localhost' };
  expect((await send('/preferences', own)).statusCode).toBe(303);
  for (const from of [{}, { origin: 'https://evil.example' }, { ...own, 'sec-fetch-site': 'cross-site' }]) {
    const refused = await send('/preferences', from);
    expect(refused.statusCode).toBe(403);
    expect(refused.cookies.map(({ name }) => name)).not.toContain('locale');
  }
  for (const url of ['/sign-in', '/sign-out', '/set-up']) expect((await send(url, own)).statusCode).toBe(403);
});

test('language and letter size stay with the browser', async () => {
  const browser = await world.browser();
  await browser.get('/sign-in');
  await browser.submit('/preferences', { locale: 'en', returnTo: '/sign-in' });
  const answer = await browser.submit('/preferences', { textSize: 'largest', returnTo: '/sign-in?return=%2Fhelp' });
  expect(answer.headers.location).toBe('/sign-in?return=%2Fhelp');
  const page = await browser.get('/sign-in');
  expect(page.body).toContain('<html lang="en" data-text-size="largest">');
  await browser.submit('/preferences', { locale: 'xx', textSize: 'huge' });
  expect((await browser.get('/sign-in')).body).toContain('<html lang="en" data-text-size="largest">');
});

test('no account of the demonstration is offered without demonstration data', async () => {
  const browser = await world.browser();
  expect((await browser.get('/sign-in')).body).not.toContain('先试试看');
  expect((await world.app.inject('/api/v1/demo')).statusCode).toBe(404);
});

test('a form whose sign-in ran out is kept: after signing in one press sends it, once', async () => {
  const browser = await world.browser(people.manager);
  await browser.get(`/villages/${willowCode}/awards/new`);
  await world.database.ownerSql`update session set expires_at = now() - interval '1 minute'`;
  const fields = { rule: 'AD-LAB-01', 'c"<': ['1', '2'], idempotencyKey: 'kept', oldPassword: 'not kept' };
  const lost = await browser.submit(`/villages/${willowCode}/awards?x=1`, fields);
  expect(lost.statusCode).toBe(401);
  expect(lost.body).toContain('登录已过期，这一笔没有记');
  expect(lost.body).not.toContain('not kept');
  const draft = unescaped(/name="draft" value="([^"]*)"/.exec(lost.body)?.[1] ?? '');
  expect(JSON.parse(draft)).toEqual({
    action: `/villages/${willowCode}/awards?x=1`,
    fields: [
      ['rule', 'AD-LAB-01'],
      ['c"<', '1'],
      ['c"<', '2'],
      ['idempotencyKey', 'kept'],
    ],
  });

  const wrong = await browser.submit('/sign-in', { username: people.manager, password: 'wrong', draft });
  expect(unescaped(/name="draft" value="([^"]*)"/.exec(wrong.body)?.[1] ?? '')).toBe(draft);
  const resumed = await browser.submit('/sign-in', { username: people.manager, password: PASSWORD, draft });
  expect(resumed.statusCode).toBe(200);
  expect(resumed.body).toContain(`action="/villages/${willowCode}/awards?x=1"`);
  expect(resumed.body).toContain('name="idempotencyKey" value="kept"');
  expect(resumed.body.match(/name="c&quot;&lt;" value="[12]"/g)?.length).toBe(2);
});

test('a draft cannot lead to another site', async () => {
  for (const draft of [
    '{"action":"//evil.example","fields":[]}',
    '{"action":"https://evil.example","fields":[]}',
    '{',
    '[]',
  ]) {
    const browser = await world.browser();
    await browser.get('/sign-in');
    const answer = await browser.submit('/sign-in', { username: people.manager, password: PASSWORD, draft });
    expect(answer.headers.location, draft).toBe(desk);
  }
});

/** The characters that an attribute's value may not hold as they are. */
function unescaped(html: string): string {
  return html.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
