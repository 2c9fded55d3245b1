/** The settings as fields of a form: what stands in each one, and what was typed back into values. */
import { lastOf } from '../platform/http/form-fields.ts';
import { formatPoints, parsePoints } from '../platform/points.ts';
import {
  isPossible,
  SETTING_NAMES,
  type SettingName,
  type SettingValue,
  settingNamed,
  type VillageSettings,
} from './registry.ts';
import type { Setting } from './setting-kinds.ts';

export type SettingField = { name: SettingName; group: Setting['group']; text: string } & (
  | { kind: 'choice' | 'switch'; choices: readonly string[] }
  | {
      kind: Exclude<Setting['kind'], 'choice' | 'switch'>;
      isOptional: boolean;
      /** In the unit that is typed. */
      min: string;
      max: string;
    }
);

export type TypedSettings = Partial<Record<SettingName, string>>;

const SWITCH = ['yes', 'no'] as const;

export function settingFields(values: VillageSettings, typed: TypedSettings = {}): SettingField[] {
  return SETTING_NAMES.map((name) => {
    const setting = settingNamed(name);
    const field = { name, group: setting.group, text: typed[name] ?? textOf(setting, values[name]) };
    if (setting.kind === 'choice') return { ...field, kind: setting.kind, choices: setting.choices };
    if (setting.kind === 'switch') return { ...field, kind: setting.kind, choices: SWITCH };
    const { kind, isOptional, min, max } = setting;
    return { ...field, kind, isOptional, min: textOf(setting, min), max: textOf(setting, max) };
  });
}

/** The values of the fields that were sent, and the names of those that cannot be. */
export function readSettings(body: Readonly<Record<string, unknown>>): {
  wanted: Partial<VillageSettings>;
  typed: TypedSettings;
  wrong: SettingName[];
} {
  const wanted: Partial<Record<SettingName, SettingValue>> = {};
  const typed: TypedSettings = {};
  const wrong: SettingName[] = [];
  for (const name of SETTING_NAMES) {
    if (!(name in body)) continue;
    const text = (lastOf(body[name]) ?? '').slice(0, 20);
    typed[name] = text;
    const value = typedValue(settingNamed(name), text);
    if (isPossible(name, value)) wanted[name] = value;
    else wrong.push(name);
  }
  return { wanted: wanted as Partial<VillageSettings>, typed, wrong };
}

/** Points and yuan both have two decimals behind which nothing is. */
function inHundredths({ kind }: Setting): boolean {
  return kind === 'points' || kind === 'yuan';
}

function textOf(setting: Setting, value: SettingValue): string {
  if (typeof value === 'boolean') return value ? SWITCH[0] : SWITCH[1];
  if (typeof value !== 'number') return value ?? '';
  return inHundredths(setting) ? formatPoints(value) : String(value);
}

/** Undefined for what is no value of the kind. */
function typedValue(setting: Setting, text: string): SettingValue | undefined {
  if (setting.kind === 'choice') return text;
  if (setting.kind === 'switch') return text === SWITCH[0] ? true : text === SWITCH[1] ? false : undefined;
  if (text === '') return null;
  const folded = text.normalize('NFKC').replace('−', '-');
  if (inHundredths(setting)) return parsePoints(folded) ?? undefined;
  return /^-?\d{1,9}$/.test(folded) ? Number(folded) : undefined;
}
