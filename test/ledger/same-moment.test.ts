/**
 * What comes at the same moment, over both surfaces: one key fifty times is applied once and each sender gets the same answer; of those
 * who want the last points, the same batch or to take back the same act, exactly one wins and the others are told.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { cardByNumber } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const SENDS = 50;
const TODAY = '2026-10-15';
const VILLAGE = `/villages/${willowCode}`;
const RULE = 'AD-LAB-01';

let world: TestApp;
let villageId: number;
let token: string;
let manager: TestBrowser;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  token = await world.apiToken(people.manager);
  manager = await world.browser(people.manager);
  await manager.get(`${VILLAGE}/awards/new`);
});

afterAll(async () => {
  await checkWorld(world.database.ownerSql);
  await world.close();
});

const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() });
const balanceOf = async (number: string) => (await cardByNumber(world.db.sql, villageId, number))?.balanceCentipoints;

async function countActs(): Promise<number> {
  const [found] = await world.db.sql<{ count: number }[]>`
    select count(*)::integer as count from act where village_id = ${villageId}`;
  return found?.count ?? 0;
}

function atOnce<Answer>(count: number, send: (place: number) => Promise<Answer>): Promise<Answer[]> {
  return Promise.all(Array.from({ length: count }, (_, place) => send(place)));
}

async function postByApi(path: string, payload: object, key: string) {
  const answer = await world.app.inject({
    method: 'POST',
    url: `/api/v1${VILLAGE}${path}`,
    payload,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

describe(`one key, ${SENDS} times at once`, () => {
  /** Sent by programs: what is asked, and the same key with something else. */
  const ACTS: Record<string, { path: string; asked: () => object; other: () => object }> = {
    'an exchange': {
      path: '/redemptions',
      asked: () => ({ card: cards.王建国, lines: [{ goods: 'WA003', quantity: 1 }] }),
      other: () => ({ card: cards.王建国, lines: [{ goods: 'WA003', quantity: 2 }] }),
    },
    'an award': {
      path: '/awards',
      asked: () => ({ rule: RULE, cards: [cards.单小花, cards.曾有田] }),
      other: () => ({ rule: RULE, cards: [cards.单小花] }),
    },
  };

  test.each(Object.entries(ACTS))('%s over the API', async (_, { path, asked, other }) => {
    const before = await countActs();
    const key = crypto.randomUUID();
    const answers = await atOnce(SENDS, () => postByApi(path, asked(), key));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const [first] = answers;
    for (const { body } of answers) expect(body).toEqual(first?.body);
    const written = (await countActs()) - before;
    expect(written).toBe(path === '/awards' ? 2 : 1);
    expect(await postByApi(path, other(), key)).toMatchObject({ status: 422, body: { code: 'key_reused' } });
    expect(await countActs()).toBe(before + written);
  });

  test('a taking back over the API', async () => {
    const { acts } = await must(
      awardPoints(world.db, { ...by(), rule: RULE, occurredOn: TODAY, cards: [cards.赵满仓] }),
    );
    const before = await countActs();
    const key = crypto.randomUUID();
    const answers = await atOnce(SENDS, () => postByApi('/reversals', { seq: acts[0]?.seq, reason: '记错了' }, key));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await countActs()).toBe(before + 1);
    const other = await postByApi('/reversals', { seq: acts[0]?.seq, reason: '别的原因' }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'key_reused' } });
  });

  test('an award by the form: each press is led to the same page', async () => {
    const before = await balanceOf(cards.赵满仓);
    const page = await manager.submit(`${VILLAGE}/award-previews`, {
      rule: 'AD-LAB-02',
      occurredOn: '2026-10-14',
      cards: cards.赵满仓,
    });
    const main = page.body.slice(page.body.indexOf('<main'));
    const hidden = main.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
    const fields = Object.fromEntries([...hidden].map(([, name = '', value = '']) => [name, value]));
    const acts = await countActs();
    const answers = await atOnce(SENDS, () => manager.submit(`${VILLAGE}/awards`, fields));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([303]));
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    expect(await countActs()).toBe(acts + 1);
    expect(await balanceOf(cards.赵满仓)).toBe((before ?? 0) + 600);
  });
});

test('the last points: of six exchanges that each could be paid, as many are done as the card can pay', async () => {
  const before = (await balanceOf(cards.曾有田)) ?? 0;
  const each = 2_400;
  const outcomes = await atOnce(6, () =>
    redeemGoods(world.db, { ...by(), card: cards.曾有田, lines: [{ code: 'GR005', quantity: 1 }] }),
  );
  const done = outcomes.filter((outcome) => !('refused' in outcome));
  const refused = outcomes.flatMap((outcome) => ('refused' in outcome ? [outcome.refused] : []));
  expect(done).toHaveLength(Math.floor(before / each));
  expect(new Set(refused)).toEqual(new Set(['insufficient_points']));
  expect(await balanceOf(cards.曾有田)).toBe(before - done.length * each);
});

test('ten take back one batch, each with a key of its own: one does, nine are told by which act', async () => {
  const batch = { ...by(), rule: 'AD-LAB-02', occurredOn: TODAY, cards: [cards.单小花, cards.赵满仓, cards.王建国] };
  const { operationId } = await must(awardPoints(world.db, batch));
  const before = await countActs();
  const outcomes = await atOnce(10, () => reverseActs(world.db, { ...by(), which: { operationId }, reason: '记错了' }));
  expect(outcomes.filter((outcome) => !('refused' in outcome))).toHaveLength(1);
  const refused = outcomes.flatMap((outcome) => ('refused' in outcome ? [outcome.refused] : []));
  expect(refused).toEqual(Array.from({ length: 9 }, () => 'already_reversed'));
  expect(await countActs()).toBe(before + 3);
});

test('batches that overlap, named in opposite orders: each is applied whole', async () => {
  const all = [cards.单小花, cards.赵满仓, cards.王建国, cards.王建国二, cards.曾有田];
  const before = await Promise.all(all.map(balanceOf));
  const outcomes = await atOnce(12, (place) =>
    awardPoints(world.db, {
      ...by(),
      rule: 'AD-FAM-05',
      occurredOn: `2026-10-${String(place + 1).padStart(2, '0')}`,
      cards: place % 2 === 0 ? all : all.toReversed(),
    }),
  );
  const applied = outcomes.filter((outcome) => !('refused' in outcome)).length;
  expect(applied).toBeGreaterThan(0);
  const gained = (await Promise.all(all.map(balanceOf))).map((balance, place) => (balance ?? 0) - (before[place] ?? 0));
  expect(new Set(gained).size).toBe(1);
  const [each] = outcomes.flatMap((outcome) => ('refused' in outcome ? [] : [outcome.acts[0]?.amountCentipoints ?? 0]));
  expect(gained[0]).toBe(applied * (each ?? 0));
});
