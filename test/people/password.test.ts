import { afterAll, beforeAll, expect, test } from 'vitest';
import { commonPasswords } from '../../src/people/common-passwords.ts';
import { decidePassword } from '../../src/people/decide-password.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { PASSWORD, people, willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

const desk = `/villages/${willowCode}/desk`;
const OWN = '柳树底下乘凉';
const change = (fields: Partial<Record<'oldPassword' | 'newPassword' | 'repeated', string>>) => {
  const newPassword = fields.newPassword ?? 'my own long password';
  return { oldPassword: PASSWORD, newPassword, repeated: newPassword, ...fields };
};

test.each([
  ['seven characters', 'x7#kq9p', 'password_too_short'],
  ['a novel', 'x'.repeat(129), 'password_too_long'],
  ['the one in use', 'old password', 'password_unchanged'],
  ['the username and a year', 'zhangsan2026', 'password_like_username'],
  ['one character', '88888888', 'password_too_common'],
  ['a run', '23456789', 'password_too_common'],
  ['a run backwards', '87654321', 'password_too_common'],
  ['the first guess', 'Password1!', 'password_too_common'],
  ['the first guess here', '5201314', 'password_too_short'],
  ['the second guess here', 'woaini1314', 'password_too_common'],
  ['a keyboard row', 'qwertyuiop', 'password_too_common'],
  ['full-width digits', '１２３４５６７８', 'password_too_common'],
  ['the list of the leaked', 'starwars1', 'password_too_common'],
  ['one of the list with signs for letters', 'P@$$w0rd', 'password_too_common'],
  ['one of the list and a year', 'sunshine2026', 'password_too_common'],
  ['a surname and a run', 'zhang123456', 'password_too_common'],
  ['a name and a tail', 'wangwei123', 'password_too_common'],
  ['a surname and a birthday', 'Wang19800101', 'password_too_common'],
  ['a birthday', '19800101', 'password_too_common'],
  ['a mobile number', '13900001111', 'password_too_common'],
  ['a lucky number first', '5201314woaini', 'password_too_common'],
  ['keys beside each other', '1qaz2wsx3edc', 'password_too_common'],
  ['a word twice', 'wangwang', 'password_too_common'],
])('%s is no password', async (_, password, refused) => {
  const draft = { username: 'zhangsan', password, oldPassword: 'old password' };
  expect(decidePassword(draft, await commonPasswords())).toMatchObject({ refused });
});

test.each([
  'correct horse',
  '我家门前有两棵枣树',
  'k7#pq2vX',
  '19571004abc',
  '村口第三棵大槐树',
  'tractor on the hill',
])('%s is a password', async (password) => {
  expect(decidePassword({ username: 'zhangsan', password }, await commonPasswords())).toEqual({ password });
});

test('the ten thousand most frequent of the list are refused, however short they are', async () => {
  const common = await commonPasswords();
  const first = [...common].slice(0, 10_000);
  expect(first).toHaveLength(10_000);
  const taken = first.filter((password) => !('refused' in decidePassword({ username: 'zhangsan', password }, common)));
  expect(taken).toEqual([]);
});

test('a temporary password opens nothing but its own change', async () => {
  await world.database.ownerSql`update person set must_change_password = true where username = ${people.supervisor}`;
  const browser = await world.browser();
  await browser.get('/sign-in');
  const signedIn = await browser.submit('/sign-in', { username: people.supervisor, password: PASSWORD, return: desk });
  expect(signedIn.headers.location).toBe('/password');
  expect((await browser.get(desk)).headers.location).toBe('/password');
  expect((await browser.get(desk, { 'hx-request': 'true' })).headers['hx-redirect']).toBe('/password');
  expect((await browser.get('/')).statusCode).toBe(200);
  expect((await browser.get('/password')).body).toContain('发给您的临时密码');

  const token = await world.apiToken(people.supervisor);
  const api = await world.app.inject({
    url: `/api/v1/villages/${willowCode}/cards`,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(api.statusCode).toBe(403);
  expect(api.json()).toMatchObject({ code: 'must_change_password' });

  expect((await browser.submit('/password', change({ newPassword: 'woaini1314' }))).statusCode).toBe(422);
  expect((await browser.submit('/password', change({}))).headers.location).toBe('/password/changed');
  expect((await browser.get('/password/changed')).statusCode).toBe(200);
  expect((await browser.get(desk)).statusCode).toBe(200);
});

test('a temporary password has a last day, and the reason is said to whoever knows it', async () => {
  const { ownerSql } = world.database;
  const username = people.township;
  const age = (days: number) =>
    ownerSql`update person set must_change_password = true, created_at = now() - make_interval(days => ${days}) where username = ${username}`;
  const signIn = async (password: string) => {
    const browser = await world.browser();
    await browser.get('/sign-in');
    return browser.submit('/sign-in', { username, password });
  };
  await age(14);
  expect((await signIn(PASSWORD)).headers.location).toBe('/password');
  await age(15);
  const over = await signIn(PASSWORD);
  expect(over.statusCode).toBe(401);
  expect(over.body).toContain('只管 14 天');
  expect((await signIn('not it at all')).body).not.toContain('只管 14 天');
  const api = await world.app.inject({
    method: 'POST',
    url: '/api/v1/sessions',
    payload: { username, password: PASSWORD },
  });
  expect(api.json()).toMatchObject({ status: 401, code: 'temporary_password_over', days: 14 });
  // A password of one's own has none.
  await ownerSql`update person set must_change_password = false where username = ${username}`;
  expect((await signIn(PASSWORD)).statusCode).toBe(303);
});

test('a change needs the old password, and ends every other sign-in', async () => {
  const browser = await world.browser(people.manager);
  const elsewhere = await world.browser(people.manager);
  await browser.get('/password');
  expect((await browser.submit('/password', change({ oldPassword: 'wrong' }))).body).toContain('现在的密码不对');
  expect((await browser.submit('/password', change({ repeated: 'something else' }))).body).toContain(
    '两遍新密码不一样',
  );
  expect((await browser.submit('/password', change({ newPassword: people.manager }))).body).toContain('太像');
  expect((await elsewhere.get('/password')).statusCode).toBe(200);

  const done = await browser.submit('/password', {
    oldPassword: PASSWORD,
    newPassword: `${OWN}xy`,
    repeated: `${OWN}xy`,
  });
  expect(done.statusCode).toBe(303);
  expect((await browser.get('/password')).statusCode).toBe(200);
  expect((await elsewhere.get('/password')).headers.location).toContain('/sign-in');

  const again = await world.browser();
  await again.get('/sign-in');
  expect((await again.submit('/sign-in', { username: people.manager, password: PASSWORD })).statusCode).toBe(401);
  expect((await again.submit('/sign-in', { username: people.manager, password: `${OWN}xy` })).statusCode).toBe(303);
});
