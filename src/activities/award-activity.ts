import { type AwardPreviewDecided, type AwardRefusal, draftAwards, previewAwards } from '../awards/index.ts';
import { cardsByNumber } from '../cards/index.ts';
import { atOneSize, type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { ruleOn } from '../rules/index.ts';
import { type Activity, activities } from './activities.ts';
import { type ActivityAwardRefusal, type NameRefusal, refuseActivityAward } from './decide-activity.ts';
import { type WhoCame, whoCame } from './who-came.ts';

export interface ActivityAwardInput {
  villageId: number;
  /** The act that recorded the activity. */
  activity: number;
  /** The sum that was shown. */
  confirmedCentipoints?: number | undefined;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/**
 * 照名单加分: everybody who came gets what the activity's rule gives on its day, by the decision of the awards, with their limits and
 * approvals; who can get nothing is left out, and was shown so. Each award names the activity, so that anybody can hold who got
 * points against who came.
 */
export async function awardActivity(
  db: Db,
  { villageId, activity: seq, confirmedCentipoints, idempotencyKey, recordedBy, today }: ActivityAwardInput,
): Promise<PostedOperation | ActivityAwardRefusal | AwardRefusal | CarryOutRefusal> {
  const request = { activity: seq };
  return carryOut<ActivityAwardRefusal | AwardRefusal>(
    db,
    { villageId, kind: 'award', idempotencyKey, request, recordedBy },
    () =>
      atOneSize(db.sql, villageId, async (expectedSize) => {
        const preview = await previewActivityAward(db.sql, { villageId, activity: seq, today });
        if ('refused' in preview) return preview;
        const { activity, lines } = preview;
        const late = refuseActivityAward(activity, lines.length);
        if (late) return late;
        const { rule, occurredOn } = activity;
        const drafted = await draftAwards(db.sql, {
          villageId,
          recordedBy,
          today,
          rule: rule ?? '',
          occurredOn,
          ...whomOf(lines),
          note: activity.name === '' ? undefined : activity.name,
          because: { activity: seq },
          confirmedCentipoints,
        });
        return 'refused' in drafted ? drafted : { ...drafted, occurredOn, expectedSize };
      }),
  );
}

/** The cards and persons that have a line, for the award itself. */
function whomOf(lines: AwardPreviewDecided['lines']): { cards: string[]; members: Record<string, number[]> } {
  const members: Record<string, number[]> = {};
  for (const { number, member } of lines) {
    if (member) members[number] = [...(members[number] ?? []), member.memberId];
  }
  return { cards: [...new Set(lines.map(({ number }) => number))], members };
}

export interface ActivityPreview extends AwardPreviewDecided {
  activity: Activity;
  /** Names on the list that nobody is registered under: they get nothing as long as that is so. */
  strangers: NameRefusal[];
}

/** The same decision, line by line, and nothing is written. */
export async function previewActivityAward(
  sql: Reader,
  { villageId, activity: seq, today }: { villageId: number; activity: number; today: string },
): Promise<ActivityPreview | ActivityAwardRefusal | AwardRefusal> {
  const [activity] = await activities(sql, villageId, seq);
  const early = refuseActivityAward(activity ?? null, 1);
  if (early || !activity) return early ?? { refused: 'unknown_activity' };
  const { members, strangers } = await membersWhoCame(sql, villageId, activity);
  const cards = activity.attendance.flatMap(({ household }) => household?.card ?? []);
  const isLeftOut = (number: string) => !(number in members) && strangers.some((one) => one.number === number);
  const decided = await previewAwards(
    sql,
    villageId,
    {
      rule: activity.rule ?? '',
      occurredOn: activity.occurredOn,
      cards: cards.filter((number) => !isLeftOut(number)),
      members,
    },
    today,
  );
  if ('refused' in decided) return decided;
  return { activity, ...decided, strangers };
}

async function membersWhoCame(
  sql: Reader,
  villageId: number,
  { rule: code, occurredOn, attendance }: Activity,
): Promise<WhoCame> {
  const rule = code === null ? null : await ruleOn(sql, villageId, code, occurredOn);
  if (rule?.capPer !== 'person') return { members: {}, strangers: [] };
  const written = new Map(
    attendance.flatMap(({ household, members }) => (household ? [[household.card, members]] : [])),
  );
  return whoCame(sql, villageId, await cardsByNumber(sql, villageId, [...written.keys()]), written);
}
