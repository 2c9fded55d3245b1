/**
 * The demonstration's county: 宜川县 with 47 villages, of which only 啊道村, its groups and its numbers of households and people
 * are true. All codes, all other villages and all people are made up, and they are the same in every demonstration.
 */
import { commonSurnames, nameDrawer } from './made-up-names.ts';
import { createRandom, type Random } from './random.ts';

export interface CountyPlan {
  code: string;
  name: string;
  officer: Account;
  administrator: Account;
  townships: TownshipPlan[];
  /** 啊道村 first, then in the order of their codes. */
  villages: VillagePlan[];
}

interface TownshipPlan {
  code: string;
  name: string;
  officer: Account;
}

export interface VillagePlan {
  code: string;
  name: string;
  townshipCode: string;
  groups: { name: string; households: HouseholdPlan[] }[];
  manager: Account;
  supervisor: Account;
  /** The branch secretary and a member of the committee, where lines are looked at twice. */
  reviewers: readonly [Account, Account];
  /** Who takes the shop over, where it changes hands. */
  successor: Account;
  /** Who helps to keep it, where somebody does. */
  storekeeper: Account;
}

interface HouseholdPlan {
  headName: string;
  memberCount: number;
}

export interface Account {
  username: string;
  displayName: string;
}

const COUNTY_CODE = '610630000000';
export const ADAO_CODE = '610630001001';
/** 柳树湾村, next door: every line is reviewed and posted there. */
export const STANDARD_CODE = '610630001002';
/** 石碾村: its shop has just changed hands. */
export const HANDED_OVER_CODE = '610630001003';

const TOWNSHIPS = [
  ['英旺乡', 'yingwang', ['啊道村', '柳树湾村', '石碾村', '杏花坡村']],
  ['交里乡', 'jiaoli', ['枣树坪村', '水磨村', '老井村', '豆角湾村']],
  ['集义镇', 'jiyi', ['麦垛村', '核桃沟村', '梨花坪村', '羊角塬村']],
  ['麦香镇', 'maixiang', ['打麦场村', '青石村', '喜鹊村', '磨盘村']],
  ['杏花岭乡', 'xinghualing', ['布谷村', '燕子沟村', '山丹坪村', '野菊村']],
  ['枣林坪镇', 'zaolinping', ['荞麦塬村', '糜子坪村', '高粱洼村', '葵花村']],
  ['谷雨乡', 'guyu', ['花椒岭村', '南瓜架村', '苜蓿川村', '苹果梁村']],
  ['向阳塬镇', 'xiangyangyuan', ['蜂箱沟村', '窑洞湾村', '碾子湾村', '篱笆村']],
  ['石榴沟乡', 'shiliugou', ['长桥村', '小满村', '白露村', '芒种村']],
  ['槐荫乡', 'huaiyin', ['秋分村', '立春村', '清风村', '明月村']],
  ['清泉镇', 'qingquan', ['星光村', '朝霞村', '彩虹坪村', '晒谷村']],
  ['丰禾乡', 'fenghe', ['红枣村', '谷场村', '牧笛村']],
] as const;

const GROUP_NAMES = [
  ['东头', '西头'],
  ['前沟', '后沟'],
  ['一组', '二组'],
  ['塬上', '塬下'],
  ['上庄', '中庄', '下庄'],
  ['一组', '二组', '三组'],
  ['东头', '中街', '西头'],
] as const;

/** True figures of 啊道村. */
const ADAO_GROUPS = [
  ['啊道', 68],
  ['富庄', 49],
  ['杜河沟', 37],
] as const;
const ADAO_PEOPLE = 668;

/** Surnames that are read otherwise than most would, and namesakes, by the place in 啊道村's list. */
const ADAO_NAMES: Readonly<Record<number, string>> = {
  3: '单谷雨',
  11: '曾有田',
  20: '仇满囤',
  29: '王满仓',
  37: '李小满',
  44: '李小满',
  52: '区春晖',
  75: '查向阳',
  88: '王满仓',
  101: '尉迟丰收',
  123: '单秋实',
  140: '解冬生',
};

