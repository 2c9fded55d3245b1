/**
 * 柳树湾村 knows who lives in its homes: names, a rule whose cap is each person's, so that two of one house have a line each, and what
 * becomes of households. Each by the command that a form would call.
 */
import { awardPoints } from '../awards/index.ts';
import { changeHousehold, type HouseholdCard, type HouseholdChange, membersOf, nameMembers } from '../cards/index.ts';
import { declareKin } from '../claims/index.ts';
import type { PostedOperation } from '../ledger/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import type { Db } from '../platform/database/db.ts';
import { changeRule } from '../rules/index.ts';
import { must } from './must.ts';

interface Hand {
  villageId: number;
  recordedBy: number;
  today: string;
}

const EVENING_SCHOOL = {
  kind: 'new',
  category: 'COL',
  name: '参加村民夜校',
  pointsCentipoints: 100,
  unit: '人次',
  capPeriod: 'month',
  capMaxCount: 4,
  capMaxCentipoints: null,
  capPer: 'person',
  evidence: '签到表',
} as const;

const GIVEN_NAMES = ['桂兰', '建军'];

/** Names for people who are counted already: the head of each household and a few others, but never everybody. */
export async function nameSome(db: Db, hand: Hand, homes: readonly HouseholdCard[]): Promise<void> {
  const namings = homes.map(({ number, headName, memberCount }) => {
    const names = [headName, ...GIVEN_NAMES.map((name) => `${surnameOf(headName)}${name}`)];
    return { number, names: names.slice(0, memberCount - 1) };
  });
  await db.sql.begin((tx) => nameMembers(tx, { ...hand, idempotencyKey: 'demo-names', namings }));
}

/** A rule of the village's own, decided that day. */
export async function foundEveningSchool(db: Db, hand: Hand): Promise<string> {
  const decision = { effectiveFrom: hand.today, meeting: '村民代表会议第7号' };
  const change = { ...EVENING_SCHOOL, ...decision };
  const { acts } = await must(changeRule(db, { ...hand, idempotencyKey: 'demo-school', change }));
  const [made] = await db.sql<{ code: string }[]>`
    select facts ->> 'rule' as code
      from act
     where village_id = ${hand.villageId}
       and seq = ${acts[0]?.seq ?? 0}`;
  return made?.code ?? '';
}

/** Two of the first household came, and one of the next, in one award. */
export async function holdEveningSchool(
  db: Db,
  hand: Hand,
  { rule, homes: [first, second], photos }: { rule: string; homes: readonly HouseholdCard[]; photos: StoredPhoto[] },
): Promise<PostedOperation> {
  if (!first || !second) throw new Error('the school has pupils of two homes');
  const memberIds = async ({ householdId }: HouseholdCard) =>
    (await membersOf(db.sql, hand.villageId, [householdId])).map(({ memberId }) => memberId);
  const members = {
    [first.number]: (await memberIds(first)).slice(0, 2),
    [second.number]: (await memberIds(second)).slice(0, 1),
  };
  const award = { rule, occurredOn: hand.today, cards: Object.keys(members), members, note: '学用智能手机', photos };
  return must(awardPoints(db, { ...hand, ...award, idempotencyKey: `demo-school-${hand.today}` }));
}

/** The branch secretary says whose lines are not his to agree to. */
export async function declareRelatives(
  db: Db,
  { villageId, recordedBy: personId, today }: Hand,
  own: string,
  relative: string,
): Promise<void> {
  await must(declareKin(db, { villageId, personId, own, relatives: [relative], idempotencyKey: 'demo-kin', today }));
}

/** A child is born whose name is misspelt, a son founds a home of his own, a daughter moves away, an old couple joins the children. */
export async function liveOn(db: Db, hand: Hand, homes: readonly HouseholdCard[]): Promise<void> {
  const [born, splitting, leaving] = homes;
  const [into, joining] = homes.slice(-2);
  if (!born || !splitting || !leaving || !into || !joining) throw new Error('these changes are of five homes');
  let changes = 0;
  const change = async (wanted: HouseholdChange) => {
    changes += 1;
    await must(changeHousehold(db, { ...hand, idempotencyKey: `demo-life-${changes}`, change: wanted }));
  };
  const [wrong, right] = ['小禾', '小荷'].map((name) => `${surnameOf(born.headName)}${name}`);
  await change({ kind: 'arrival', card: born.number, reason: '添了一个孩子', names: [wrong ?? ''] });
  const child = (await membersOf(db.sql, hand.villageId, [born.householdId])).at(-1);
  const correction = { member: child?.memberId ?? 0, newName: right ?? '', reason: '按户口簿改正名字里的字' };
  await change({ kind: 'correction', card: born.number, ...correction });
  const headName = `${surnameOf(splitting.headName)}立业`;
  const founded = { headName, groupId: splitting.groupId, memberCount: 1, phone: null, centipoints: 2_000 };
  await change({ kind: 'split', card: splitting.number, reason: '儿子成家，另立一户', ...founded });
  await change({ kind: 'departure', card: leaving.number, reason: '女儿嫁到外村', leaving: 1, newHead: null });
  await change({ kind: 'merger', card: joining.number, reason: '老人搬来同住', into: into.number });
}

function surnameOf(headName: string): string {
  return headName.slice(0, 1);
}
