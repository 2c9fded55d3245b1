/**
 * 石碾村: the shop goes from one manager to the next on the day of the demonstration. Both count it blind, list what is open and sign. As the
 * village's meeting decided, a point is worth what it is worth in most villages from then on. Each step by the command that a form would
 * call.
 */
import { listOpenItems, openHandover, signHandover } from '../handovers/index.ts';
import { endAppointment } from '../people/index.ts';
import { villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { changeRate } from '../rates/index.ts';
import { moveOn, openStocktake, postStocktake, saveCounts } from '../stocktakes/index.ts';
import type { Staff } from './load-village.ts';
import { must } from './must.ts';
import { stockByCode } from './stock-by-code.ts';

interface Stage {
  db: Db;
  staff: Staff;
  now: Date;
  successor: { personId: number; displayName: string };
}

export async function changeHands({ db, staff, now, successor }: Stage): Promise<void> {
  const { villageId, managerId } = staff;
  const today = villageDay(now);
  const manager = { villageId, personId: managerId };
  const pair = { role: 'manager', fromPersonId: managerId, toPersonId: successor.personId } as const;
  const { handoverId } = await must(openHandover(db.sql, { ...manager, ...pair, today }));
  const asked = { ...manager, kind: 'handover', secondCounter: successor.displayName } as const;
  const count = { ...manager, ...(await must(openStocktake(db.sql, asked))) };
  const there = await stockByCode(db.sql, villageId);
  const counts = there.map(({ code, held }) => ({ code, counted: held }));
  await must(saveCounts(db.sql, { ...count, counts }));
  await must(moveOn(db.sql, count, 'review'));
  await must(postStocktake(db, { ...count, today }));
  await must(listOpenItems(db.sql, { ...manager, handoverId }));
  const seenListedAt = await listedAt(db, { villageId, handoverId });
  for (const personId of [managerId, successor.personId]) {
    await must(signHandover(db, { villageId, handoverId, personId, seenListedAt, today }));
  }
  await letGo(db, staff, today);
  const rate = { fenPerPoint: 100, reason: '村民代表会议：和邻近多数村一样，1 分 1 元' };
  await must(
    changeRate(db, { villageId, today, recordedBy: successor.personId, idempotencyKey: 'demo-rate', ...rate }),
  );
}

/** Only now the manager's post ends. */
async function letGo({ sql }: Db, { villageId, managerId, administratorId }: Staff, today: string): Promise<void> {
  const [post] = await sql<{ appointmentId: number }[]>`
    select appointment_id as "appointmentId"
      from appointment
     where person_id = ${managerId}
       and region_id = ${villageId}`;
  const ending = { appointmentId: post?.appointmentId ?? 0, personId: managerId, today };
  await must(endAppointment(sql, { ...ending, byPersonId: administratorId, address: '127.0.0.1' }));
}

/** The list that both have read. */
async function listedAt({ sql }: Db, { villageId, handoverId }: { villageId: number; handoverId: number }) {
  const [list] = await sql<{ listedAt: Date }[]>`
    select listed_at as "listedAt"
      from handover
     where village_id = ${villageId}
       and handover_id = ${handoverId}`;
  return list?.listedAt.toISOString() ?? '';
}
