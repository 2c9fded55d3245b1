/** 柳树湾村's storekeeper is called away and cannot count the shop with anybody: the township lets it be, and only then does the post end. */
import { waiveHandover } from '../handovers/index.ts';
import type { Db } from '../platform/database/db.ts';
import { endPost } from './end-post.ts';
import type { Staff } from './load-village.ts';
import { must } from './must.ts';
import { townshipOfficer } from './township-officer.ts';

export async function leaveWithoutHandover(
  db: Db,
  { staff, storekeeperId, today }: { staff: Staff; storekeeperId: number; today: string },
): Promise<void> {
  const { villageId } = staff;
  const recordedBy = await townshipOfficer(db, villageId);
  const reason = '陪家里老人在外地住院，赶不回来；钥匙和货一直在管理员手里';
  const waiver = { villageId, role: 'storekeeper', fromPersonId: storekeeperId, reason, recordedBy, today } as const;
  await must(waiveHandover(db, { ...waiver, idempotencyKey: 'demo-waived' }));
  await endPost(db, staff, storekeeperId, today);
}
