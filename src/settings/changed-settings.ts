import { isPossible, SETTING_NAMES, type SettingName, type SettingValue, type VillageSettings } from './registry.ts';

/** In order of precedence. */
export type SettingsRefusal =
  | { refused: 'setting_impossible'; setting: SettingName }
  /** Points that never expire cannot be kept back where they do. */
  | { refused: 'base_would_expire' }
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
