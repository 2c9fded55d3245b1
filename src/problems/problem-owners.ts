import { rolesThatMay, type StaffMember, staffBelow } from '../people/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** To whom a problem can be given: who works in the village today, and so can read what it is. */
export async function problemOwners(
  sql: Reader,
  { villageId, today }: { villageId: number; today: string },
): Promise<StaffMember[]> {
  const readers = rolesThatMay('village.read');
  const staff = await staffBelow(sql, { regionId: villageId, today });
  return staff.filter(({ role, startsOn }) => startsOn <= today && readers.includes(role));
}
