/**
 * What goes on around the points of 啊道村: homes that were visited, one that failed and one that is still to be seen, problems on
 * their way, and last month's sample. Each by the command that a form would call.
 */
import { allCards } from '../cards/index.ts';
import { planVisits, recordInspection } from '../inspections/index.ts';
import { addDays, addMonths, monthOf, villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { changeProblem, recordFinding } from '../problems/index.ts';
import { checkLine, publishSeed, samples } from '../samples/index.ts';
import type { Staff } from './load-village.ts';
import { must } from './must.ts';
import type { TakePhoto } from './take-photo.ts';

const ASSESSORS = ['马评议', '牛评议', '羊评议', '侯评议', '纪评议'];
const GOOD = [2, 2, 2, 2, 2, 2];
const FAIR = [2, 2, 2, 1, 2, 2];
const POOR = [1, 1, 2, 0, 1, 1];

interface Stage {
  db: Db;
  staff: Staff;
  now: Date;
  takePhoto: TakePhoto;
}

export async function visitAndCheck({ db, staff, now, takePhoto }: Stage): Promise<void> {
  const { villageId, managerId, supervisorId } = staff;
  const today = villageDay(now);
  const by = (key: string, recordedBy = managerId) => ({ villageId, recordedBy, today, idempotencyKey: `demo-${key}` });
  const all = await allCards(db.sql, villageId);
  const waiting = all.filter(({ status }) => status === 'registered').slice(0, 2);
  const [first, second, third, ...rest] = [
    ...all.filter(({ status }) => status === 'active').slice(0, 3),
    ...waiting,
  ].map(({ number }) => number);
  if (!first || !second || !third) return;
  const visit = { people: ASSESSORS, isDrawn: true, due: addDays(today, 5) };
  await must(planVisits(db, { ...by('visits'), ...visit, cards: [first, second, third, ...rest] }));
  const line = (card: string, ...marks: number[][]) => ({ card, marks });
  const lines = [line(first, GOOD, GOOD, FAIR), line(second, FAIR, GOOD, FAIR), line(third, POOR, FAIR, POOR)];
  const result = { occurredOn: today, revisit: addDays(today, 14), lines };
  await must(recordInspection(db, { ...by('marks'), ...result }));
  const lock = await must(recordFinding(db, { ...by('lock'), what: '库房门锁坏了，货放着不放心' }));
  const board = await must(recordFinding(db, { ...by('board'), what: '公示栏的玻璃裂了' }));
  const later = { kind: 'defer', review: addDays(today, 60), note: '等乡镇统一换新公示栏' } as const;
  await must(changeProblem(db, { ...by('defer', supervisorId), problem: board.acts[0]?.seq ?? 0, step: later }));
  const problem = lock.acts[0]?.seq ?? 0;
  const assign = { kind: 'assign', ownerId: managerId, due: addDays(today, 7) } as const;
  await must(changeProblem(db, { ...by('assign', supervisorId), problem, step: assign }));
  const photos = await takePhoto('lock', { villageId, purpose: 'evidence', addedBy: managerId });
  const fix = { kind: 'fix', note: '换了新锁，钥匙两人各一把', photoCount: photos.length } as const;
  await must(changeProblem(db, { ...by('fix'), problem, step: fix, photos }));
  const check = { kind: 'check', isGood: true, note: '' } as const;
  await must(changeProblem(db, { ...by('check', supervisorId), problem, step: check }));
  await must(changeProblem(db, { ...by('close', supervisorId), problem, step: { kind: 'close' } }));
  const month = addMonths(monthOf(today), -1);
  await must(publishSeed(db, { ...by('seed', supervisorId), month }));
  const [drawn] = await samples(db.sql, villageId);
  const [seen] = drawn?.lines ?? [];
  if (!seen) return;
  const { kind, seq, item } = seen;
  await must(checkLine(db, { ...by('seen', supervisorId), month, line: { kind, seq, item }, isGood: true, note: '' }));
}
