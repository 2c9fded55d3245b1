import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { decidePin } from '../../src/people/decide-pin.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { PASSWORD, people, townshipCode, willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

beforeEach(async () => {
  await world.database.ownerSql`update known_device set ended_at = now() where ended_at is null`;
  await world.database.ownerSql`delete from sign_in_failure`;
});

const desk = `/villages/${willowCode}/desk`;
const PIN = '730528';

test.each([
  ['12345', 'pin_not_six_digits'],
  ['1234567', 'pin_not_six_digits'],
  ['abcdef', 'pin_not_six_digits'],
  ['111111', 'pin_too_simple'],
  ['121212', 'pin_too_simple'],
  ['123456', 'pin_too_simple'],
  ['987654', 'pin_too_simple'],
  ['567890', 'pin_too_simple'],
  ['527527', 'pin_too_simple'],
  ['520131', 'pin_too_simple'],
])('%s is refused: %s', (pin, refused) => {
  expect(decidePin(pin)).toEqual({ refused });
});

test('other six digits are taken, also in full width', () => {
  expect(decidePin('７３０５２８ ')).toEqual({ pin: PIN });
});

const choose = (browser: TestBrowser, fields: Record<string, string> = {}) =>
  browser.submit('/account/pin', { password: PASSWORD, pin: PIN, repeated: fields.pin ?? PIN, ...fields });

/** A manager's browser that knows its manager, signed out. */
async function knownBrowser(username: string = people.manager): Promise<TestBrowser> {
  const browser = await world.browser(username);
  await browser.get('/account/pin');
  expect((await choose(browser)).headers.location).toBe('/account?device=known');
  await browser.submit('/sign-out', {});
  return browser;
}

async function deviceOn(browser: TestBrowser): Promise<string> {
  return /name="device" value="(\d+)"/.exec((await browser.get('/sign-in')).body)?.[1] ?? '';
}

async function enter(browser: TestBrowser, pin = PIN) {
  const device = await deviceOn(browser);
  return browser.submit('/sign-in/pin', { device, pin, return: desk });
}

test('six digits are chosen with the password, and then open this browser and no other', async () => {
  const browser = await world.browser(people.manager);
  await browser.get('/account/pin');
  expect((await choose(browser, { password: 'wrong' })).statusCode).toBe(422);
  expect((await choose(browser, { pin: '123456' })).body).toContain('太容易猜');
  expect((await choose(browser, { repeated: '730529' })).body).toContain('不一样');
  const chosen = await choose(browser);
  expect(chosen.headers.location).toBe('/account?device=known');
  expect(String(chosen.headers['set-cookie'])).toMatch(
    /device=[A-Z2-9]{26}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax/,
  );
  await browser.submit('/sign-out', {});
  expect((await browser.get('/sign-in')).body).toContain('钱管理');
  expect((await enter(browser)).headers.location).toBe(desk);
  expect((await browser.get(desk)).statusCode).toBe(200);

  const device = await deviceOn(await knownBrowser());
  const stranger = await world.browser();
  expect((await stranger.get('/sign-in')).body).not.toContain('钱管理');
  expect((await stranger.submit('/sign-in/pin', { device, pin: PIN })).statusCode).toBe(401);
});

test('the fifth wrong one makes the device unknown, also when all come at once', async () => {
  const browser = await knownBrowser();
  expect((await enter(browser, '000000')).body).toContain('还可以再试 4 次');
  expect((await enter(browser)).statusCode).toBe(303);
  await browser.submit('/sign-out', {});
  const device = await deviceOn(browser);
  const guesses = Array.from({ length: 12 }, (_, index) => String(400_017 + index * 13));
  const answers = await Promise.all(guesses.map((pin) => browser.submit('/sign-in/pin', { device, pin })));
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(12).fill(401));
  expect((await browser.submit('/sign-in/pin', { device, pin: PIN })).statusCode).toBe(401);
  expect((await browser.get('/sign-in')).body).not.toContain('钱管理');
  const locked = await world.db.sql`select from security_event where kind = 'device.locked'`;
  expect(locked.length).toBe(1);
});

test('two people may share a computer, each with digits of their own', async () => {
  const browser = await knownBrowser();
  await browser.get('/sign-in');
  await browser.submit('/sign-in', { username: people.otherManager, password: PASSWORD });
  await browser.get('/account/pin');
  await choose(browser, { pin: '480162' });
  await browser.submit('/sign-out', {});
  const { body } = await browser.get('/sign-in');
  expect(body).toContain('钱管理');
  expect(body).toContain('吴管理');
});

test('an office has no six digits, nor has a manager who also holds one', async () => {
  for (const username of [people.supervisor, people.township, people.administrator]) {
    const browser = await world.browser(username);
    expect((await browser.get('/account/pin')).statusCode, username).toBe(409);
    expect((await choose(browser)).statusCode, username).toBe(409);
  }
  const browser = await knownBrowser(people.otherManager);
  await world.database.ownerSql`
    insert into appointment (person_id, region_id, role, starts_on)
    select person_id, region_id, 'township_officer', '2026-09-01'
      from person, region
     where username = ${people.otherManager}
       and code = ${townshipCode}`;
  expect((await enter(browser)).statusCode).toBe(401);
  await world.database.ownerSql`delete from appointment where role = 'township_officer' and person_id <> (
    select person_id from person where username = ${people.township})`;
});

test('a device is forgotten by its owner, by signing out everywhere, and with a new password', async () => {
  const forgotten = await knownBrowser();
  await enter(forgotten);
  const listed = await forgotten.get('/account');
  const device = /name="device" value="(\d+)"/.exec(listed.body)?.[1] ?? '';
  await forgotten.submit('/account/devices/endings', { device });
  await forgotten.submit('/sign-out', {});
  expect(await deviceOn(forgotten)).toBe('');

  const everywhere = await knownBrowser();
  await enter(everywhere);
  await everywhere.get('/account');
  await everywhere.submit('/account/sign-outs', { which: 'all' });
  expect(await deviceOn(everywhere)).toBe('');

  const changed = await knownBrowser();
  await enter(changed);
  await changed.get('/password');
  const newPassword = '柳树底下乘凉xy';
  await changed.submit('/password', { oldPassword: PASSWORD, newPassword, repeated: newPassword });
  await changed.submit('/sign-out', {});
  expect(await deviceOn(changed)).toBe('');
});

test('nobody forgets the device of somebody else', async () => {
  const browser = await knownBrowser(people.otherManager);
  const device = await deviceOn(browser);
  const other = await world.browser(people.supervisor);
  await other.get('/account');
  await other.submit('/account/devices/endings', { device });
  expect(await deviceOn(browser)).toBe(device);
});
