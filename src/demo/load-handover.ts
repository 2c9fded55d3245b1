/**
 * 石碾村: the shop goes from one manager to the next on the day of the demonstration. Both count it blind, list what is open and sign. From
 * then on it goes as the village's meeting decided (load-rate.ts). Each step by the command that a form would call.
 */
import { listOpenItems, openHandover, signHandover } from '../handovers/index.ts';
import { villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { moveOn, openStocktake, postStocktake, saveCounts } from '../stocktakes/index.ts';
import { endPost } from './end-post.ts';
import { agreeWithDoubt, decideAnew, postFirstLines } from './load-rate.ts';
import { must } from './must.ts';
import { stockByCode } from './stock-by-code.ts';

type Stage = Parameters<typeof postFirstLines>[0] & {
  successor: { personId: number; displayName: string };
};

export async function changeHands({ successor, ...stage }: Stage): Promise<void> {
  const { db, staff, now } = stage;
  const { villageId, managerId } = staff;
  const today = villageDay(now);
  const doubted = await postFirstLines(stage);
  await stage.setClock(now);
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
  // Only now the manager's post ends.
  await endPost(db, staff, managerId, today);
  await decideAnew(db, { villageId, recordedBy: successor.personId, today });
  await agreeWithDoubt(db, staff, doubted, today);
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
