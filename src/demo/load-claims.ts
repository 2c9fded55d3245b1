/**
 * What waits for the village's word in the demonstration: 啊道村 began with 简易, where much of it waits for the first secretary;
 * the next village works by 规范, and has a claim in every state. Each word is given by the command that a form would call.
 */
import { awardPoints } from '../awards/index.ts';
import { cardsByNumber } from '../cards/index.ts';
import {
  answerObjection,
  clearClaims,
  fileClaim,
  fileObjection,
  HOUSEHOLD_ITSELF,
  postSheet,
  returnClaim,
  waiveDuties,
  withdrawClaim,
} from '../claims/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import { addDays, villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { closeReminder, giveReminder } from '../reminders/index.ts';
import { changeSettings, settingsOf } from '../settings/index.ts';
import { honourLate, withdrawMistaken } from './load-late-honours.ts';
import { comeBack, forget, goAway, recallCard } from './load-leaving.ts';
import { addOwnGoods } from './load-own-goods.ts';
import { declareRelatives, foundEveningSchool, holdEveningSchool, liveOn, nameSome } from './load-persons.ts';
import { leaveWithoutHandover } from './load-storekeeper.ts';
import { thinFilm } from './load-thin-film.ts';
import type { Staff } from './load-village.ts';
import { wishForWok } from './load-wish.ts';
import { must } from './must.ts';
import { claimIds, passLines } from './pass-lines.ts';
import { quietCards } from './quiet-cards.ts';
import type { PhotoPlace, TakePhoto } from './take-photo.ts';
import { townshipOfficer } from './township-officer.ts';
import { at, instantAt } from './village-time.ts';

/** So long ago a standard village's history ends, and the way of its claims begins. */
export const CLAIM_DAYS = 10;

/** For how long the township lets points be given although red stops them. */
const LIFTED_DAYS = 180;

const BRAVE = 'AD-PUB-04';
const SWEEPING = 'AD-ENV-04';
const LABOUR = 'AD-LAB-01';
const CARE = 'AD-FAM-05';
const LITTER = 'AD-ENV-08';

type SetClock = (instant: Date) => Promise<void>;

interface Stage {
  db: Db;
  staff: Staff;
  now: Date;
  setClock: SetClock;
}

/** Somebody who was lately brave, somebody whose courage is still to be confirmed, and a household that asks for itself. */
export async function liveSimply({ db, staff, now, setClock }: Stage): Promise<void> {
  const { villageId, managerId, supervisorId } = staff;
  const today = villageDay(now);
  const cards = await quietCards(db, villageId, 4);
  await setClock(now);
  await decide(db, staff, 'simple', today);
  const award = async (card: string, note: string) => {
    const by = { villageId, idempotencyKey: `demo-brave-${card}`, recordedBy: managerId, today };
    const posted = await must(awardPoints(db, { ...by, rule: BRAVE, occurredOn: today, cards: [card], note }));
    return claimIds(db, villageId, posted.operationId);
  };
  const [first = '', second = '', third = '', fourth = ''] = cards;
  await passLines(
    db,
    staff.villageId,
    await award(first, '救起落水儿童，派出所有证明'),
    'supervisor',
    supervisorId,
    today,
  );
  await award(second, '扑救山火，护林员作证');
  const [returned = ''] = await award(third, '夜里拦下偷羊的人');
  const back = { villageId, claimId: returned, reason: '请补派出所的证明', steps: ['supervisor'] as const };
  await must(returnClaim(db, { ...back, personId: supervisorId, idempotencyKey: 'demo-return', today }));
  await must(file(db, villageId, fourth, { rule: CARE, note: '帮邻居收玉米', today, key: 'demo-own' }));
}

interface StandardStage extends Stage {
  leaderId: number;
  approverId: number;
  storekeeperId: number;
  takePhoto: TakePhoto;
  photoPlace: PhotoPlace;
}

