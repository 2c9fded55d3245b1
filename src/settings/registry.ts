/**
 * Everything that a village sets for itself. Two presets to start from: 简易, where an award counts at once and only much of it waits
 * for the first secretary, and 规范, where each one is reviewed and posted before it counts.
 */
import { choice, number, optional, type Setting, toggle, type ValueOf } from './setting-kinds.ts';

export const PRESETS = ['simple', 'standard'] as const;

export type Preset = (typeof PRESETS)[number];

/** On which days the shop is open; nobody has said, every day, on one day of the week, or on days of the month. */
const OPENING_DAYS = [
  'unsaid',
  'daily',
  'workdays',
  'weekend',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
  'first_and_fifteenth',
  'tenth_and_twentieth',
  'first',
] as const;

/** In the order in which the page shows them; each has its words in `views/settings/words.ts`. */
const SETTINGS = {
  preset: choice('start', ['none', ...PRESETS], 'none', 'simple', 'standard'),
  openingNeedsInspection: toggle('inspection', false, true, true),
  inspectionChecklist: choice('inspection', ['wujing-items', 'wujing-yard'], 'wujing-items'),
  inspectionPassMarks: number('inspection', 'count', [1, 12], 9),
  inspectionNoZero: toggle('inspection', true),
  inspectionAssessors: number('inspection', 'count', [1, 5], 3),
  revisitDays: number('inspection', 'days', [1, 90], 14),
  ratingExcellentMarks: number('inspection', 'count', [1, 12], 12),
  ratingGoodMarks: number('inspection', 'count', [1, 12], 11),
  sampleSize: number('inspection', 'count', [1, 20], 3),
  monthMaxCentipoints: optional('awards', 'points', [100, 100_000], 2_000),
  yearMaxCentipoints: optional('awards', 'points', [100, 1_000_000], 15_000),
  baseStays: toggle('awards', false),
  yearEndExpiry: toggle('awards', false),
  // How many given points one earned point sets free; none: they can be spent at once.
  giftMatch: optional('awards', 'count', [1, 20], null),
  giftMatchEased: number('awards', 'count', [1, 20], 5),
  // For how many days what happened is still worth points; later it is honour.
  backfillDays: optional('awards', 'days', [1, 365], null, null, 30),
  ruleStepCentipoints: number('awards', 'points', [10, 100], 50),
  honourStarCentipoints: number('awards', 'points', [100, 100_000], 2_000),
  approvalAboveCentipoints: optional('approval', 'points', [0, 100_000], null, 2_000, 2_000),
  approvalAboveFen: optional('approval', 'yuan', [0, 1_000_000], null, 6_000, 6_000),
  deductionApprovalAboveCentipoints: optional('approval', 'points', [0, 100_000], null, 1_000, 1_000),
  reviewsEachAward: toggle('approval', false, false, true),
  publicityDays: number('approval', 'days', [1, 60], 7),
  shortPublicityDays: number('approval', 'days', [1, 60], 3),
  shortPublicityMostCentipoints: number('approval', 'points', [0, 100_000], 500),
  objectionDaysAfter: number('approval', 'days', [0, 60], 3),
  answerDays: number('approval', 'days', [1, 60], 7),
  reminderDays: number('approval', 'days', [0, 90], 0, 7, 7),
  unsettledMostCentipoints: optional('approval', 'points', [0, 100_000], null, 2_000, 2_000),
  receiptNeedsVoucher: toggle('shop', false, true, true),
  receiptNeedsSecond: toggle('shop', false, true, true),
  firstPriceNeedsSecond: toggle('shop', false, false, true),
  quotasHold: toggle('shop', false, true, true),
  stocktakeLimitFen: number('shop', 'yuan', [0, 10_000_000], 5_000, 5_000, 2_000),
  wishClaimDays: number('shop', 'days', [3, 180], 30),
  thanksDays: number('shop', 'days', [7, 365], 90, 90, 60),
  householdsReserve: toggle('shop', false, false, true),
  reservationDays: number('shop', 'days', [1, 60], 15),
  openingDays: choice('shop', OPENING_DAYS, 'unsaid'),
  queueNumbers: toggle('shop', false, false, true),
  // What is promised, in percent of the goods and the money that stand against it.
  solvencyBluePercent: number('warnings', 'percent', [10, 10_000], 400, 60, 60),
  solvencyYellowPercent: number('warnings', 'percent', [10, 10_000], 1_000, 80, 80),
  solvencyRedPercent: number('warnings', 'percent', [10, 10_000], 5_000, 100, 100),
  redStopsAwards: toggle('warnings', false, false, true),
  quarterBudgetPercent: optional('warnings', 'percent', [1, 1_000], null, null, 80),
  quarterWarnPercent: number('warnings', 'percent', [1, 100], 80),
  useByBlueDays: number('warnings', 'days', [1, 730], 90),
  useByYellowDays: number('warnings', 'days', [1, 730], 30),
  useByRedDays: number('warnings', 'days', [0, 730], 7),
  claimBlueDays: number('warnings', 'days', [1, 90], 3),
  claimYellowDays: number('warnings', 'days', [1, 90], 7),
  claimRedDays: number('warnings', 'days', [1, 90], 14),
  objectionYellowDays: number('warnings', 'days', [0, 30], 2),
  wishBlueDays: number('warnings', 'days', [0, 90], 7),
  wishYellowDays: number('warnings', 'days', [0, 90], 2),
  stocktakeEveryDays: number('warnings', 'days', [7, 400], 35),
  problemRedDays: number('warnings', 'days', [1, 365], 14),
  slowDays: number('warnings', 'days', [30, 1_000], 180),
  lowQuantity: number('warnings', 'count', [1, 100], 3),
} satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

export type VillageSettings = { -readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

export type SettingValue = string | number | boolean | null;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

export function settingNamed(name: SettingName): Setting {
  return SETTINGS[name];
}

const COLUMNS = { undecided: columnOf('undecided'), simple: columnOf('simple'), standard: columnOf('standard') };

/** A column of the table above. */
export function settingsOf(column: 'undecided' | Preset): Readonly<VillageSettings> {
  return COLUMNS[column];
}

function columnOf(column: 'undecided' | Preset): Readonly<VillageSettings> {
  const values = SETTING_NAMES.map((name) => [name, SETTINGS[name][column]]);
  return Object.freeze(Object.fromEntries(values)) as Readonly<VillageSettings>;
}

/** Whether a setting can have this value at all. */
export function isPossible(name: SettingName, value: unknown): value is SettingValue {
  const setting = settingNamed(name);
  if (setting.kind === 'switch') return typeof value === 'boolean';
  if (setting.kind === 'choice') return typeof value === 'string' && setting.choices.includes(value);
  if (value === null) return setting.isOptional;
  return Number.isSafeInteger(value) && setting.min <= Number(value) && Number(value) <= setting.max;
}
