/**
 * What was given to 啊道村 and what its households wish, on the day of the demonstration: gifts and wishes in different states, each
 * step by the command that a form would call, and a donor who may sign in.
 */
import { keepDonor, recordGift, shelveGift } from '../donations/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import { villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { fileWish, keepWish } from '../wishes/index.ts';
import type { Staff } from './load-village.ts';
import { must } from './must.ts';
import type { TakePhoto } from './take-photo.ts';

const RICE = { code: 'GR001', value: 2_800 };
const SOAP = { code: 'WA003', value: 600 };

interface Stage {
  db: Db;
  staff: Staff;
  now: Date;
  takePhoto: TakePhoto;
  donor: { personId: number; username: string; displayName: string };
}

type GiftStep = Parameters<typeof recordGift>[1]['step'];

export async function giveAndWish({ db, staff, now, takePhoto, donor: account }: Stage): Promise<void> {
  const { villageId, managerId, supervisorId } = staff;
  const today = villageDay(now);
  const donor = async (name: string, draft: Partial<Parameters<typeof keepDonor>[2]>) => {
    const kept = await must(
      keepDonor(db.sql, villageId, {
        name,
        kind: 'enterprise',
        appears: 'named',
        contact: null,
        username: null,
        today,
        ...draft,
      }),
    );
    return kept.publicId;
  };
  const mill = await donor('惠民粮油公司', {});
  const office = await donor('县民政局', { kind: 'department' });
  const friend = await donor(account.displayName, { kind: 'person', appears: 'initials', username: account.username });
  let steps = 0;
  const gift = async (step: GiftStep, recordedBy = managerId, photos: StoredPhoto[] = []) => {
    steps += 1;
    const by = { villageId, idempotencyKey: `demo-gift-${steps}`, recordedBy, today, photos };
    return (await must(recordGift(db, { ...by, step }))).acts[0]?.seq ?? 0;
  };
  const announce = { step: 'announce', fund: 'donation', wish: '', isThere: true, fen: 0 } as const;
  const inspect = { step: 'inspect', passed: true, reason: '' } as const;
  const shelve = async (giftSeq: number, line: typeof RICE, quantity: number, voucher: number) => {
    const lines = [{ code: line.code, quantity, unitValueFen: line.value }];
    const by = { villageId, recordedBy: managerId, recorderName: '', today };
    await must(shelveGift(db, { ...by, idempotencyKey: `demo-shelf-${voucher}`, giftSeq, lines, voucher }));
  };

  const rice = [{ ...RICE, quantity: 10 }];
  const sacks = await takePhoto('sacks', { villageId, purpose: 'gift', addedBy: managerId });
  const brought = { ...announce, donor: mill, kind: 'goods', lines: rice, wish: '先给家里有老人的' } as const;
  const grain = await gift(brought, managerId, sacks);
  await gift({ ...inspect, giftSeq: grain, lines: rice }, supervisorId);
  await shelve(grain, RICE, 10, 1004);
  await gift({ step: 'trace', giftSeq: grain });
  await gift({ step: 'report', giftSeq: grain });
  const money = await gift({
    ...announce,
    donor: office,
    fund: 'civil_affairs',
    kind: 'money',
    lines: [],
    fen: 200_000,
  });
  await gift({ ...inspect, giftSeq: money, lines: [] }, supervisorId);
  const bill = { fen: 12_000, purpose: 'goods', invoice: 'MZ-5512', seller: '县城惠民批发部' } as const;
  await gift({ step: 'spend', giftSeq: money, ...bill });
  await shelve(money, SOAP, 20, 1005);
  await gift({ ...announce, donor: friend, kind: 'goods', lines: [{ ...SOAP, quantity: 6 }] });
  await gift({ ...announce, donor: friend, kind: 'goods', lines: [{ ...RICE, quantity: 2 }], isThere: false });

  const cards = await db.sql<{ number: string }[]>`
    select number
      from card
     where village_id = ${villageId}
       and ended_at is null
       and recalled_at is null
     order by number desc
     limit ${WISHES.length}`;
  await wish({ by: { personId: account.personId, displayName: account.displayName } });

  async function wish({ by }: { by: { personId: number; displayName: string } }): Promise<void> {
    const made: string[] = [];
    for (const [place, words] of WISHES.entries()) {
      const number = cards[place]?.number ?? '';
      const plan = {
        villageId,
        number,
        kind: place === 2 ? 'help' : 'goods',
        words,
        contact: null,
        photos: [],
        today,
      } as const;
      const filed = await must(
        fileWish(db, { ...plan, idempotencyKey: `demo-wish-${place}`, recordedBy: place === 0 ? null : managerId }),
      );
      made.push(filed.wishId);
    }
    let taken = 0;
    const go = async (
      place: number,
      step: Parameters<typeof keepWish>[1]['step'],
      recordedBy = supervisorId,
      photos: StoredPhoto[] = [],
    ) => {
      taken += 1;
      const wishId = made[place] ?? '';
      const plan = { villageId, wishId, step, photos, recordedBy, today };
      await must(keepWish(db, { ...plan, idempotencyKey: `demo-wish-step-${taken}` }));
    };
    for (const place of [1, 2, 3, 4]) {
      await go(place, { step: 'check', opens: { words: WISHES[place] ?? '', item: place === 1 ? RICE.code : null } });
    }
    await go(2, { step: 'claim', by }, by.personId);
    await go(3, { step: 'claim', by }, by.personId);
    await go(3, { step: 'deliver', as: 'gift', giftSeq: null, redemption: null }, managerId);
    const quilt = await takePhoto('quilt', { villageId, purpose: 'echo', addedBy: supervisorId });
    await go(3, { step: 'echo', words: '棉被厚实，晚上不冷了，谢谢好心人' }, supervisorId, quilt);
    await go(4, { step: 'claim', by }, by.personId);
    await go(4, { step: 'release', by }, by.personId);
    await go(5, { step: 'decline', reason: '这件事归村里修路项目，已经报上去了' });
  }
}

const WISHES = [
  '想要一口新铁锅',
  '家里人多，想要一袋大米',
  '老人想请人帮忙修一修院门',
  '天冷了，想要一床棉被',
  '孩子上学，想要一盏台灯',
  '想把门口的路铺上石子',
];