/** Ten days: recorded, looked at twice, posted, doubted, cleared; the next lines are on their way. */
export async function liveByTheBook({
  db,
  staff,
  now,
  setClock,
  leaderId,
  approverId,
  storekeeperId,
  takePhoto,
  photoPlace,
}: StandardStage): Promise<void> {
  const { villageId, managerId, supervisorId, administratorId } = staff;
  const today = villageDay(now);
  const ago = (days: number) => addDays(today, -days);
  const on = async (days: number, hour: number) => setClock(instantAt(ago(days), at(hour)));
  const cards = await quietCards(db, villageId, 19);
  const [own = '', relative = ''] = cards.slice(10, 12);
  const [wishing = '', lending = ''] = cards.slice(17);
  const mistaken = { right: cards[6] ?? '', wrong: cards[4] ?? '' };
  const homes = (await cardsByNumber(db.sql, villageId, cards.slice(12, 17))).toSorted(
    (one, other) => other.memberCount - one.memberCount,
  );
  const hand = (days: number) => ({ villageId, recordedBy: managerId, today: ago(days) });
  const shop = { db, villageId, managerId, supervisorId };
  const wok = wishForWok({ ...shop, number: wishing });
  const film = thinFilm(shop);
  const award = async (rule: string, numbers: string[], days: number, note: string, photos: StoredPhoto[] = []) => {
    const by = { ...hand(days), idempotencyKey: `demo-${rule}-${days}` };
    const posted = await must(awardPoints(db, { ...by, rule, occurredOn: ago(days), cards: numbers, note, photos }));
    return claimIds(db, villageId, posted.operationId);
  };
  const evidence = { villageId, purpose: 'evidence', addedBy: managerId } as const;
  const agree = async (ids: string[], days: number) => {
    await on(days, 9);
    await passLines(db, staff.villageId, ids, 'group', leaderId, ago(days));
    await on(days, 16);
    await passLines(db, staff.villageId, ids, 'committee', approverId, ago(days));
  };
  const post = async (ids: string[], days: number) => {
    await on(days, 17);
    const photos = await takePhoto('board', { villageId, purpose: 'board', addedBy: supervisorId });
    const sheet = { villageId, claimIds: ids, photos, personId: supervisorId, today: ago(days) };
    await must(postSheet(db, { ...sheet, idempotencyKey: `demo-sheet-${days}` }));
  };
  const doubt = async (claimId: string, days: number, reason: string) => {
    await on(days, 10);
    const objection = { villageId, claimId, reason, recordedBy: HOUSEHOLD_ITSELF, today: ago(days) };
    await must(fileObjection(db, { ...objection, idempotencyKey: `demo-doubt-${claimId}` }));
  };
  const answer = async (claimId: string, outcome: 'upheld' | 'dismissed', words: string) => {
    const by = { villageId, claimId, outcome, answer: words, witness: '村民代表组', personId: supervisorId };
    await must(answerObjection(db, { ...by, today: ago(5), idempotencyKey: `demo-answer-${claimId}` }));
  };

  await on(CLAIM_DAYS, 15);
  await decide(db, staff, 'standard', ago(CLAIM_DAYS));
  await lift(db, villageId, ago(CLAIM_DAYS));
  await remind(db, staff, { number: cards[8] ?? '', note: '把门口的柴垛挪开', today: ago(CLAIM_DAYS) });
  const tidied = await remind(db, staff, {
    number: cards[5] ?? '',
    note: '把院墙外的砖头收好',
    today: ago(CLAIM_DAYS),
  });
  await nameSome(db, hand(CLAIM_DAYS), homes.slice(0, 2));
  await wok.wish(ago(CLAIM_DAYS));
  const returned = await comeBack(db, villageId);
  const school = await foundEveningSchool(db, hand(CLAIM_DAYS));
  const teach = async (days: number) => {
    const photos = await takePhoto('school', evidence);
    const { operationId } = await holdEveningSchool(db, hand(days), { rule: school, homes, photos });
    return claimIds(db, villageId, operationId);
  };
  const taught = await teach(CLAIM_DAYS);
  const street = await takePhoto('sweeping', evidence);
  const swept = await award(SWEEPING, cards.slice(0, 5), CLAIM_DAYS, '村口到桥头', street);
  const ditch = await takePhoto('digging', evidence);
  const worked = await award(LABOUR, cards.slice(5, 7), CLAIM_DAYS, '清水渠', ditch);
  await on(9, 8);
  await declareRelatives(db, { ...hand(9), recordedBy: leaderId }, own, relative);
  await agree([...taught, ...swept, ...worked], 9);
  await wok.putOnWall(ago(9));
  await post([...taught, ...swept, ...worked], 8);
  await on(7, 10);
  const wokCode = await addOwnGoods({ ...shop, today: ago(7) });
  // The old couple's honour goes with them when they join the children.
  await honourLate(db, hand(7), homes.at(-1)?.number ?? '', ago(45));
  const honour = await honourLate(db, hand(7), mistaken.wrong, ago(45));
  await liveOn(db, hand(7), homes);
  await doubt(swept[1] ?? '', 6, '那天没看见他家来人');
  await doubt(worked[0] ?? '', 6, '他家来的时候已经干完了');
  await recallCard(db, hand(6), lending);
  await leaveWithoutHandover(db, { staff, storekeeperId, today: ago(6) });
  await film.find(ago(6));
  await on(5, 9);
  await wok.fetch(wokCode, ago(5));
  await withdrawMistaken(db, { ...hand(5), recordedBy: supervisorId }, honour);
  await honourLate(db, hand(5), mistaken.right, ago(45));
  await on(5, 15);
  await answer(swept[1] ?? '', 'dismissed', '有签到和照片，是真的');
  await answer(worked[0] ?? '', 'upheld', '查了签到，没有到场');
  await on(4, 8);
  await clearClaims(db, { villageId, today: ago(4) });
  await goAway(db, hand(4), returned);
  await film.stop(ago(4));
  const done = { seq: tidied.acts[0]?.seq ?? 0, note: '砖头已经搬走' };
  await must(closeReminder(db, { ...hand(4), ...done, idempotencyKey: 'demo-tidied' }));

  await on(3, 18);
  await remind(db, staff, { number: cards[9] ?? '', note: '垃圾倒进村口的箱里', today: ago(3) });
  await wok.thank(ago(3));
  const again = await teach(3);
  const helped = await award(CARE, cards.slice(7, 10), 3, '收玉米');
  const [lost = '', ...kept] = await award(SWEEPING, cards.slice(0, 4), 3, '后沟道路');
  await on(2, 8);
  const back = { villageId, claimId: lost, reason: '请写明几个人参加', steps: ['group'] as const };
  await must(returnClaim(db, { ...back, personId: leaderId, idempotencyKey: 'demo-back', today: ago(2) }));
  await agree([...again, ...helped, ...kept.slice(0, 2)], 2);
  await post([...again, ...helped], 2);
  await doubt(helped[0] ?? '', 1, '不是那一天');
  await film.close(ago(1));
  await forget(db, { ...hand(1), recordedBy: administratorId }, returned, photoPlace);
  await on(1, 17);
  await award(LABOUR, [...cards.slice(3, 5), relative], 1, '修村路');
  const [twice = ''] = await award(CARE, cards.slice(5, 6), 1, '搬家具');
  const taken = { villageId, claimId: twice, reason: '和上一条记重了', personId: managerId, today: ago(1) };
  await must(withdrawClaim(db, { ...taken, idempotencyKey: 'demo-twice' }));
  await must(
    file(db, villageId, cards[6] ?? '', { rule: CARE, note: '借三轮车给邻居拉粮', today: ago(1), key: 'demo-own' }),
  );
}

