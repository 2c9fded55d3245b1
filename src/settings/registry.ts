/**
 * Everything that a village sets for itself. Two presets to start from: 简易, where an award counts at once and only much of it waits
 * for the first secretary, and 规范, where each one is reviewed and posted before it counts. `undecided` is how a village goes on that
 * never decided anything. Numbers are integers: points in hundredths, money in fen; null means that there is none.
 */

interface NumberSetting {
  kind: 'points' | 'yuan' | 'days' | 'months' | 'percent' | 'count';
  min: number;
  max: number;
}

type Values<Value> = { group: SettingGroup; undecided: Value; simple: Value; standard: Value };

export type Setting =
  | (NumberSetting & { isOptional: false } & Values<number>)
  | (NumberSetting & { isOptional: true } & Values<number | null>)
  | ({ kind: 'switch' } & Values<boolean>)
  | ({ kind: 'choice'; choices: readonly string[] } & Values<string>);

export const SETTING_GROUPS = ['start', 'inspection', 'awards', 'approval', 'shop'] as const;

export type SettingGroup = (typeof SETTING_GROUPS)[number];

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

/** In the order in which the page shows them. */
export const SETTINGS = {
  preset: {
    kind: 'choice',
    group: 'start',
    choices: ['none', ...PRESETS],
    undecided: 'none',
    simple: 'simple',
    standard: 'standard',
  },
  openingNeedsInspection: { kind: 'switch', group: 'inspection', undecided: false, simple: true, standard: true },
  inspectionChecklist: {
    kind: 'choice',
    group: 'inspection',
    choices: ['wujing-items', 'wujing-yard'],
    undecided: 'wujing-items',
    simple: 'wujing-items',
    standard: 'wujing-items',
  },
  inspectionPassMarks: {
    kind: 'count',
    group: 'inspection',
    isOptional: false,
    min: 1,
    max: 12,
    undecided: 9,
    simple: 9,
    standard: 9,
  },
  inspectionNoZero: { kind: 'switch', group: 'inspection', undecided: true, simple: true, standard: true },
  inspectionAssessors: {
    kind: 'count',
    group: 'inspection',
    isOptional: false,
    min: 1,
    max: 5,
    undecided: 3,
    simple: 3,
    standard: 3,
  },
  revisitDays: {
    kind: 'days',
    group: 'inspection',
    isOptional: false,
    min: 1,
    max: 90,
    undecided: 14,
    simple: 14,
    standard: 14,
  },
  ratingExcellentMarks: {
    kind: 'count',
    group: 'inspection',
    isOptional: false,
    min: 1,
    max: 12,
    undecided: 12,
    simple: 12,
    standard: 12,
  },
  ratingGoodMarks: {
    kind: 'count',
    group: 'inspection',
    isOptional: false,
    min: 1,
    max: 12,
    undecided: 11,
    simple: 11,
    standard: 11,
  },
  sampleSize: {
    kind: 'count',
    group: 'inspection',
    isOptional: false,
    min: 1,
    max: 20,
    undecided: 3,
    simple: 3,
    standard: 3,
  },
  monthMaxCentipoints: {
    kind: 'points',
    group: 'awards',
    isOptional: true,
    min: 100,
    max: 100_000,
    undecided: 2_000,
    simple: 2_000,
    standard: 2_000,
  },
  yearMaxCentipoints: {
    kind: 'points',
    group: 'awards',
    isOptional: true,
    min: 100,
    max: 1_000_000,
    undecided: 15_000,
    simple: 15_000,
    standard: 15_000,
  },
  approvalAboveCentipoints: {
    kind: 'points',
    group: 'approval',
    isOptional: true,
    min: 0,
    max: 100_000,
    undecided: null,
    simple: 2_000,
    standard: 2_000,
  },
  deductionApprovalAboveCentipoints: {
    kind: 'points',
    group: 'approval',
    isOptional: true,
    min: 0,
    max: 100_000,
    undecided: null,
    simple: 1_000,
    standard: 1_000,
  },
  reviewsEachAward: { kind: 'switch', group: 'approval', undecided: false, simple: false, standard: true },
  publicityDays: {
    kind: 'days',
    group: 'approval',
    isOptional: false,
    min: 1,
    max: 60,
    undecided: 7,
    simple: 7,
    standard: 7,
  },
  shortPublicityDays: {
    kind: 'days',
    group: 'approval',
    isOptional: false,
    min: 1,
    max: 60,
    undecided: 3,
    simple: 3,
    standard: 3,
  },
  shortPublicityMostCentipoints: {
    kind: 'points',
    group: 'approval',
    isOptional: false,
    min: 0,
    max: 100_000,
    undecided: 500,
    simple: 500,
    standard: 500,
  },
  objectionDaysAfter: {
    kind: 'days',
    group: 'approval',
    isOptional: false,
    min: 0,
    max: 60,
    undecided: 3,
    simple: 3,
    standard: 3,
  },
  answerDays: {
    kind: 'days',
    group: 'approval',
    isOptional: false,
    min: 1,
    max: 60,
    undecided: 7,
    simple: 7,
    standard: 7,
  },
  receiptNeedsVoucher: { kind: 'switch', group: 'shop', undecided: false, simple: true, standard: true },
  receiptNeedsSecond: { kind: 'switch', group: 'shop', undecided: false, simple: true, standard: true },
  quotasHold: { kind: 'switch', group: 'shop', undecided: false, simple: true, standard: true },
  stocktakeLimitFen: {
    kind: 'yuan',
    group: 'shop',
    isOptional: false,
    min: 0,
    max: 10_000_000,
    undecided: 5_000,
    simple: 5_000,
    standard: 2_000,
  },
  reservationDays: {
    kind: 'days',
    group: 'shop',
    isOptional: false,
    min: 1,
    max: 60,
    undecided: 15,
    simple: 15,
    standard: 15,
  },
  wishClaimDays: {
    kind: 'days',
    group: 'shop',
    isOptional: false,
    min: 3,
    max: 180,
    undecided: 30,
    simple: 30,
    standard: 30,
  },
  thanksDays: {
    kind: 'days',
    group: 'shop',
    isOptional: false,
    min: 7,
    max: 365,
    undecided: 90,
    simple: 90,
    standard: 60,
  },
  openingDays: {
    kind: 'choice',
    group: 'shop',
    choices: OPENING_DAYS,
    undecided: 'unsaid',
    simple: 'unsaid',
    standard: 'unsaid',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

type ValueOf<One extends Setting> = One extends { kind: 'switch' }
  ? boolean
  : One extends { kind: 'choice'; choices: readonly (infer Choice)[] }
    ? Choice
    : One extends { isOptional: true }
      ? number | null
      : number;

export type VillageSettings = { -readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> };

export type SettingValue = string | number | boolean | null;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

export function settingNamed(name: SettingName): Setting {
  return SETTINGS[name];
}

/** A column of the table above. */
export function settingsOf(column: 'undecided' | Preset): VillageSettings {
  const values = SETTING_NAMES.map((name) => [name, SETTINGS[name][column]]);
  return Object.fromEntries(values) as VillageSettings;
}

/** Whether a setting can have this value at all. */
export function isPossible(name: SettingName, value: unknown): value is SettingValue {
  const setting = settingNamed(name);
  switch (setting.kind) {
    case 'switch':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && setting.choices.includes(value);
    default:
      if (value === null) return setting.isOptional;
      return Number.isSafeInteger(value) && setting.min <= Number(value) && Number(value) <= setting.max;
  }
}
