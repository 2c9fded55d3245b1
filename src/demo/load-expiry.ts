import { expirePoints } from '../cards/index.ts';
import { addDays, villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { REVIEWED_DAYS } from './load-rate.ts';
import type { Staff } from './load-village.ts';
import { must } from './must.ts';
import { at, instantAt } from './village-time.ts';

/** 石碾村: what a card begins with is to be used in so many months, so that people come to the new shop. */
export const OPENING_MONTHS = 2;

interface Stage {
  db: Db;
  staff: Staff;
  now: Date;
  setClock: (instant: Date) => Promise<void>;
}

/** 到期清理, after the last planned day: whoever did not come loses what is left of it. */
export async function clearOpeningPoints({ db, staff, now, setClock }: Stage): Promise<void> {
  const { villageId, managerId } = staff;
  const today = addDays(villageDay(now), -REVIEWED_DAYS);
  await setClock(instantAt(today, at(14)));
  const hand = { villageId, recordedBy: managerId, today };
  await must(expirePoints(db, { ...hand, occurredOn: today, idempotencyKey: 'demo-expiry' }));
}