function decide(db: Db, { villageId, managerId }: Staff, preset: 'simple' | 'standard', today: string) {
  const by = { villageId, recordedBy: managerId, today, reason: '村民代表会议', idempotencyKey: `demo-${preset}` };
  return must(changeSettings(db, { ...by, wanted: settingsOf(preset) }));
}

/** One whose days are over, so that somebody has to look, and one that still runs. */
function remind(
  db: Db,
  { villageId, managerId }: Staff,
  { number, note, today }: { number: string; note: string; today: string },
) {
  const by = { villageId, recordedBy: managerId, today, idempotencyKey: `demo-remind-${number}` };
  return must(giveReminder(db, { ...by, number, rule: LITTER, note }));
}

/** More is promised than stands on the shelf, as everywhere where cards begin with 100 points; the township lets it go on for a time. */
async function lift(db: Db, villageId: number, today: string) {
  const recordedBy = await townshipOfficer(db, villageId);
  const until = addDays(today, LIFTED_DAYS);
  const waiver = { villageId, duties: ['solvency_stop'] as const, until, reason: '开卡积分多，捐款月底到账' };
  await must(waiveDuties(db, { ...waiver, recordedBy, today, idempotencyKey: 'demo-lift' }));
}

function file(
  db: Db,
  villageId: number,
  number: string,
  { rule, note, today, key }: { rule: string; note: string; today: string; key: string },
) {
  const own = { villageId, number, rule, note, occurredOn: today, filedBy: null, isByHousehold: true };
  return fileClaim(db, { ...own, recordedBy: HOUSEHOLD_ITSELF, idempotencyKey: key, today });
}
