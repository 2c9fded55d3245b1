import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { findVillage, type Village } from '../../src/people/index.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { publicationOf } from '../../src/publication/publications.ts';
import { publishRecord } from '../../src/publication/publish-record.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-15';
const OPEN_CARDS = [cards.赵满仓, cards.单小花, cards.曾有田, cards.王建国, cards.王建国二];

let database: TestDatabase;
let db: Db;
let village: Village;

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  const found = await findVillage(db.sql, willowCode);
  if (!found) throw new Error('no village');
  village = found;
});

afterAll(() => database.close());

const by = (occurredOn = TODAY) => ({
  villageId: village.villageId,
  recordedBy: 1,
  today: TODAY,
  occurredOn,
  idempotencyKey: crypto.randomUUID(),
});

const publish = (month: string, idempotencyKey: string = crypto.randomUUID()) =>
  publishRecord(db, { village, idempotencyKey, recordedBy: 1, month, today: TODAY });

/** What the ledger says about a month's awards among the acts up to a number. */
async function awardedThrough(month: string, throughSeq: number): Promise<number> {
  const [row] = await db.sql<{ given: number }[]>`
    select coalesce(sum(entry.amount_centipoints), 0)::bigint as given
      from act
      join entry using (village_id, seq)
     where act.village_id = ${village.villageId}
       and act.type = 'points.award'
       and to_char(act.occurred_on, 'YYYY-MM') = ${month}
       and act.seq <= ${throughSeq}`;
  return row?.given ?? -1;
}

test('no award slips into a month while it is being published', async () => {
  const award = (card: string) => awardPoints(db, { ...by('2026-09-20'), rule: 'AD-LAB-01', cards: [card] });
  const racers = Array.from({ length: 20 }, (_, index) => award(OPEN_CARDS[index % OPEN_CARDS.length] ?? ''));
  const [published, ...awards] = await Promise.all([must(publish('2026-09')), ...racers]);
  await checkWorld(database.ownerSql);

  const publicationSeq = published.acts[0]?.seq ?? 0;
  const { content } = (await publicationOf(db.sql, village.villageId, '2026-09', 1)) ?? {};
  if (!content) throw new Error('not published');
  expect(content.throughSeq).toBe(publicationSeq - 1);
  expect(content.record.totals.givenCentipoints).toBe(await awardedThrough('2026-09', content.throughSeq));
  expect(content.record.totals.givenCentipoints).toBe(await awardedThrough('2026-09', Number.MAX_SAFE_INTEGER));

  const refused = awards.filter((outcome) => 'refused' in outcome);
  for (const outcome of refused) expect(outcome).toEqual({ refused: 'month_published', month: '2026-09' });
  expect(content.record.totals.givenCount).toBe(awards.length - refused.length);
});

test('of two publications at once one wins, and the other finds nothing to correct', async () => {
  await must(awardPoints(db, { ...by('2026-10-02'), rule: 'AD-LAB-01', cards: [cards.赵满仓] }));
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => publish('2026-10')));
  expect(outcomes.filter((outcome) => !('refused' in outcome))).toHaveLength(1);
  for (const outcome of outcomes.filter((other) => 'refused' in other)) {
    expect(outcome).toEqual({ refused: 'nothing_to_correct', month: '2026-10', version: 1 });
  }
  await checkWorld(database.ownerSql);
});

test('publications in the midst of exchanges get versions of their own, each equal to the ledger up to its act', async () => {
  const redeem = (card: string) => redeemGoods(db, { ...by(), card, lines: [{ code: 'WA003', quantity: 1 }] });
  const outcomes = await Promise.all([
    ...OPEN_CARDS.map(redeem),
    publish('2026-10'),
    ...OPEN_CARDS.map(redeem),
    publish('2026-10'),
  ]);
  expect(outcomes).toHaveLength(12);
  await checkWorld(database.ownerSql);
  const versions = await db.sql<{ version: number; throughSeq: number; exchanged: number }[]>`
    select version,
           through_seq as "throughSeq",
           (content -> 'record' -> 'totals' ->> 'exchangedCentipoints')::bigint as exchanged
      from publication
     where village_id = ${village.villageId}
       and month = '2026-10'
     order by version`;
  expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1));
  for (const { throughSeq, exchanged } of versions) {
    const [row] = await db.sql<{ spent: number }[]>`
      select coalesce(-sum(amount_centipoints), 0)::bigint as spent
        from entry
        join act using (village_id, seq)
       where act.village_id = ${village.villageId}
         and act.type = 'points.redeem'
         and seq <= ${throughSeq}`;
    expect(exchanged).toBe(row?.spent);
  }
});

test('one key sent many times at once publishes once', async () => {
  await must(redeemGoods(db, { ...by(), card: cards.王建国, lines: [{ code: 'WA003', quantity: 1 }] }));
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => must(publish('2026-10', 'one key'))));
  expect(new Set(outcomes.map(({ operationId }) => operationId)).size).toBe(1);
  expect(outcomes.filter(({ isReplay }) => !isReplay)).toHaveLength(1);
  await checkWorld(database.ownerSql);
});
