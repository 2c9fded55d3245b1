import { recordActivity } from '../../src/activities/index.ts';
import { closeRound, nominate, openRound } from '../../src/honours/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import type { Db } from '../../src/platform/database/db.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { cards, must } from '../support/cast.ts';

/** One round with its result, one to be decided, and an activity whose points wait: the addresses of their pages. */
export async function honourAndMeet(db: Db, villageId: number): Promise<{ manager: string[]; supervisor: string[] }> {
  const today = villageDay(new Date());
  const by = (key: string, recordedBy = 1) => ({ villageId, recordedBy, today, idempotencyKey: `scene-${key}` });
  for (const [rule, kind, number] of [
    ['AD-FAM-02', 'five_good_family', cards.赵满仓],
    ['AD-FAM-01', 'daughter_in_law', cards.曾有田],
  ] as const) {
    const opened = await must(openRound(db, { ...by(`open-${kind}`), kind, rule, closes: today }));
    const round = opened.acts[0]?.seq ?? 0;
    const named = { round, number, member: '李小妹', reason: '孝敬老人，邻里和睦' };
    const nominated = await must(nominate(db, { ...by(`name-${kind}`), ...named }));
    if (kind === 'daughter_in_law') continue;
    const chosen = [nominated.acts[0]?.seq ?? 0];
    const result = { round, chosen, meeting: '村民代表会议', mayHandOut: false };
    await must(closeRound(db, { ...by('result', 2), ...result }));
  }
  const held = await must(
    recordActivity(db, {
      ...by('activity'),
      kind: 'labour',
      name: '清理河道',
      place: '东头组',
      occurredOn: today,
      rule: 'AD-PUB-01',
      cards: [cards.赵满仓, cards.曾有田, cards.李未开],
      members: new Map([[cards.曾有田, '曾小田']]),
    }),
  );
  // With the form on the page of what is entered late.
  await must(changeSettings(db, { ...by('late'), wanted: { backfillDays: 365 }, reason: '代表会议' }));
  const activity = `/activities/${held.acts[0]?.seq}`;
  return {
    manager: [
      '/honours/rounds/new',
      '/honours/rounds/2',
      '/honours/backfills',
      '/activities',
      '/activities/new',
      activity,
      `${activity}/awards/new`,
    ],
    supervisor: ['/honours', '/honours/rounds/1', '/honours/rounds/2'],
  };
}
