import { endAppointment } from '../people/index.ts';
import type { Db } from '../platform/database/db.ts';
import type { Staff } from './load-village.ts';
import { must } from './must.ts';

/** Somebody leaves the village's staff: whoever founded it ends the post. */
export async function endPost(
  { sql }: Db,
  { villageId, administratorId }: Staff,
  personId: number,
  today: string,
): Promise<void> {
  const [post] = await sql<{ appointmentId: number }[]>`
    select appointment_id as "appointmentId"
      from appointment
     where person_id = ${personId}
       and region_id = ${villageId}`;
  const ending = { appointmentId: post?.appointmentId ?? 0, personId, today };
  await must(endAppointment(sql, { ...ending, byPersonId: administratorId, address: '127.0.0.1' }));
}