const MEMBER_COUNTS = [
  [1, 5],
  [2, 14],
  [3, 17],
  [4, 25],
  [5, 20],
  [6, 12],
  [7, 5],
  [8, 2],
] as const;

export function planCounty(): CountyPlan {
  const draw = nameDrawer(createRandom('people of the offices'));
  const villages: VillagePlan[] = [];
  const townships = TOWNSHIPS.map(([name, username, villageNames], townshipIndex) => {
    const township = `610630${threeDigits(townshipIndex + 1)}`;
    const townshipCode = `${township}000`;
    villageNames.forEach((villageName, index) => {
      villages.push(
        planVillage(`${township}${threeDigits(index + 1)}`, villageName, townshipCode, villages.length + 1),
      );
    });
    return { code: townshipCode, name, officer: { username, displayName: draw() } };
  });
  return {
    code: COUNTY_CODE,
    name: '宜川县',
    officer: { username: 'yichuan', displayName: draw() },
    administrator: { username: 'yichuan-guanli', displayName: draw() },
    townships,
    villages,
  };
}

function planVillage(code: string, name: string, townshipCode: string, number: number): VillagePlan {
  const isAdao = code === ADAO_CODE;
  const random = createRandom(code);
  const draw = nameDrawer(random, isAdao ? ['杨', '付', '杜'] : commonSurnames(random));
  const shortName = isAdao ? 'adao' : `v${String(number).padStart(2, '0')}`;
  const groups = isAdao ? planAdao(random, draw) : planGroups(random, draw);
  return {
    code,
    name,
    townshipCode,
    groups,
    manager: { username: `${shortName}-guanli`, displayName: draw() },
    supervisor: { username: `${shortName}-shuji`, displayName: draw() },
    reviewers: [
      { username: `${shortName}-zhishu`, displayName: draw() },
      { username: `${shortName}-pingyi`, displayName: draw() },
    ],
    successor: { username: `${shortName}-jieban`, displayName: draw() },
    storekeeper: { username: `${shortName}-baoguan`, displayName: draw() },
  };
}

function planGroups(random: Random, draw: () => string): VillagePlan['groups'] {
  const names = random.pick(GROUP_NAMES);
  const count = random.whole(20, random.whole(22, 45));
  return names.map((name, index) => {
    const size = Math.floor(count / names.length) + (index < count % names.length ? 1 : 0);
    return {
      name,
      households: Array.from({ length: size }, () => ({
        headName: draw(),
        memberCount: random.weighted(MEMBER_COUNTS),
      })),
    };
  });
}

function planAdao(random: Random, draw: () => string): VillagePlan['groups'] {
  let place = 0;
  const groups = ADAO_GROUPS.map(([name, size]) => ({
    name,
    households: Array.from({ length: size }, (): HouseholdPlan => {
      const headName = ADAO_NAMES[place] ?? draw();
      place += 1;
      return { headName, memberCount: random.weighted(MEMBER_COUNTS) };
    }),
  }));
  const households = groups.flatMap((group) => group.households);
  let missing = ADAO_PEOPLE - households.reduce((sum, { memberCount }) => sum + memberCount, 0);
  while (missing !== 0) {
    const household = random.pick(households);
    const step = Math.sign(missing);
    if (household.memberCount + step < 1 || household.memberCount + step > 9) continue;
    household.memberCount += step;
    missing -= step;
  }
  return groups;
}

/** The numbers of a village's cards, in the order in which its households are registered. */
export function cardNumbers({ code, groups }: VillagePlan): string[] {
  const count = groups.reduce((sum, { households }) => sum + households.length, 0);
  return Array.from({ length: count }, (_, index) => `${code.slice(-6)}${String(index + 1).padStart(4, '0')}`);
}

function threeDigits(value: number): string {
  return String(value).padStart(3, '0');
}
