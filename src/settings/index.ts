/** 村里的规定: what each village sets for itself, as acts of its public record. */
export { baseIn, baseOf, spendableOf } from './base.ts';
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
export {
  type Decision,
  type Decisions,
  decidedIn,
  decidedSettingsRead,
  isSwitchedOn,
  isSwitchedOnAmong,
  settingsAfter,
  villageSettings,
} from './village-settings.ts';
