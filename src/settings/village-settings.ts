import type { PendingQuery, Row } from 'postgres';
import type { Reader } from '../platform/database/db.ts';
import { type Read, readAlone, toRead } from '../platform/database/read-at-once.ts';
import {
  isPossible,
  SETTING_NAMES,
  type SettingName,
  type SettingValue,
  settingsOf,
  type VillageSettings,
} from './registry.ts';

/** What a village decided of a setting, and the act that says so. */
export interface Decision {
  value: SettingValue;
  seq: number;
  decidedOn: string;
}

export type Decisions = ReadonlyMap<SettingName, Decision>;

/** How a village works today: what it decided, and for the rest what goes without a decision. */
export async function villageSettings(sql: Reader, villageId: number): Promise<VillageSettings> {
  return settingsAfter(await decidedSettings(sql, villageId));
}

export function settingsAfter(decided: Decisions): VillageSettings {
  const values = Object.fromEntries([...decided].map(([name, { value }]) => [name, value]));
  return { ...settingsOf('undecided'), ...(values as Partial<VillageSettings>) };
}

/** What the acts say, the newest of each setting; nothing beside the record keeps it. */
export function decidedSettings(sql: Reader, villageId: number): Promise<Decisions> {
  return readAlone(decidedSettingsRead(sql, villageId));
}

export function decidedSettingsRead(sql: Reader, villageId: number): Read<Decisions> {
  const query = sql<(Decision & { name: string })[]>`
    select distinct on (name) *
      from (${everyDecision(sql, villageId)}) as decision
     order by name, seq desc`;
  return toRead(query, (rows) => {
    const known = new Map(rows.map(({ name, ...decision }) => [name, decision]));
    const decided = new Map<SettingName, Decision>();
    for (const name of SETTING_NAMES) {
      const decision = known.get(name);
      // What another version of the program knew or allowed is left to it.
      if (decision && isPossible(name, decision.value)) decided.set(name, decision);
    }
    return decided;
  });
}

/** Every word that was ever said on a setting. */
export function everyDecision(sql: Reader, villageId: number) {
  return sql`
    select decided.name,
           decided.value,
           act.seq,
           act.occurred_on as "decidedOn"
      from act,
           jsonb_each(act.facts -> 'values') as decided(name, value)
     where act.village_id = ${villageId}
       and act.type = 'settings.change'`;
}

/** What a village decided, for a statement that asks for several switches: `with decided as materialized (…)`. */
export function decidedIn(sql: Reader, villageId: number | PendingQuery<Row[]>) {
  return sql`
    select act.seq,
           act.facts -> 'values' as settled
      from act
     where act.village_id = ${villageId}
       and act.type = 'settings.change'`;
}

/** A switch in such a statement. */
export function isSwitchedOnAmong(sql: Reader, name: SwitchName) {
  return sql`coalesce(
    (
      select (decided.settled ->> ${name})::boolean
        from decided
       where decided.settled ? ${name}
       order by decided.seq desc
       limit 1
    ),
    ${settingsOf('undecided')[name]}
  )`;
}

/** The same of one switch, for a condition in a statement. */
export function isSwitchedOn(sql: Reader, villageId: number, name: SwitchName) {
  return sql`coalesce(
    (
      select (act.facts -> 'values' ->> ${name})::boolean
        from act
       where act.village_id = ${villageId}
         and act.type = 'settings.change'
         and act.facts -> 'values' ? ${name}
       order by act.seq desc
       limit 1
    ),
    ${settingsOf('undecided')[name]}
  )`;
}

/** Whether there is a number at all, in a statement that asks for several. */
export function isSaidAmong(sql: Reader, name: OptionalName) {
  return sql`coalesce(
    (
      select jsonb_typeof(decided.settled -> ${name}) = 'number'
        from decided
       where decided.settled ? ${name}
       order by decided.seq desc
       limit 1
    ),
    ${settingsOf('undecided')[name] !== null}
  )`;
}

/** The same of one, for a condition in a statement. */
export function isSaid(sql: Reader, villageId: number, name: OptionalName) {
  return sql`(with decided as (${decidedIn(sql, villageId)}) select ${isSaidAmong(sql, name)})`;
}

type OptionalName = {
  [Name in SettingName]: null extends VillageSettings[Name] ? Name : never;
}[SettingName];

type SwitchName = {
  [Name in SettingName]: VillageSettings[Name] extends boolean ? Name : never;
}[SettingName];
