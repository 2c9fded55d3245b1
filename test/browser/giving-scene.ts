/** Gifts and wishes for the pages that browsers look at, in the states that have most on them. */
import { keepDonor, recordGift, shelveGift } from '../../src/donations/index.ts';
import { appoint, hashPassword } from '../../src/people/index.ts';
import type { Db } from '../../src/platform/database/db.ts';
import { fileWish, keepWish } from '../../src/wishes/index.ts';
import { cards, must, PASSWORD, willowCode } from '../support/cast.ts';

export const DONOR = 'willow-donor';

/** In a month whose record is not published yet. */
const today = '2026-10-02';
const rice = { code: 'GR001', quantity: 4, value: 2_800 };

/** Addresses by who looks at them. */
export async function giveAndWish(
  db: Db,
  villageId: number,
): Promise<Record<'anybody' | 'manager' | 'donor', string[]>> {
  const draft = {
    username: DONOR,
    displayName: '郑好心',
    role: 'donor',
    regionId: villageId,
    startsOn: today,
  } as const;
  const passwordHash = await hashPassword(PASSWORD);
  const appointed = await db.sql.begin((tx) => appoint(tx, { ...draft, mustChangePassword: false }, passwordHash));
  if ('refused' in appointed) throw new Error(appointed.refused);
  const kept = await must(
    keepDonor(db.sql, villageId, {
      name: '郑好心',
      kind: 'person',
      appears: 'initials',
      contact: null,
      username: DONOR,
      today,
    }),
  );
  const gift = async (step: Parameters<typeof recordGift>[1]['step'], recordedBy = 1) => {
    const by = { villageId, idempotencyKey: crypto.randomUUID(), recordedBy, today };
    return (await must(recordGift(db, { ...by, step }))).acts[0]?.seq ?? 0;
  };
  const announce = { step: 'announce', donor: kept.publicId, fund: 'donation', wish: '给老人', isThere: true } as const;
  const goods = await gift({ ...announce, kind: 'goods', lines: [rice], fen: 0 });
  const money = await gift({ ...announce, kind: 'money', lines: [], fen: 50_000 });
  await gift({ ...announce, kind: 'goods', lines: [rice], fen: 0, isThere: false });
  for (const giftSeq of [goods, money]) {
    await gift({ step: 'inspect', giftSeq, passed: true, lines: giftSeq === goods ? [rice] : [], reason: '' }, 2);
  }
  await gift({ step: 'spend', giftSeq: money, fen: 9_000, purpose: 'other', invoice: '', seller: '' });
  const lines = [{ code: 'GR001', quantity: 3, unitValueFen: 2_800 }];
  const by = { villageId, idempotencyKey: crypto.randomUUID(), recordedBy: 1, recorderName: '', today };
  await must(shelveGift(db, { ...by, giftSeq: goods, lines }));
  await gift({ step: 'trace', giftSeq: goods });

  const wishes: string[] = [];
  for (const number of [cards.赵满仓, cards.单小花, cards.曾有田, cards.王建国]) {
    const plan = {
      villageId,
      number,
      kind: 'goods',
      words: '冬天冷，想要一床棉被',
      contact: '下午在家',
      photos: [],
    } as const;
    const idempotencyKey = crypto.randomUUID();
    wishes.push((await must(fileWish(db, { ...plan, idempotencyKey, recordedBy: 1, today }))).wishId);
  }
  const [submitted = '', open = '', claimed = '', echoed = ''] = wishes;
  const go = (wishId: string, step: Parameters<typeof keepWish>[1]['step']) =>
    must(keepWish(db, { villageId, wishId, step, idempotencyKey: crypto.randomUUID(), recordedBy: 1, today }));
  for (const wishId of [open, claimed, echoed]) {
    await go(wishId, { step: 'check', opens: { words: '一位老人想要一床棉被', item: 'GR001' } });
  }
  await go(claimed, { step: 'claim', by: { personId: appointed.personId, displayName: '郑好心' } });
  await go(echoed, { step: 'deliver', as: 'gift', giftSeq: null, redemption: null });
  await go(echoed, { step: 'echo', words: '棉被很暖和，谢谢好心人' });
  const [card] = await db.sql<{ token: string }[]>`select token from card where number = ${cards.单小花}`;
  const at = (path: string) => `/villages/${willowCode}${path}`;
  return {
    anybody: [
      ...['/donations', '/funds', '/wishes', '/wishes?show=delivered', '/echoes'].map(at),
      `/C/${card?.token}/wishes`,
    ],
    manager: [
      ...['/gifts', '/gifts/new', '/donors', `/gifts/${goods}`, `/gifts/${money}`, `/gifts/${money + 1}`].map(at),
      ...[`/gifts/${goods}/receipt`, `/gifts/${goods}/letter`, '/wish-desk', '/wishes/new', '/purchase-list'].map(at),
      ...[submitted, open, claimed, echoed].map((wishId) => at(`/wishes/${wishId}`)),
    ],
    donor: ['/my-gifts', at('/wishes'), at('/wishes?show=claimed')],
  };
}
