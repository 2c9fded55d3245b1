/** Every route of the server, asked by everybody about everything: the answer must be the one that permissions.ts gives. */
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Access,
  type Appointment,
  appoint,
  findRegion,
  findViewer,
  hashPassword,
  LEVEL_OF_ROLE,
  may,
  mayAnywhere,
  type Region,
  ROLES,
  type Role,
} from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { until } from '../platform/server-process.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import {
  cards,
  countyCode,
  FOUNDED_ON,
  PASSWORD,
  people,
  poplarCode,
  townshipCode,
  willowCode,
} from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

interface Actor {
  name: string;
  appointments: Appointment[] | null;
  browser: TestBrowser;
  token: string | null;
}

interface Route {
  method: string;
  url: string;
  access: Access;
}

let world: TestApp;
let actors: Actor[];
let routes: Route[];

const PLACES = { village: [willowCode, poplarCode], region: [countyCode, townshipCode, willowCode] };

/** End the asker's own sign-in, demand half of one, or never end their answer; they have their own tests. */
const LEFT_OUT = new Set([
  'GET /villages/:village/counter/display/events',
  'POST /account/sign-outs',
  'POST /api/v1/sessions/endings',
  'POST /sign-in/code',
  'POST /sign-in/pin',
  'POST /sign-out',
]);

/**
 * What may change anything without a right: signing in, setting up an empty installation, a reader's own cookies, and what whoever
 * holds a household's card asks for and doubts.
 */
const OPEN_POSTS = [
  '/C/:token/claims',
  '/C/:token/number',
  '/C/:token/objections',
  '/C/:token/reservations',
  '/C/:token/reservations/cancellations',
  '/C/:token/wishes',
  '/api/v1/own-card/claims',
  '/api/v1/own-card/objections',
  '/api/v1/password-resets',
  '/api/v1/sessions',
  '/preferences',
  '/reset',
  '/set-up',
  '/sign-in',
  '/sign-in/code',
  '/sign-in/pin',
  '/sign-out',
];

beforeAll(async () => {
  world = await createTestApp();
  routes = world.app.accessTable.filter(({ method, url }) => method !== 'HEAD' && !url.startsWith('/assets/'));
  const staff = await Promise.all([...Object.values(people), ...(await appointTheOthers())].map(signedIn));
  actors = [{ name: 'nobody', appointments: null, browser: await visitor(), token: null }, ...staff];
});

afterAll(() => world.close());

/** Of every role that the cast leaves out one more person, so that no role is forgotten. */
async function appointTheOthers(): Promise<string[]> {
  const held = await world.db.sql<{ role: Role }[]>`select distinct role from appointment`;
  const missing = ROLES.filter((role) => !held.some((one) => one.role === role));
  const passwordHash = await hashPassword(PASSWORD);
  return Promise.all(
    missing.map(async (role) => {
      const code = { county: countyCode, township: townshipCode, village: willowCode }[LEVEL_OF_ROLE[role]];
      const { regionId = 0 } = (await findRegion(world.db.sql, code)) ?? {};
      const username = role.replaceAll('_', '-');
      const draft = { username, displayName: role, role, regionId, startsOn: FOUNDED_ON, mustChangePassword: false };
      await world.db.sql.begin((tx) => appoint(tx, draft, passwordHash));
      return username;
    }),
  );
}

async function visitor(): Promise<TestBrowser> {
  const browser = await world.browser();
  await browser.get('/sign-in');
  return browser;
}

async function signedIn(username: string): Promise<Actor> {
  const browser = await world.browser(username);
  await browser.get('/help');
  const [session] = await world.db.sql<{ sessionId: string }[]>`
    select session_id as "sessionId"
      from session
      join person using (person_id)
     where username = ${username}
     limit 1`;
  const viewer = await findViewer(world.db.sql, session?.sessionId ?? '', villageDay(new Date()));
  return { name: username, appointments: viewer?.appointments ?? [], browser, token: await world.apiToken(username) };
}

/** The addresses of a route: one for each place that it can be asked about. */
function addressesOf({ url }: Route): { address: string; place: string | null }[] {
  const kind = url.includes(':village') ? 'village' : url.includes(':region') ? 'region' : null;
  const filled = url
    .replace(':number', cards.赵满仓)
    .replace(':month', '2026-09')
    .replace(/:(seq|version|person|n)\b/g, '1');
  const whole = (address: string) => address.replace(/:\w+/g, 'NOSUCHTHING').replace('*', 'nothing');
  if (kind === null) return [{ address: whole(filled), place: null }];
  return PLACES[kind].map((place) => ({ address: whole(filled.replace(`:${kind}`, place)), place }));
}

function isAllowed(access: Access, appointments: Appointment[] | null, place: Region | null): boolean {
  if (access === 'everybody') return true;
  if (appointments === null) return false;
  if (access === 'signed-in') return true;
  return place ? may(appointments, access, place) : mayAnywhere(appointments, access);
}

