/** Whoever reads this machine's terminal owns its data, so here an administrator can be helped whom no office could help. */
import {
  appoint,
  drawTemporaryPassword,
  findRegion,
  hashPassword,
  type IssuedCode,
  issueResetCode,
  isUsername,
  recordSecurityEvent,
  removeSecondFactor,
} from '../people/index.ts';
import { villageDay } from '../platform/clock.ts';
import type { Sql } from '../platform/database/connect.ts';
import { noteTerminal, THIS_MACHINE } from './note-terminal.ts';

export interface Administrator {
  personId: number;
  username: string;
  displayName: string;
  countyCode: string;
  countyName: string;
}

/** Those who can administer a county today. */
export function administrators(sql: Sql): Promise<Administrator[]> {
  const today = villageDay(new Date());
  return sql<Administrator[]>`
    select person_id as "personId",
           username,
           display_name as "displayName",
           region.code as "countyCode",
           region.name as "countyName"
      from person
      join appointment using (person_id)
      join region using (region_id)
     where role = 'county_administrator'
       and starts_on <= ${today}
       and (ends_on is null or ends_on > ${today})
       and disabled_at is null
     order by region.code, username`;
}

export type RescueRefusal = { refused: 'no_such_administrator' };

/** A code with which the administrator sets a new password. */
export async function rescueAdministrator(
  sql: Sql,
  { username, withoutSecondStep }: { username: string; withoutSecondStep: boolean },
): Promise<IssuedCode | RescueRefusal> {
  const found = (await administrators(sql)).find((one) => one.username === fold(username));
  if (!found) return { refused: 'no_such_administrator' };
  const { personId } = found;
  await noteTerminal(sql, { kind: 'terminal.administrator', subjectId: personId, details: { command: 'reset' } });
  if (withoutSecondStep) await removeSecondFactor(sql, { personId, byPersonId: personId, address: THIS_MACHINE });
  return issueResetCode(sql, { personId, byPersonId: personId, address: THIS_MACHINE });
}

export type AdditionRefusal =
  | { refused: 'not_a_username' }
  | { refused: 'username_taken' }
  | { refused: 'no_such_county' };

/** A further administrator, where the old ones are gone. Nobody knows the first password; the code leads past it. */
export async function addAdministrator(
  sql: Sql,
  { username, displayName, countyCode }: { username: string; displayName: string; countyCode: string },
): Promise<IssuedCode | AdditionRefusal> {
  if (!isUsername(username)) return { refused: 'not_a_username' };
  const county = await findRegion(sql, countyCode);
  if (county?.level !== 'county') return { refused: 'no_such_county' };
  const { regionId } = county;
  const passwordHash = await hashPassword(drawTemporaryPassword() + drawTemporaryPassword());
  const person = {
    username,
    displayName,
    role: 'county_administrator',
    regionId,
    startsOn: villageDay(new Date()),
    mustChangePassword: true,
  } as const;
  const appointed = await sql.begin(async (tx) => {
    const outcome = await appoint(tx, person, passwordHash);
    if ('refused' in outcome) return { refused: 'username_taken' } as const;
    const { personId } = outcome;
    await noteTerminal(tx, {
      kind: 'terminal.administrator',
      subjectId: personId,
      regionId,
      details: { command: 'add' },
    });
    await recordSecurityEvent(tx, {
      kind: 'person.appointed',
      personId: null,
      subjectId: personId,
      regionId,
      address: THIS_MACHINE,
      details: { role: person.role },
    });
    return outcome;
  });
  if ('refused' in appointed) return appointed;
  const { personId } = appointed;
  return issueResetCode(sql, { personId, byPersonId: personId, address: THIS_MACHINE });
}

function fold(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}
