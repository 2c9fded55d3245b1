/**
 * 石碾村: lines are in publicity while a point becomes worth something else, so they are converted too; and one of them is taken back
 * afterwards, in the new points. Each step by the command that a form would call.
 */
import { awardPoints } from '../awards/index.ts';
import { changeNames } from '../cards/index.ts';
import { answerObjection, fileObjection, HOUSEHOLD_ITSELF, postSheet } from '../claims/index.ts';
import { addDays, villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { changeRate } from '../rates/index.ts';
import { changeSettings } from '../settings/index.ts';
import type { Staff } from './load-village.ts';
import { must } from './must.ts';
import { claimIds, passLines } from './pass-lines.ts';
import { quietCards } from './quiet-cards.ts';
import type { TakePhoto } from './take-photo.ts';
import { at, instantAt } from './village-time.ts';

/** So long before the day of the demonstration the village begins to look at each line twice. */
export const REVIEWED_DAYS = 3;

const LABOUR = 'AD-LAB-01';
const MEETING = '村民代表会议';

interface Stage {
  db: Db;
  staff: Staff;
  now: Date;
  setClock: (instant: Date) => Promise<void>;
  takePhoto: TakePhoto;
  leaderId: number;
  approverId: number;
}

/** Three days: recorded, looked at twice, posted, doubted. Answers the line that somebody doubts. */
export async function postFirstLines(stage: Stage): Promise<string> {
  const { db, staff, now, setClock, takePhoto, leaderId, approverId } = stage;
  const { villageId, managerId, supervisorId } = staff;
  const ago = (days: number) => addDays(villageDay(now), -days);
  const on = async (days: number, hour: number) => setClock(instantAt(ago(days), at(hour)));
  await on(REVIEWED_DAYS, 15);
  const hand = { villageId, recordedBy: managerId, today: ago(REVIEWED_DAYS) };
  const decided = { wanted: { reviewsEachAward: true }, reason: `${MEETING}：每笔积分两个人看过再上墙` };
  await must(changeSettings(db, { ...hand, ...decided, idempotencyKey: 'demo-reviews' }));
  const cards = await quietCards(db, villageId, 4);
  const work = { rule: LABOUR, occurredOn: hand.today, cards, note: '修村口的石碾台' };
  const { operationId } = await must(awardPoints(db, { ...hand, ...work, idempotencyKey: 'demo-millstone' }));
  const lines = await claimIds(db, villageId, operationId);
  await on(2, 9);
  await passLines(db, villageId, lines, 'group', leaderId, ago(2));
  await on(2, 16);
  await passLines(db, villageId, lines, 'committee', approverId, ago(2));
  await on(2, 17);
  const photos = await takePhoto('board', { villageId, purpose: 'board', addedBy: supervisorId });
  const sheet = { villageId, claimIds: lines, photos, personId: supervisorId, today: ago(2) };
  await must(postSheet(db, { ...sheet, idempotencyKey: 'demo-first-sheet' }));
  await on(1, 10);
  const [, doubted = ''] = lines;
  const doubt = { villageId, claimId: doubted, reason: '那天他家在县城，没有人来', recordedBy: HOUSEHOLD_ITSELF };
  await must(fileObjection(db, { ...doubt, today: ago(1), idempotencyKey: 'demo-doubt' }));
  return doubted;
}

/** What the meeting decided with the new manager: what a point is worth, and how much of a name everybody sees. */
export async function decideAnew(
  db: Db,
  { villageId, recordedBy, today }: { villageId: number; recordedBy: number; today: string },
): Promise<void> {
  const by = { villageId, recordedBy, today };
  const rate = { fenPerPoint: 100, reason: `${MEETING}：和邻近多数村一样，1 分 1 元` };
  await must(changeRate(db, { ...by, ...rate, idempotencyKey: 'demo-rate' }));
  const names = { level: 1, reason: `${MEETING}：有老人不愿名字上墙，公示只写姓` } as const;
  await must(changeNames(db, { ...by, ...names, idempotencyKey: 'demo-names' }));
}

/** The doubt was right: what was in publicity for that household is taken back, in the points of now. */
export async function agreeWithDoubt(db: Db, { villageId, supervisorId }: Staff, claimId: string, today: string) {
  const words = { outcome: 'upheld', answer: '查了签到表，那天确实没有来', witness: '村民代表组' } as const;
  const answer = { villageId, claimId, ...words, personId: supervisorId, today };
  await must(answerObjection(db, { ...answer, idempotencyKey: 'demo-doubt-answered' }));
}