/** A process that comes late says so and asks again; on time it becomes only when somebody waits for something. */
function ask(actor: Actor, route: Route, address: string): Promise<LightMyRequestResponse> {
  return until(async () => {
    const answer = await askOnce(actor, route, address);
    return answer.statusCode === 503 ? null : answer;
  });
}

async function askOnce(
  { browser, token }: Actor,
  { method, url }: Route,
  address: string,
): Promise<LightMyRequestResponse> {
  if (url.startsWith('/api/')) {
    return world.app.inject({
      method: method === 'POST' ? 'POST' : 'GET',
      url: address,
      ...(token && { headers: { authorization: `Bearer ${token}` } }),
      ...(method === 'POST' && { payload: {} }),
    });
  }
  return method === 'POST' ? browser.submit(address, {}) : browser.get(address);
}

function expectedOf(route: Route, { appointments }: Actor, isRight: boolean): string {
  if (isRight) return 'answered';
  if (appointments !== null) return 'refused 403';
  return route.method === 'GET' && !route.url.startsWith('/api/') ? 'asked to sign in' : 'refused 401';
}

function verdictOf({ statusCode, headers }: LightMyRequestResponse): string {
  if (statusCode >= 500) return `failed ${statusCode}`;
  if (statusCode === 401 || statusCode === 403) return `refused ${statusCode}`;
  return String(headers.location).startsWith('/sign-in?return=') ? 'asked to sign in' : 'answered';
}

test('every route answers those who may and nobody else', async () => {
  const places = new Map<string, Region | null>();
  for (const code of [...PLACES.village, ...PLACES.region]) places.set(code, await findRegion(world.db.sql, code));
  const wrong: string[] = [];
  let asked = 0;
  for (const route of routes.filter(({ method, url }) => !LEFT_OUT.has(`${method} ${url}`))) {
    for (const { address, place } of addressesOf(route)) {
      const region = place === null ? null : (places.get(place) ?? null);
      const answers = await Promise.all(
        actors.map(async (actor) => ({ actor, answer: await ask(actor, route, address) })),
      );
      for (const { actor, answer } of answers) {
        asked += 1;
        // An empty sign-in is a wrong one, for whoever asks.
        if (route.url === '/api/v1/sessions' && answer.statusCode === 422) continue;
        const expected = expectedOf(route, actor, isAllowed(route.access, actor.appointments, region));
        const verdict = verdictOf(answer);
        if (verdict !== expected)
          wrong.push(`${actor.name}: ${route.method} ${address} is ${verdict}, not ${expected}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(routes.length * actors.length);
  await checkWorld(world.database.ownerSql);
}, 600_000);

test('nothing changes without a right but a reader’s own cookies and sign-in', () => {
  const open = routes.filter(({ method, access }) => method !== 'GET' && access === 'everybody').map(({ url }) => url);
  expect(open.sort()).toEqual(OPEN_POSTS);
});

test('every role is asked about every route', () => {
  const held = new Set(actors.flatMap(({ appointments }) => (appointments ?? []).map(({ role }) => role)));
  expect([...held].toSorted()).toEqual([...ROLES].toSorted());
});

test('whoever may not is told who may', async () => {
  const supervisor = actors.find(({ name }) => name === people.supervisor);
  const page = await supervisor?.browser.get(`/villages/${willowCode}/awards/new`);
  expect(page?.statusCode).toBe(403);
  expect(page?.body).toContain('这里能办的人：管理员、信息员。');
  const english = await supervisor?.browser.get(`/villages/${willowCode}/awards/new`, { 'accept-language': 'en' });
  expect(english?.body).toContain('Who may do it here: Manager, Recorder.');
});

test('who hands out goods never approves points', () => {
  const approving: Access[] = ['claim.review', 'claim.approve', 'claim.endorse'];
  for (const { appointments, name } of actors) {
    const approves = approving.some((capability) => isAllowed(capability, appointments, null));
    expect(approves && isAllowed('goods.redeem', appointments, null), name).toBe(false);
  }
});

test('who awards or hands out goods never publishes, and who publishes never posts', () => {
  const posting: Access[] = [
    'points.award',
    'points.expire',
    'goods.receive',
    'goods.redeem',
    'act.reverse',
    'card.open',
    'household.change',
  ];
  for (const { appointments, name } of actors) {
    const posts = posting.some((capability) => isAllowed(capability, appointments, null));
    expect(posts && isAllowed('record.publish', appointments, null), name).toBe(false);
  }
});

test('a village that is not there has a page that says so', async () => {
  const browser = await world.browser();
  for (const address of [
    '/villages/123456789012',
    '/villages/12',
    `/villages/${townshipCode}`,
    '/regions/abc',
    '/nothing',
  ]) {
    const answer = await browser.get(address);
    expect(answer.statusCode, address).toBe(404);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).toContain('回到首页');
  }
  const api = await world.app.inject('/api/v1/villages/123456789012');
  expect(api.statusCode).toBe(404);
  expect(api.json()).toMatchObject({ code: 'unknown_village' });
});
