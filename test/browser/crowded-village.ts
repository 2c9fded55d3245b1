/** A village of its real size: 300 households more in the cast's village, in six groups, with names drawn from a few surnames. */
import {
  addVillagerGroups,
  noticeManyHouseholds,
  openCards,
  registerHouseholds,
  villagerGroups,
} from '../../src/cards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import type { Db } from '../../src/platform/database/db.ts';
import { FOUNDED_ON, must, willowCode } from '../support/cast.ts';

export interface CrowdedHousehold {
  number: string;
  headName: string;
  groupName: string;
  groupPosition: number;
  initials: string;
}

/** The common ones are as common as they are: namesakes by their initials are what a search has to bear. */
const SURNAMES = [...'王王王王李李李李张张张刘刘陈陈杨黄赵周吴徐孙马朱胡林郭何高罗'];
const GIVEN = [...'伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红梅建国春生福贵文德志水根长云凤金宝'];

/** A small generator, so that each run has the same people. */
export function drawFrom(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
}

export async function fillWithPeople(db: Db, count = 300): Promise<CrowdedHousehold[]> {
  const { sql } = db;
  const village = await findVillage(sql, willowCode);
  if (!village) throw new Error('no village');
  const { villageId } = village;
  await addVillagerGroups(sql, villageId, ['北坡组', '南沟组', '河湾组', '寨上组']);
  const groups = await villagerGroups(sql, villageId);
  const draw = drawFrom(20_261_122);
  const pick = (letters: readonly string[]) => letters[draw(letters.length)] ?? '';
  const there = await sql<{ name: string }[]>`
    select head_name as name from household where village_id = ${villageId}`;
  const taken = new Set(there.map(({ name }) => name));
  const names = new Set<string>();
  while (names.size < count) {
    const name = `${pick(SURNAMES)}${pick(GIVEN)}${draw(5) === 0 ? '' : pick(GIVEN)}`;
    if (!taken.has(name)) names.add(name);
  }
  await registerHouseholds(
    sql,
    villageId,
    [...names].map((headName, place) => ({
      groupId: groups[place % groups.length]?.groupId ?? 0,
      headName,
      memberCount: 3,
      phone: null,
    })),
  );
  await noticeManyHouseholds(sql, count);
  const added = await sql<CrowdedHousehold[]>`
    select card.number,
           household.head_name as "headName",
           household.initials,
           villager_group.name as "groupName",
           villager_group.position as "groupPosition"
      from card
      join household using (village_id, household_id)
      join villager_group using (village_id, group_id)
     where card.village_id = ${villageId}
       and household.head_name = any(${[...names]}::text[])
     order by card.number`;
  const day = { recordedBy: 1, occurredOn: FOUNDED_ON, today: FOUNDED_ON };
  const cards = added.map(({ number }) => number);
  await must(openCards(db, { ...day, villageId, idempotencyKey: 'crowd', cards }));
  return added;
}

/**
 * What somebody types who knows the village: one letter or two and the place of the group, where that means this household before all
 * others (whoever has just these initials comes first), for the rest the initials.
 */
export function shortestWay(crowd: readonly CrowdedHousehold[], household: CrowdedHousehold): string {
  const { initials, groupPosition } = household;
  const ofGroup = crowd.filter((one) => one.groupPosition === groupPosition);
  const isSure = (letters: string) => {
    const rivals = ofGroup.filter((one) => one.initials.startsWith(letters));
    const whole = rivals.filter((one) => one.initials === letters);
    return initials === letters ? whole.length === 1 : rivals.length === 1;
  };
  const isShared = crowd.some((one) => one.initials === initials && one !== household);
  const begun = [initials.slice(0, 1), ...(isShared ? [initials.slice(0, 2)] : [])].find(isSure);
  return begun ? `${begun}${groupPosition}` : initials;
}
