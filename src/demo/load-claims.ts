/**
 * What waits for the village's word in the demonstration: 啊道村 began with 简易, where much of it waits for the first secretary;
 * the next village works by 规范, and has a claim in every state. Each word is given by the command that a form would call.
 */
import { awardPoints } from '../awards/index.ts';
import { cardsByNumber } from '../cards/index.ts';
import {
  answerObjection,
  claimsOfOperation,
  clearClaims,
  fileClaim,
  fileObjection,
  HOUSEHOLD_ITSELF,
  passClaims,
  postSheet,
  returnClaim,
  waiveDuties,
  withdrawClaim,
} from '../claims/index.ts';
import { backfillHonour } from '../honours/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import { addDays, villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { closeReminder, giveReminder } from '../reminders/index.ts';
import { changeSettings, settingsOf } from '../settings/index.ts';
import { addOwnGoods } from './load-own-goods.ts';
import { declareRelatives, foundEveningSchool, holdEveningSchool, liveOn, nameSome } from './load-persons.ts';
import type { Staff } from './load-village.ts';
import { must } from './must.ts';
import type { TakePhoto } from './take-photo.ts';
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
const VOLUNTEERS = 'AD-PUB-01';

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
    return idsOf(db, villageId, posted.operationId);
  };
  const [first = '', second = '', third = '', fourth = ''] = cards;
  await must(pass(db, staff, await award(first, '救起落水儿童，派出所有证明'), 'supervisor', supervisorId, today));
  await award(second, '扑救山火，护林员作证');
  const [returned = ''] = await award(third, '夜里拦下偷羊的人');
  const back = { villageId, claimId: returned, reason: '请补派出所的证明', steps: ['supervisor'] as const };
  await must(returnClaim(db, { ...back, personId: supervisorId, idempotencyKey: 'demo-return', today }));
  await must(file(db, villageId, fourth, { rule: CARE, note: '帮邻居收玉米', today, key: 'demo-own' }));
}

interface StandardStage extends Stage {
  leaderId: number;
  approverId: number;
  takePhoto: TakePhoto;
}

