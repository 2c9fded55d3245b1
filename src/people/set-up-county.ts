import type { Config } from '../platform/config.ts';
import type { Reader, Tx } from '../platform/database/db.ts';
import { type AppointRefusal, appoint, hasAdministrator } from './appoint.ts';
import { addRegion } from './regions.ts';

export interface CountyDraft {
  /** Twelve digits. */
  countyCode: string;
  countyName: string;
  username: string;
  displayName: string;
  passwordHash: string;
  today: string;
}

/** In order of precedence. */
export type SetUpRefusal =
  | { refused: 'set_up_done' }
  | { refused: 'region_code_taken'; region: string }
  | AppointRefusal;

/** The lock that makes the first one of several first administrators the only one. */
const SET_UP_LOCK = 20_261_121;

/** The set-up page is open: nobody administers yet. Demonstration data brings its own people, so there is nothing to set up. */
export async function awaitsSetUp(sql: Reader, { demo }: Pick<Config, 'demo'>): Promise<boolean> {
  return !demo && !(await hasAdministrator(sql));
}

/** The county and its first administrator, once. */
export async function setUpCounty(tx: Tx, draft: CountyDraft): Promise<{ countyCode: string } | SetUpRefusal> {
  await tx`select pg_advisory_xact_lock(${SET_UP_LOCK})`;
  if (await hasAdministrator(tx)) return { refused: 'set_up_done' };
  const { countyCode, countyName, username, displayName, passwordHash, today } = draft;
  const county = await addRegion(tx, { code: countyCode, level: 'county', name: countyName, parentId: null });
  if (!county) return { refused: 'region_code_taken', region: countyCode };
  const person = {
    username,
    displayName,
    role: 'county_administrator',
    regionId: county.regionId,
    startsOn: today,
    mustChangePassword: false,
  } as const;
  const appointed = await appoint(tx, person, passwordHash);
  return 'refused' in appointed ? appointed : { countyCode };
}
