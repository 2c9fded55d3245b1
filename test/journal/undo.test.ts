/** 撤销 at once: for ten minutes, by whoever recorded it and nobody else, all of it once; later only with a reason. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { recordedAt } from '../support/another-day.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;

let world: TestApp;
let villageId: number;
let managerId: number;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const [manager] = await world.db.sql<{ personId: number }[]>`
    select person_id as "personId" from person where username = ${people.manager}`;
  managerId = manager?.personId ?? 0;
});

afterAll(() => world.close());

/** Two households, so many minutes ago. */
async function award(minutesAgo: number, recordedBy = managerId): Promise<string> {
  const instant = new Date(Date.now() - minutesAgo * 60_000);
  const today = villageDay(instant);
  const by = { villageId, recordedBy, today, occurredOn: today, idempotencyKey: crypto.randomUUID() };
  const both = [cards.赵满仓, cards.单小花];
  const outcome = await recordedAt(world.database, instant.toISOString(), (db) =>
    must(awardPoints(db, { ...by, rule: 'AD-HON-03', cards: both })),
  );
  return outcome.operationId;
}

const reversals = async () => (await world.db.sql`select from act where type = 'points.reverse'`).length;

async function undo(
  operation: string,
  username: string = people.manager,
  idempotencyKey: string = crypto.randomUUID(),
) {
  const browser = await world.browser(username);
  const { body } = await browser.get(`${VILLAGE}/awards/${operation}`);
  const answer = await browser.submit(`${VILLAGE}/undoings`, { operation, idempotencyKey });
  return {
    isOffered: body.includes(`action="${VILLAGE}/undoings"`),
    status: answer.statusCode,
    to: answer.headers.location,
  };
}

// From old to new, as the record is written.
test('after more than ten minutes it is not offered, and whoever presses nevertheless is asked for a reason', async () => {
  const operation = await award(11);
  expect(await undo(operation)).toEqual({
    isOffered: false,
    status: 303,
    to: `${VILLAGE}/reversals/new?operation=${operation}`,
  });
  expect(await reversals()).toBe(0);
});

test('within ten minutes all of it is taken back by one press, and by the same press once more nothing else', async () => {
  const operation = await award(9);
  const first = await undo(operation, people.manager, 'undo');
  expect(first).toMatchObject({ isOffered: true, status: 303 });
  expect(first.to).toMatch(/\/reversals\/[A-Z2-9]{16}$/);
  expect(await reversals()).toBe(2);
  expect((await undo(operation, people.manager, 'undo')).to).toBe(first.to);
  expect((await undo(operation)).to).toBe(`${VILLAGE}/reversals/new?operation=${operation}`);
  expect(await reversals()).toBe(2);
  await checkWorld(world.database.ownerSql);
});

test('what somebody else recorded is not taken back without a reason', async () => {
  const operation = await award(1, 1);
  expect(await undo(operation)).toMatchObject({
    isOffered: false,
    to: `${VILLAGE}/reversals/new?operation=${operation}`,
  });
  expect(await reversals()).toBe(2);
});
