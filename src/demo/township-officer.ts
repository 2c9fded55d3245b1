import type { Db } from '../platform/database/db.ts';

/** Who decides for the township above a village. */
export async function townshipOfficer({ sql }: Db, villageId: number): Promise<number> {
  const [officer] = await sql<{ personId: number }[]>`
    select appointment.person_id as "personId"
      from appointment
      join region as village
        on village.parent_id = appointment.region_id
     where village.region_id = ${villageId}
       and role = 'township_officer'
     order by person_id
     limit 1`;
  return officer?.personId ?? 0;
}
