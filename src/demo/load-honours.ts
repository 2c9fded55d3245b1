/**
 * 啊道村 honours a family, and meets: a round with its result, and a morning's work with the list of who came. Each by the command
 * that a form would call.
 */
import { awardActivity, recordActivity } from '../activities/index.ts';
import { previewAwards } from '../awards/index.ts';
import { allCards } from '../cards/index.ts';
import { closeRound, nominate, openRound } from '../honours/index.ts';
import { villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import type { Staff } from './load-village.ts';
import { must } from './must.ts';
import type { TakePhoto } from './take-photo.ts';

const FIVE_GOOD = 'AD-FAM-02';

interface Stage {
  db: Db;
  staff: Staff;
  now: Date;
  takePhoto: TakePhoto;
}

export async function honourAndMeet({ db, staff, now, takePhoto }: Stage): Promise<void> {
  const { villageId, managerId, supervisorId } = staff;
  const today = villageDay(now);
  const by = (key: string, recordedBy = managerId) => ({ villageId, recordedBy, today, idempotencyKey: `demo-${key}` });
  const active = (await allCards(db.sql, villageId)).filter(({ status }) => status === 'active');
  const cards = active.map(({ number }) => number);
  const [first] = active;
  // Once a year: not a household that was honoured by this rule before there were rounds.
  const able = await must(previewAwards(db.sql, villageId, { rule: FIVE_GOOD, occurredOn: today, cards }, today));
  const honoured = able.lines.at(-1)?.number;
  if (honoured === undefined || !first) return;

  const opening = { kind: 'five_good_family', rule: FIVE_GOOD, closes: today } as const;
  const opened = await must(openRound(db, { ...by('round'), ...opening }));
  const round = opened.acts[0]?.seq ?? 0;
  const who = { round, number: honoured, member: '', reason: '一家和睦，邻里有事都去帮' };
  const nominated = await must(nominate(db, { ...by('nomination'), ...who }));
  const chosen = [nominated.acts[0]?.seq ?? 0];
  const meeting = '村民代表会议，到会 28 人，26 人同意';
  await must(closeRound(db, { ...by('result', supervisorId), round, chosen, meeting, mayHandOut: false }));

  const work = {
    kind: 'labour',
    name: '清理杜河沟河道',
    place: '杜河沟',
    occurredOn: today,
    rule: 'AD-PUB-01',
  } as const;
  const came = { cards: cards.slice(0, 3), members: new Map([[first.number, first.headName]]) };
  const photos = await takePhoto('digging', { villageId, purpose: 'evidence', addedBy: managerId });
  const held = await must(recordActivity(db, { ...by('activity'), ...work, ...came, photos }));
  await must(awardActivity(db, { ...by('activity-award'), activity: held.acts[0]?.seq ?? 0 }));
}
