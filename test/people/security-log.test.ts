import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetOldTraces } from '../../src/people/forget-traces.ts';
import { SECURITY_EVENTS } from '../../src/people/index.ts';
import { SECURITY_KINDS } from '../../views/oversight/security-words.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { countyCode, PASSWORD, people, townshipCode, willowCode } from '../support/cast.ts';

let world: TestApp;
let office: TestBrowser;

beforeAll(async () => {
  world = await createTestApp();
  office = await world.browser(people.administrator);
});

afterAll(() => world.close());

const page = `/regions/${countyCode}/security`;

interface Event {
  number: number;
  kind: string;
  isRefused: boolean;
  person: string | null;
  subject: string | null;
  region: string | null;
  address: string;
  details: Record<string, string>;
}

async function events(query = ''): Promise<Event[]> {
  const headers = { authorization: `Bearer ${await world.apiToken(people.administrator)}` };
  const answer = await world.app.inject({ url: `/api/v1/regions/${countyCode}/security-events${query}`, headers });
  return answer.json<{ items: Event[] }>().items;
}

test('what happens is told once: who, what, where from, and whether it was refused', async () => {
  const browser = await world.browser();
  await browser.get('/sign-in');
  await browser.submit('/sign-in', { username: people.manager, password: 'a wrong one' });
  await browser.submit('/sign-in', { username: 'my-secret-password', password: 'typed into the wrong field' });
  await browser.submit('/sign-in', { username: people.manager, password: PASSWORD });
  await browser.get(`/regions/${countyCode}/administration?token=in-the-address`);
  await browser.submit('/sign-out', {});
  const told = (await events()).filter(({ person }) => person !== '高县管');
  expect(told.map(({ kind, person, isRefused }) => [kind, person, isRefused])).toEqual([
    ['sign_out', '钱管理', false],
    ['access.refused', '钱管理', true],
    ['sign_in.done', '钱管理', false],
    ['sign_in.failed', null, true],
    ['sign_in.failed', '钱管理', true],
  ]);
  expect(told[1]).toMatchObject({
    region: '试验县',
    address: '127.0.0.1',
    details: { method: 'GET', route: '/regions/:region/administration' },
  });
  const [all] = await world.database.ownerSql<{ text: string }[]>`
    select string_agg(event::text, '') as text from security_event as event`;
  for (const secret of ['a wrong one', 'my-secret-password', PASSWORD, 'in-the-address']) {
    expect(all?.text).not.toContain(secret);
  }
});

test('appointments, dismissals and settings name whom and where', async () => {
  const home = `/regions/${countyCode}/administration`;
  await office.get(`${home}/people/new`);
  const fields = { displayName: '沈新人', username: 'shen', role: 'manager', place: willowCode };
  await office.submit(`${home}/people`, fields);
  const [appointed] = await events('?kind=person.appointed');
  expect(appointed).toMatchObject({
    person: '高县管',
    subject: '沈新人',
    region: '柳树村',
    details: { role: 'manager' },
  });
  const [shen] = await world.db.sql<{ personId: number; appointmentId: number }[]>`
    select person_id as "personId", appointment_id as "appointmentId"
      from appointment join person using (person_id) where username = 'shen'`;
  const person = `${home}/people/${shen?.personId}`;
  await office.submit(`${person}/endings`, { appointment: String(shen?.appointmentId) });
  expect((await events('?kind=person.dismissed'))[0]).toMatchObject({ subject: '沈新人', region: '柳树村' });
  await office.submit(`${home}/access-settings`, { secondFactor: 'offered' });
  expect((await events('?kind=setting.changed'))[0]).toMatchObject({ details: { second_factor: 'offered' } });
});

test('what fails is not told, and what is not told does not happen', async () => {
  const before = (await events()).length;
  await expect(
    world.db.sql.begin(async (tx) => {
      await tx`select record_security_event('setting.changed', false, null, null, null, null, '{}')`;
      throw new Error('something else went wrong');
    }),
  ).rejects.toThrow('something else');
  expect((await events()).length).toBe(before + 1); // the sign-in of this question
  await world.database.ownerSql`alter function record_security_event rename to record_nothing`;
  const browser = await world.browser();
  await browser.get('/sign-in');
  const answer = await browser.submit('/sign-in', { username: people.supervisor, password: PASSWORD });
  await world.database.ownerSql`alter function record_nothing rename to record_security_event`;
  expect(answer.statusCode).toBe(500);
  const [open] = await world.db.sql`
    select count(*)::integer as n from session join person using (person_id) where username = ${people.supervisor}`;
  expect(open).toEqual({ n: 0 });
});

