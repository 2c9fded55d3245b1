import { formatPoints } from '../../src/platform/points.ts';
import type { Preset, SettingName, SettingValue } from '../../src/settings/index.ts';
import type { Translate } from '../shared/dictionary.ts';
import { formatYuan } from '../shared/yuan.tsx';
import { settingsWords } from './words.ts';

/** What a setting is, as a village can read it: 20 分, 7 天, 是, 不限. The unit is the end of its name. */
export function settingText(name: SettingName, value: SettingValue, t: Translate): string {
  if (value === null) {
    return t(name === 'unsettledMostCentipoints' ? 'settings.unsettledMostCentipoints.none' : 'settings.none');
  }
  if (typeof value === 'boolean') return t(value ? 'settings.yes' : 'settings.no');
  if (typeof value === 'string') return choiceText(name, value, t);
  if (name.endsWith('Centipoints')) return t('settings.points', { points: formatPoints(value) });
  if (name.endsWith('Fen')) return t('settings.yuan', { yuan: formatYuan(value) });
  if (name.startsWith('giftMatch')) return t('settings.points', { points: String(value) });
  const unit = UNITS.find(({ ending }) => name.endsWith(ending));
  return unit ? t(unit.word, { count: value }) : String(value);
}

const UNITS = [
  { ending: 'Days', word: 'settings.days' },
  { ending: 'Months', word: 'settings.months' },
  { ending: 'Percent', word: 'settings.percent' },
  { ending: 'DaysAfter', word: 'settings.days' },
  { ending: 'Marks', word: 'settings.marks' },
  { ending: 'Assessors', word: 'settings.people' },
  { ending: 'sampleSize', word: 'settings.lines' },
  { ending: 'lowQuantity', word: 'settings.pieces' },
] as const;

/** What an act of the record changed: 每户每月最多：30 分、…. Names that this version of the program does not know are left out. */
export function settingsText(values: unknown, t: Translate): string {
  if (typeof values !== 'object' || values === null) return '';
  return Object.entries(values)
    .filter((entry): entry is [SettingName, SettingValue] => hasWord(`settings.${entry[0]}`))
    .map(([name, value]) =>
      t('settings.valueOf', { setting: t(`settings.${name}`), value: settingText(name, value, t) }),
    )
    .join(t('settings.join'));
}

function choiceText(name: string, value: string, t: Translate): string {
  const key = `settings.${name}.${value}`;
  return isChoice(key) ? t(key) : value;
}

/** The words of choices, which have no places to fill. */
type ChoiceWord = Extract<keyof typeof settingsWords.zhCN, `settings.${SettingName}.${Preset | 'none'}`>;

function isChoice(key: string): key is ChoiceWord {
  return hasWord(key);
}

function hasWord(key: string): key is keyof typeof settingsWords.zhCN {
  return Object.hasOwn(settingsWords.zhCN, key);
}
