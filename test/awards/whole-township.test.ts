/** One award to as many households as one request may name: all of them or none, in one operation. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOST_CARDS } from '../../src/awards/award-points.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { fillWithPeople } from '../browser/crowded-village.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';

let world: TestApp;
let villageId: number;
let numbers: string[];

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  numbers = (await fillWithPeople(world.db, MOST_CARDS)).map(({ number }) => number);
});

afterAll(() => world.close());

const award = (named: string[], rule = 'AD-LAB-01') =>
  awardPoints(world.db, {
    villageId,
    recordedBy: 1,
    today: TODAY,
    occurredOn: TODAY,
    idempotencyKey: crypto.randomUUID(),
    rule,
    cards: named,
  });

async function totals() {
  const [found] = await world.db.sql<{ acts: number; operations: number; centipoints: number }[]>`
    select (select count(*)::integer from act where village_id = ${villageId}) as acts,
           (select count(*)::integer from operation where village_id = ${villageId}) as operations,
           (select sum(balance_centipoints)::bigint from account where village_id = ${villageId}) as centipoints`;
  return found;
}

test(`${MOST_CARDS} households in one call, and all of it back in one`, { timeout: 120_000 }, async () => {
  expect(numbers).toHaveLength(MOST_CARDS);
  const before = await totals();
  const { acts, operationId } = await must(award(numbers));
  expect(new Set(acts.map(({ accountId }) => accountId)).size).toBe(MOST_CARDS);
  expect(await totals()).toMatchObject({
    acts: (before?.acts ?? 0) + MOST_CARDS,
    operations: (before?.operations ?? 0) + 1,
  });
  await must(
    reverseActs(world.db, {
      villageId,
      recordedBy: 1,
      idempotencyKey: crypto.randomUUID(),
      which: { operationId },
      reason: '记错了',
    }),
  );
  expect(await totals()).toMatchObject({ centipoints: before?.centipoints });
  await checkWorld(world.database.ownerSql);
});

test('one after the other while the database knows nothing yet of so many: none waits until it is given up', async () => {
  const before = await totals();
  for (const rule of ['AD-LAB-02', 'AD-FAM-05']) await must(award(numbers, rule));
  expect(await totals()).toMatchObject({ acts: (before?.acts ?? 0) + 2 * MOST_CARDS });
});

test('one of them whose card is not open: none gets anything', async () => {
  const before = await totals();
  expect(await award([...numbers.slice(1), cards.李未开])).toMatchObject({ refused: 'card_not_open' });
  expect(await totals()).toEqual(before);
});

test('one more than that is refused with how many may be named', async () => {
  const token = await world.apiToken(people.manager);
  const answer = await world.app.inject({
    method: 'POST',
    url: `/api/v1/villages/${willowCode}/awards`,
    payload: { rule: 'AD-LAB-01', cards: [...numbers, cards.赵满仓] },
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.statusCode).toBe(422);
  expect(answer.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'cards' }] });
});
