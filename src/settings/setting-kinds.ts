/**
 * What a setting can be, and the short way to write one: its group, its bounds, and what it is in a village that never decided
 * anything, in one that began with 简易, and in one that began with 规范; one value where all three are the same. Numbers are
 * integers: points in hundredths, money in fen; null means that there is none.
 */

export const SETTING_GROUPS = ['start', 'inspection', 'awards', 'approval', 'shop', 'warnings'] as const;

export type SettingGroup = (typeof SETTING_GROUPS)[number];

type NumberKind = 'points' | 'yuan' | 'days' | 'months' | 'percent' | 'count';

interface Values<Value> {
  group: SettingGroup;
  undecided: Value;
  simple: Value;
  standard: Value;
}

interface Bounds {
  kind: NumberKind;
  min: number;
  max: number;
}

interface NumberSetting extends Bounds, Values<number> {
  isOptional: false;
}

interface OptionalSetting extends Bounds, Values<number | null> {
  isOptional: true;
}

interface SwitchSetting extends Values<boolean> {
  kind: 'switch';
}

interface ChoiceSetting<Choice extends string> extends Values<Choice> {
  kind: 'choice';
  choices: readonly Choice[];
}

export type Setting = NumberSetting | OptionalSetting | SwitchSetting | ChoiceSetting<string>;

export type ValueOf<One extends Setting> = One['undecided'];

type Three<Value> = readonly [same: Value] | readonly [undecided: Value, simple: Value, standard: Value];

type Range = readonly [min: number, max: number];

export function number(
  group: SettingGroup,
  kind: NumberKind,
  [min, max]: Range,
  ...values: Three<number>
): NumberSetting {
  return { kind, min, max, isOptional: false, ...spread(group, values) };
}

/** A number that may also be left out. */
export function optional(
  group: SettingGroup,
  kind: NumberKind,
  [min, max]: Range,
  ...values: Three<number | null>
): OptionalSetting {
  return { kind, min, max, isOptional: true, ...spread(group, values) };
}

export function toggle(group: SettingGroup, ...values: Three<boolean>): SwitchSetting {
  return { kind: 'switch', ...spread(group, values) };
}

export function choice<const Choice extends string>(
  group: SettingGroup,
  choices: readonly Choice[],
  ...values: Three<NoInfer<Choice>>
): ChoiceSetting<Choice> {
  return { kind: 'choice', choices, ...spread<Choice>(group, values) };
}

function spread<Value>(group: SettingGroup, values: Three<Value>): Values<Value> {
  const [undecided, simple = undecided, standard = undecided] = values;
  return { group, undecided, simple, standard };
}
