/**
 * Thousands of bad requests against the whole server on a real database: none may break it, tell what it is made of, or change
 * anything by being refused. `FUZZ_SEED` and `FUZZ_REQUESTS` repeat a run, shorten or lengthen it.
 */
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { people } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';
import { type Actor, gatherActors, reviveActors } from './actors.ts';
import { type ApiDocument, type MadeRequest, openRequests } from './made-requests.ts';
import { openRandom } from './random.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);
const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 20_000);
const AT_ONCE = 40;
const REVIVE_EVERY = 1_000;
/** So many meet every route. */
const ENOUGH = 5_000;
const MOST_FAULTS = 20;

let world: TestApp;
let actors: Actor[];

beforeAll(async () => {
  world = await createTestApp({
    env: { WITNESS_NAME: 'other.example/witness', ...(process.env.FUZZ_VERBOSE && { LOG_LEVEL: 'error' }) },
  });
  actors = await gatherActors(world);
  // Some have been signed in for so long that they are asked again who they are.
  await world.database.ownerSql`update session set proved_at = now() - interval '1 hour' where number % 3 = 0`;
});

afterAll(() => world.close());

/** Between them they may see every page. */
const LOOKERS = new Set<string>([people.manager, people.supervisor, people.township, people.administrator]);

/**
 * What requests write that are refused or only read: who asked, what readers of the public log made ready, what the customers' display
 * shows, and checks that go on by themselves.
 */
const TRACES = new Set([
  'import_run',
  'log_tile',
  'personal_view',
  'public_log',
  'security_event',
  'security_event_address',
  'session',
  'sign_in_failure',
  'till',
  'village_check',
]);

/** What no answer may hold: the inside of the program, of its database or of the machine. */
const INSIDE =
  /node_modules|\bat \S+ \(|\.tsx?:\d+|file:\/\/\/|\/home\/|\/tmp\/|PostgresError|TypeError|RangeError|ReferenceError|SyntaxError|Cannot read prop|is not a function|syntax error at|violates \w+|invalid input syntax|out of range for type|invalid byte sequence|\brelation "|\bcolumn "|select .{1,80} from |ENOENT|ECONN|FST_ERR/;

/** An answer that goes on for as long as somebody listens; it has tests of its own. */
const ENDLESS = '/villages/:village/counter/display/events';

/** Refusals that mean "not now", as the routes say them themselves. */
const DELIBERATE = new Set(['too_busy', 'overloaded']);

test(`${REQUESTS} bad requests (seed ${SEED})`, async () => {
  const tables = await readTables();
  const document = (await world.app.inject('/api/openapi.json')).json<ApiDocument>();
  const routes = world.app.accessTable.filter(({ url }) => url !== ENDLESS);
  const made = openRequests(openRandom(SEED), routes, document);
  for (const request of made.firstLooks(actors.filter(({ name }) => LOOKERS.has(name)))) {
    made.learn(request, await world.app.inject(request.options));
  }
  const faults: string[] = [];
  const count = { sent: 0, opened: 0, comparedRefusals: 0 };
  const asked = new Set<string>();
  let before = await fingerprint(tables);
  while (count.sent < REQUESTS && faults.length < MOST_FAULTS) {
    const requests = Array.from({ length: AT_ONCE }, () => made.make(actors));
    const exchanges = await Promise.all(
      requests.map(async (request) => ({ request, answer: await world.app.inject(request.options) })),
    );
    for (const { request, answer } of exchanges) {
      const fault = faultOf(answer);
      if (fault) faults.push(`${fault}: ${describe(request)}`);
      asked.add(request.route);
      made.learn(request, answer);
    }
    const after = await fingerprint(tables);
    // What was done of right changes something; then the refusals beside it prove nothing.
    if (!exchanges.some(({ request, answer }) => request.isWrite && answer.statusCode < 400)) {
      count.comparedRefusals += exchanges.filter(({ answer }) => answer.statusCode >= 400).length;
      const touched = tables.filter((table) => before[table] !== after[table]);
      if (touched.length > 0) faults.push(`${touched.join(', ')} changed:\n${requests.map(describe).join('\n')}`);
    }
    before = after;
    count.opened += exchanges.filter(({ answer }) => answer.statusCode === 200).length;
    count.sent += AT_ONCE;
    if (count.sent % REVIVE_EVERY < AT_ONCE) await reviveActors(world, actors);
  }
  expect(faults).toEqual([]);
  await checkWorld(world.database.ownerSql);
  expect((await world.app.inject('/readyz')).json()).toEqual({ status: 'ready' });
  // It must have come far enough to mean something.
  expect(REQUESTS < ENOUGH ? [] : made.routes.filter((route) => !asked.has(route))).toEqual([]);
  expect(count.opened).toBeGreaterThan(REQUESTS / 20);
  expect(count.comparedRefusals).toBeGreaterThan(REQUESTS / 10);
}, 1_200_000);

function faultOf({ statusCode, body, headers }: LightMyRequestResponse): string | null {
  const type = String(headers['content-type']);
  if (statusCode >= 500) {
    const code = type.startsWith('application/problem+json') ? String(JSON.parse(body).code) : '';
    // A machine with too much to do says so, and when to come again.
    const isSaid = DELIBERATE.has(code) || code.startsWith('log_') || headers['retry-after'] !== undefined;
    const isDeliberate = statusCode === 503 && isSaid;
    if (!isDeliberate) return `failed with ${statusCode}`;
  }
  if (type.includes('javascript')) return null;
  const inside = INSIDE.exec(body);
  return inside ? `tells "${inside[0]}" with ${statusCode}` : null;
}

function describe({ actor, options }: MadeRequest): string {
  const { method, url, headers, payload } = options;
  return `${actor.name}: ${method} ${url.slice(0, 300)} ${JSON.stringify(headers).slice(0, 400)} ${JSON.stringify(payload)?.slice(0, 400)}`;
}

async function readTables(): Promise<string[]> {
  const found = await world.database.ownerSql<{ name: string }[]>`
    select relname as name
      from pg_class
     where relnamespace = 'public'::regnamespace
       and relkind = 'r'
     order by relname`;
  return found.map(({ name }) => name).filter((name) => !TRACES.has(name));
}

/** What stands in each table, in one number. */
async function fingerprint(tables: readonly string[]): Promise<Record<string, string>> {
  const sums = tables.map(
    (table) =>
      `(select count(*) || '/' || coalesce(sum(hashtextextended(${table}::text, 0)), 0) from ${table}) as ${table}`,
  );
  const [found] = await world.database.ownerSql.unsafe<Record<string, string>[]>(`select ${sums.join(', ')}`);
  if (!found) throw new Error('a fingerprint without a row');
  return found;
}
