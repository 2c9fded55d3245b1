/** Wishes on a real database: who may know whose they are, and that a promise has one donor. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { fileWish, keepWish, verifyWishes } from '../../src/wishes/index.ts';
import { readWishes } from '../../src/wishes/wishes.ts';
import { cards, must, willowCode } from '../support/cast.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = '2026-10-20';

let database: TestDatabase;
let db: Db;
let villageId: number;
let staff: { personId: number; displayName: string }[];

beforeAll(async () => {
  database = await createTestDatabase({ template: 'cast' });
  db = createDb(database.sql);
  const [village] = await db.sql<{ id: number }[]>`select region_id as id from region where code = ${willowCode}`;
  villageId = village?.id ?? 0;
  staff = await db.sql`select person_id as "personId", display_name as "displayName" from person order by person_id`;
});

afterAll(() => database.close());

const key = () => crypto.randomUUID();

const file = (number: string, words = '冬天冷，想要一床棉被', idempotencyKey = key()) =>
  fileWish(db, {
    villageId,
    number,
    kind: 'goods',
    words,
    contact: null,
    photos: [],
    idempotencyKey,
    recordedBy: null,
    today: TODAY,
  });

type Step = Parameters<typeof keepWish>[1]['step'];

const step = (wishId: string, wanted: Step, today = TODAY) =>
  keepWish(db, { villageId, wishId, step: wanted, idempotencyKey: key(), recordedBy: staff[0]?.personId ?? 0, today });

async function openWish(number: string): Promise<string> {
  const { wishId } = await must(file(number));
  await must(step(wishId, { step: 'check', opens: { words: '一位老人想要一床棉被', item: null } }));
  return wishId;
}

const claimBy = (wishId: string, place: number, today = TODAY) => {
  const by = staff[place];
  if (!by) throw new Error('somebody');
  return step(wishId, { step: 'claim', by }, today);
};

async function find(wishId: string, today = TODAY) {
  return (await readWishes(db.sql, villageId, today)).wishes.find((wish) => wish.wishId === wishId);
}

test('two donors who claim a wish at once: exactly one has it, and the other is told until when', async () => {
  const wishId = await openWish(cards.王建国);
  const outcomes = await Promise.all([claimBy(wishId, 0), claimBy(wishId, 1), claimBy(wishId, 2)]);
  expect(outcomes.filter((outcome) => !('refused' in outcome))).toHaveLength(1);
  expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([
    expect.objectContaining({ refused: 'wish_taken', until: '2026-11-19' }),
    expect.objectContaining({ refused: 'wish_taken', until: '2026-11-19' }),
  ]);
  expect(await find(wishId)).toMatchObject({ now: 'claimed' });
  expect(await find(wishId, '2026-11-20')).toMatchObject({ now: 'open', state: 'claimed' });
  await must(claimBy(wishId, 1, '2026-11-20'));
  expect(await verifyWishes(db.sql, villageId)).toBeNull();
  await checkWorld(database.ownerSql);
});

test('the record of a wish names neither the household nor what it said', async () => {
  const { wishId, acts } = await must(file(cards.单小花, '单小花想要一口锅，电话 13800001234'));
  const [act] = await db.sql<{ leaf: string; openings: unknown }[]>`
    select convert_from(act.leaf, 'UTF8') as leaf,
           disclosure.openings
      from act
      left join disclosure using (village_id, seq)
     where act.village_id = ${villageId}
       and act.seq = ${acts[0]?.seq ?? -1}`;
  expect(act?.openings).toBeNull();
  expect(Object.keys(JSON.parse(act?.leaf ?? '{}')).toSorted()).toEqual(
    ['at', 'commit', 'id', 'kind', 'occurred', 'type', 'v', 'whose', 'wish'].toSorted(),
  );
  const opens = (words: string) => step(wishId, { step: 'check', opens: { words, item: null } });
  expect(await opens('单小花想要一口锅')).toEqual({ refused: 'wish_names_somebody' });
  await must(opens('想要一口锅'));
});

test('delivered, thanked and closed; the thanks name nobody either', async () => {
  const wishId = await openWish(cards.曾有田);
  await must(claimBy(wishId, 0));
  expect(await step(wishId, { step: 'deliver', as: 'points', giftSeq: null, redemption: 1 })).toEqual({
    refused: 'unknown_redemption',
  });
  await must(step(wishId, { step: 'deliver', as: 'gift', giftSeq: null, redemption: null }));
  expect(await step(wishId, { step: 'echo', words: '曾有田谢谢好心人' })).toEqual({ refused: 'wish_names_somebody' });
  await must(step(wishId, { step: 'echo', words: '棉被很暖和，谢谢好心人' }));
  await must(step(wishId, { step: 'close' }));
  expect(await step(wishId, { step: 'close' })).toEqual({ refused: 'wish_state', state: 'closed' });
  expect(await find(wishId)).toMatchObject({ now: 'closed', echo: { words: '棉被很暖和，谢谢好心人' } });
  expect(await verifyWishes(db.sql, villageId)).toBeNull();
  await checkWorld(database.ownerSql);
});

test('the same press twice is one wish; a fourth that waits is refused', async () => {
  const again = key();
  const [one, two] = await Promise.all([file(cards.赵满仓, '想要锄头', again), file(cards.赵满仓, '想要锄头', again)]);
  if ('refused' in one || 'refused' in two) throw new Error('neither is refused');
  expect(one.wishId).toBe(two.wishId);
  expect(one.isReplay).not.toBe(two.isReplay);
  await must(file(cards.赵满仓));
  await must(file(cards.赵满仓));
  expect(await file(cards.赵满仓)).toEqual({ refused: 'too_many_wishes', most: 3 });
});

test('the verifier notices a wish that was given to another household', async () => {
  const wishId = await openWish(cards.曾有田);
  const seen: (string | undefined)[] = [];
  await database.ownerSql
    .begin(async (tx) => {
      await tx`
        update wish
           set household_id = (
             select household_id from card where village_id = ${villageId} and number = ${cards.王建国}
           )
         where wish_id = ${wishId}`;
      seen.push((await verifyWishes(tx, villageId))?.sentence);
      throw new Error('back');
    })
    .catch(() => {});
  expect(seen).toEqual(['its row says that it is the wish of another household']);
});
