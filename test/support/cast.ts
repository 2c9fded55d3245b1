/**
 * The cast of the tests: made-up people in two villages of a made-up township. 柳树村 has cards open and goods on its shelf,
 * 杨树村 has one household with an open card. Everything was done by the commands that users trigger.
 */
import { openCards, registerHouseholds, villagerGroups } from '../../src/cards/index.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { foundVillage } from '../../src/oversight/index.ts';
import { addRegion, appoint, hashPassword, type Role } from '../../src/people/index.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { createDb, type Db, type Tx } from '../../src/platform/database/db.ts';
import type { FillTemplate } from './templates.ts';

export const PASSWORD = 'a password for tests';

/** The day on which the cast's history happened; `TODAY` of most tests lies after it. */
export const FOUNDED_ON = '2026-09-01';

export const willowCode = '990100001001';
export const poplarCode = '990100001002';
export const townshipCode = '990100001000';
export const countyCode = '990100000000';

/** Card numbers by the name of the head of the household. */
export const cards = {
  /** 柳树村, 东头组, open with 100 points. */
  赵满仓: '0010010001',
  单小花: '0010010002',
  曾有田: '0010010003',
  /** 柳树村, 西头组, open; two households have the same name. */
  王建国: '0010010004',
  王建国二: '0010010005',
  /** 柳树村, 西头组, registered but not open. */
  李未开: '0010010006',
  /** 杨树村, open. */
  周外村: '0010020001',
} as const;

export const people = {
  manager: 'willow-manager',
  supervisor: 'willow-supervisor',
  otherManager: 'poplar-manager',
  township: 'township-officer',
  county: 'county-officer',
  administrator: 'county-admin',
} as const;

const WILLOW = [
  ['东头组', '赵满仓', 4],
  ['东头组', '单小花', 2],
  ['东头组', '曾有田', 5],
  ['西头组', '王建国', 3],
  ['西头组', '王建国', 1],
  ['西头组', '李未开', 6],
] as const;

const TERMS = { openingCentipoints: 10_000, fenPerPoint: 300 };

export const fillWithCast: FillTemplate = async ({ app }) => {
  const sql = connect(app, { max: 2, applicationName: 'cast' });
  try {
    await gather(createDb(sql));
  } finally {
    await sql.end({ timeout: 5 });
  }
};

async function gather(db: Db): Promise<void> {
  const { sql } = db;
  const passwordHash = await hashPassword(PASSWORD);
  const { willowId, poplarId, managerId } = await sql.begin(async (tx) => {
    const countyId = await region(tx, countyCode, 'county', '试验县', null);
    const townshipId = await region(tx, townshipCode, 'township', '试验乡', countyId);
    const administratorId = await employ(tx, 'administrator', '高县管', 'county_administrator', countyId, passwordHash);
    const found = async (code: string, name: string, groups: string[]) => {
      const founded = await foundVillage(tx, {
        code,
        name,
        townshipId,
        isMadeUp: true,
        groups,
        terms: TERMS,
        recordedBy: administratorId,
        foundedOn: FOUNDED_ON,
      });
      if ('refused' in founded) throw new Error(founded.refused);
      return founded.villageId;
    };
    const willowId = await found(willowCode, '柳树村', ['东头组', '西头组']);
    const poplarId = await found(poplarCode, '杨树村', ['一组']);
    await employ(tx, 'supervisor', '孙书记', 'supervisor', willowId, passwordHash);
    await employ(tx, 'otherManager', '吴管理', 'manager', poplarId, passwordHash);
    await employ(tx, 'township', '郑镇干', 'township_officer', townshipId, passwordHash);
    await employ(tx, 'county', '冯县干', 'county_officer', countyId, passwordHash);
    const managerId = await employ(tx, 'manager', '钱管理', 'manager', willowId, passwordHash);
    return { willowId, poplarId, managerId };
  });

  const groups = new Map((await villagerGroups(sql, willowId)).map(({ name, groupId }) => [name, groupId]));
  await registerHouseholds(
    sql,
    willowId,
    WILLOW.map(([group, headName, memberCount]) => ({
      groupId: groups.get(group) ?? 0,
      headName,
      memberCount,
      phone: null,
    })),
  );
  const [poplarGroup] = await villagerGroups(sql, poplarId);
  await registerHouseholds(sql, poplarId, [
    { groupId: poplarGroup?.groupId ?? 0, headName: '周外村', memberCount: 3, phone: null },
  ]);

  const act = { recordedBy: managerId, occurredOn: FOUNDED_ON, today: FOUNDED_ON };
  const { 赵满仓, 单小花, 曾有田, 王建国, 王建国二, 周外村 } = cards;
  await must(
    openCards(db, {
      ...act,
      villageId: willowId,
      idempotencyKey: 'open',
      cards: [赵满仓, 单小花, 曾有田, 王建国, 王建国二],
    }),
  );
  await must(openCards(db, { ...act, villageId: poplarId, idempotencyKey: 'open', cards: [周外村] }));
  await must(
    receiveGoods(db, {
      ...act,
      villageId: willowId,
      idempotencyKey: 'shelf',
      source: { kind: 'donation', name: '试验县好人公司' },
      lines: [
        { code: 'GR001', quantity: 10, useBy: '2099-06-30' },
        { code: 'GR005', quantity: 5, useBy: '2099-12-31' },
        { code: 'WA003', quantity: 20 },
        { code: 'AP001', quantity: 1 },
      ],
    }),
  );
}

async function region(tx: Tx, code: string, level: 'county' | 'township', name: string, parentId: number | null) {
  const added = await addRegion(tx, { code, level, name, parentId, isMadeUp: true });
  if (!added) throw new Error(`${code} is taken`);
  return added.regionId;
}

async function employ(
  tx: Tx,
  who: keyof typeof people,
  displayName: string,
  role: Role,
  regionId: number,
  passwordHash: string,
): Promise<number> {
  const draft = { username: people[who], displayName, role, regionId, startsOn: FOUNDED_ON, mustChangePassword: false };
  const appointed = await appoint(tx, draft, passwordHash);
  if ('refused' in appointed) throw new Error(appointed.refused);
  return appointed.personId;
}

/** An act of the cast that must not be refused. */
export async function must<Outcome extends object>(
  outcome: Promise<Outcome>,
): Promise<Exclude<Outcome, { refused: string }>> {
  const settled = await outcome;
  if ('refused' in settled) throw new Error(`refused: ${JSON.stringify(settled)}`);
  return settled as Exclude<Outcome, { refused: string }>;
}