test.each([
  "insert into security_event (kind, is_refused, place, details) values ('sign_out', false, '', '{}')",
  "update security_event set kind = 'sign_out'",
  'delete from security_event',
  'truncate security_event cascade',
  'delete from security_event_address',
])('the application cannot: %s', async (statement) => {
  await expect(world.db.sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' });
});

test.each([
  "update security_event set kind = 'sign_out'",
  'delete from security_event',
  'truncate security_event cascade',
])('nor can the owner without taking the walls down: %s', async (statement) => {
  await expect(world.database.ownerSql.unsafe(statement)).rejects.toMatchObject({ code: '23001' });
});

test('the page filters, pages, and is the county’s alone', async () => {
  for (let count = 0; count < 55; count += 1) {
    await world.db.sql`select record_security_event('sign_out', false, null, null, null, '198.51.100.7', '{}')`;
  }
  const first = await office.get(`${page}?kind=sign_out`);
  expect(first.body.match(/198\.51\.100\.7/g)?.length).toBe(50);
  const next = /href="([^"]+before=\d+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(next).toContain('kind=sign_out');
  expect((await office.get(next)).body.match(/198\.51\.100\.7/g)?.length).toBe(5);
  const refused = await office.get(`${page}?result=refused&who=${encodeURIComponent('钱')}`);
  expect(refused.body).toContain('越权');
  expect(refused.body).not.toContain('198.51.100.7');
  expect((await office.get(`${page}?kind=%27;drop&before=x&result=maybe`)).statusCode).toBe(200);
  const township = await world.browser(people.township);
  expect((await township.get(page)).statusCode).toBe(403);
  expect((await township.get(`/regions/${townshipCode}/security`)).statusCode).toBe(403);
});

test('after 180 days the address is forgotten, the event stays with its network', async () => {
  await world.database.ownerSql`update security_event_address set recorded_at = now() - interval '179 days'`;
  await forgetOldTraces(world.db.sql);
  expect((await events('?kind=access.refused'))[0]).toMatchObject({ address: '127.0.0.1' });
  await world.database.ownerSql`update security_event_address set recorded_at = now() - interval '181 days'`;
  const [before] = await world.db.sql`select count(*)::integer as n from security_event`;
  await forgetOldTraces(world.db.sql);
  expect((await events('?kind=access.refused'))[0]).toMatchObject({ address: '127.0.0.*' });
  const [after] = await world.db.sql<{ n: number }[]>`select count(*)::integer as n from security_event`;
  expect(after?.n).toBe((before?.n ?? 0) + 1);
});

test.each([
  ['203.0.113.7', '203.0.113.*'],
  ['::ffff:203.0.113.7', '203.0.113.*'],
  ['2001:db8:1:2:3::4', '2001:db8:1::*'],
  ['nonsense', ''],
  ['', ''],
])('the network of %s is %s', async (address, network) => {
  const [row] = await world.db.sql<{ network: string }[]>`select mask_address(${address}) as network`;
  expect(row?.network).toBe(network);
});

test('files that somebody takes away are told of, not those of strangers and no pages', async () => {
  const address = `/log/${willowCode}/entries.jsonl`;
  const taken = async () => (await events('?kind=export.downloaded')).map(({ person, details }) => [person, details]);
  const stranger = await world.browser();
  expect((await stranger.get(address)).statusCode).toBe(200);
  const manager = await world.browser(people.manager);
  await manager.get(`/villages/${willowCode}/rules`);
  expect((await manager.get(address)).headers['content-disposition']).toContain('attachment');
  await expect.poll(taken).toEqual([['钱管理', { route: '/log/:code/entries.jsonl' }]]);
});

test('every kind has a word, and every kind is recorded somewhere', () => {
  expect([...SECURITY_KINDS].toSorted()).toEqual([...SECURITY_EVENTS].toSorted());
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('security-events.ts'))
    .map((path) => readFileSync(`src/${path}`, 'utf8'))
    .join('\n');
  for (const kind of SECURITY_EVENTS) expect(sources, kind).toContain(`'${kind}'`);
});
