/** 村里的规定: what each village sets for itself, as acts of its public record. */
export { changeSettings } from './change-settings.ts';
export {
  type Preset,
  type SettingName,
  type SettingValue,
  settingsOf,
  type VillageSettings,
} from './registry.ts';
export type { SettingField } from './setting-fields.ts';
export { settingsBelow } from './settings-below.ts';
export { spendableOf, type Unspendable, unspendableOf, unspendableOfAll } from './unspendable.ts';
export {
  type Decision,
  type Decisions,
  decidedIn,
  decidedSettingsRead,
  isSaidAmong,
  isSwitchedOn,
  isSwitchedOnAmong,
  settingsAfter,
  villageSettings,
} from './village-settings.ts';