/** Ten days: recorded, looked at twice, posted, doubted, cleared; the next lines are on their way. */
export async function liveByTheBook({
  db,
  staff,
  now,
  setClock,
  leaderId,
  approverId,
  takePhoto,
}: StandardStage): Promise<void> {
  const { villageId, managerId, supervisorId } = staff;
  const today = villageDay(now);
  const ago = (days: number) => addDays(today, -days);
  const on = async (days: number, hour: number) => setClock(instantAt(ago(days), at(hour)));
  const cards = await quietCards(db, villageId, 17);
  const [own = '', relative = ''] = cards.slice(10, 12);
  const homes = (await cardsByNumber(db.sql, villageId, cards.slice(12))).toSorted(
    (one, other) => other.memberCount - one.memberCount,
  );
  const hand = (days: number) => ({ villageId, recordedBy: managerId, today: ago(days) });
  const award = async (rule: string, numbers: string[], days: number, note: string, photos: StoredPhoto[] = []) => {
    const by = { ...hand(days), idempotencyKey: `demo-${rule}-${days}` };
    const posted = await must(awardPoints(db, { ...by, rule, occurredOn: ago(days), cards: numbers, note, photos }));
    return idsOf(db, villageId, posted.operationId);
  };
  const evidence = { villageId, purpose: 'evidence', addedBy: managerId } as const;
  const agree = async (ids: string[], days: number) => {
    await on(days, 9);
    await must(pass(db, staff, ids, 'group', leaderId, ago(days)));
    await on(days, 16);
    await must(pass(db, staff, ids, 'committee', approverId, ago(days)));
  };
  const post = async (claimIds: string[], days: number) => {
    await on(days, 17);
    const photos = await takePhoto('board', { villageId, purpose: 'board', addedBy: supervisorId });
    const sheet = { villageId, claimIds, photos, personId: supervisorId, today: ago(days) };
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
  const school = await foundEveningSchool(db, hand(CLAIM_DAYS));
  const teach = async (days: number) => {
    const photos = await takePhoto('school', evidence);
    const { operationId } = await holdEveningSchool(db, hand(days), { rule: school, homes, photos });
    return idsOf(db, villageId, operationId);
  };
  const taught = await teach(CLAIM_DAYS);
  const street = await takePhoto('sweeping', evidence);
  const swept = await award(SWEEPING, cards.slice(0, 5), CLAIM_DAYS, '村口到桥头', street);
  const ditch = await takePhoto('digging', evidence);
  const worked = await award(LABOUR, cards.slice(5, 7), CLAIM_DAYS, '清水渠', ditch);
  await on(9, 8);
  await declareRelatives(db, { ...hand(9), recordedBy: leaderId }, own, relative);
  await agree([...taught, ...swept, ...worked], 9);
  await post([...taught, ...swept, ...worked], 8);
  await on(7, 10);
  await addOwnGoods({ db, villageId, managerId, supervisorId, today: ago(7) });
  await liveOn(db, hand(7), homes);
  const late = {
    number: cards[6] ?? '',
    rule: VOLUNTEERS,
    occurredOn: ago(45),
    times: 1,
    meeting: '村民代表会议第7号',
  };
  await must(backfillHonour(db, { ...hand(7), ...late, idempotencyKey: 'demo-backfill' }));
  await doubt(swept[1] ?? '', 6, '那天没看见他家来人');
  await doubt(worked[0] ?? '', 6, '他家来的时候已经干完了');
  await on(5, 15);
  await answer(swept[1] ?? '', 'dismissed', '有签到和照片，是真的');
  await answer(worked[0] ?? '', 'upheld', '查了签到，没有到场');
  await on(4, 8);
  await clearClaims(db, { villageId, today: ago(4) });
  const done = { seq: tidied.acts[0]?.seq ?? 0, note: '砖头已经搬走' };
  await must(closeReminder(db, { ...hand(4), ...done, idempotencyKey: 'demo-tidied' }));

  await on(3, 18);
  await remind(db, staff, { number: cards[9] ?? '', note: '垃圾倒进村口的箱里', today: ago(3) });
  const again = await teach(3);
  const helped = await award(CARE, cards.slice(7, 10), 3, '收玉米');
  const [lost = '', ...kept] = await award(SWEEPING, cards.slice(0, 4), 3, '后沟道路');
  await on(2, 8);
  const back = { villageId, claimId: lost, reason: '请写明几个人参加', steps: ['group'] as const };
  await must(returnClaim(db, { ...back, personId: leaderId, idempotencyKey: 'demo-back', today: ago(2) }));
  await agree([...again, ...helped, ...kept.slice(0, 2)], 2);
  await post([...again, ...helped], 2);
  await doubt(helped[0] ?? '', 1, '不是那一天');
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
  const [officer] = await db.sql<{ personId: number }[]>`
    select appointment.person_id as "personId"
      from appointment
      join region as village
        on village.parent_id = appointment.region_id
     where village.region_id = ${villageId}
       and role = 'township_officer'
     order by person_id
     limit 1`;
  const until = addDays(today, LIFTED_DAYS);
  const waiver = { villageId, duties: ['solvency_stop'] as const, until, reason: '开卡积分多，捐款月底到账' };
  await must(waiveDuties(db, { ...waiver, recordedBy: officer?.personId ?? 0, today, idempotencyKey: 'demo-lift' }));
}

function pass(
  db: Db,
  { villageId }: Staff,
  claimIds: string[],
  step: 'group' | 'committee' | 'supervisor',
  personId: number,
  today: string,
) {
  return personNamed(db, personId).then((personName) =>
    passClaims(db, {
      villageId,
      claimIds,
      step,
      personId,
      personName,
      mayHandOut: false,
      today,
      idempotencyKey: `demo-${step}-${claimIds[0]}`,
    }),
  );
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

async function idsOf({ sql }: Db, villageId: number, operationId: string): Promise<string[]> {
  return (await claimsOfOperation(sql, villageId, operationId)).map(({ claimId }) => claimId);
}

async function personNamed({ sql }: Db, personId: number): Promise<string> {
  const [person] = await sql<{ name: string }[]>`select display_name as name from person where person_id = ${personId}`;
  return person?.name ?? '';
}

/** Households in use that were given least lately, so that no limit stands in the way. */
async function quietCards({ sql }: Db, villageId: number, limit: number): Promise<string[]> {
  const rows = await sql<{ number: string }[]>`
    select card.number
      from card
      join account
        on account.village_id = card.village_id
       and account.holder_id = card.household_id
       and account.kind = 'spendable'
     where card.village_id = ${villageId}
       and card.ended_at is null
       and account.status = 'active'
     order by (
                select coalesce(sum(amount_centipoints), 0)
                  from entry
                 where entry.village_id = account.village_id
                   and entry.account_id = account.account_id
                   and amount_centipoints > 0
              ),
              card.number
     limit ${limit}`;
  return rows.map(({ number }) => number);
}
