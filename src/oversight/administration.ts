import { regionsBelow, type StaffMember, staffBelow, villages } from '../people/index.ts';
import type { Reader } from '../platform/database/db.ts';

/** One place with who works there. */
export interface StaffedPlace {
  regionId: number;
  code: string;
  name: string;
  level: 'county' | 'township' | 'village';
  townshipName: string | null;
  staff: StaffMember[];
}

/** The county, its townships and villages, each with its people. */
export async function staffedPlaces(
  sql: Reader,
  { regionId, code, name }: { regionId: number; code: string; name: string },
  today: string,
): Promise<StaffedPlace[]> {
  const [townships, allVillages, staff] = await Promise.all([
    regionsBelow(sql, regionId),
    villages(sql, { regionId }),
    staffBelow(sql, { regionId, today }),
  ]);
  const staffOf = (code: string) => staff.filter(({ regionCode }) => regionCode === code);
  return [
    { regionId, code, name, level: 'county', townshipName: null, staff: staffOf(code) },
    ...townships.map(({ regionId, code, name }) => ({
      regionId,
      code,
      name,
      level: 'township' as const,
      townshipName: null,
      staff: staffOf(code),
    })),
    ...allVillages.map(({ regionId, code, name, township }) => ({
      regionId,
      code,
      name,
      level: 'village' as const,
      townshipName: township.name,
      staff: staffOf(code),
    })),
  ];
}
