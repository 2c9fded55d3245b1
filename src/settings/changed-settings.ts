import { isPossible, SETTING_NAMES, type SettingName, type SettingValue, type VillageSettings } from './registry.ts';

/** In order of precedence. */
export type SettingsRefusal =
  | { refused: 'setting_impossible'; setting: SettingName }
  /** Points cannot be kept on a card where they expire. */
  | { refused: 'base_would_expire' }
  /** Points have one life: months from the founding on, or the year. */
  | { refused: 'months_say_how_long' }
  /** Everything is like that already. */
  | { refused: 'settings_unchanged' };

/** What a change names: only that which becomes another, so that the record says what was decided and no more. */
export function changedSettings(
  current: VillageSettings,
  wanted: Partial<VillageSettings>,
): SettingsRefusal | { values: Partial<Record<SettingName, SettingValue>> } {
  const values: Partial<Record<SettingName, SettingValue>> = {};
  for (const name of SETTING_NAMES) {
    const value: unknown = wanted[name];
    if (value === undefined || value === current[name]) continue;
    if (!isPossible(name, value)) return { refused: 'setting_impossible', setting: name };
    values[name] = value;
  }
  return Object.keys(values).length === 0 ? { refused: 'settings_unchanged' } : { values };
}
