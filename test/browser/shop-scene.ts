/** The shop for the pages that browsers look at: changing hands, to be signed; and goods that are kept for a household. */
import { listOpenItems, openHandover } from '../../src/handovers/index.ts';
import { appoint, hashPassword } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import type { Db } from '../../src/platform/database/db.ts';
import { reserveGoods } from '../../src/reservations/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { moveOn, openStocktake, postStocktake, saveCounts } from '../../src/stocktakes/index.ts';
import { cards, FOUNDED_ON, must, PASSWORD, people } from '../support/cast.ts';

/** Addresses for the manager. */
export async function changeHands(db: Db, villageId: number): Promise<string[]> {
  const { sql } = db;
  const today = FOUNDED_ON;
  const passwordHash = await hashPassword(PASSWORD);
  const draft = { username: 'willow-next', displayName: '周接手', role: 'manager', regionId: villageId } as const;
  const successor = await sql.begin((tx) =>
    must(appoint(tx, { ...draft, startsOn: today, mustChangePassword: false }, passwordHash)),
  );
  const [manager] = await sql<{ personId: number }[]>`
    select person_id as "personId"
      from person
     where username = ${people.manager}`;
  const asker = { villageId, personId: manager?.personId ?? 0 };
  const pair = { role: 'manager', fromPersonId: asker.personId, toPersonId: successor.personId } as const;
  const { handoverId } = await must(openHandover(sql, { ...asker, ...pair, today }));
  const count = await must(openStocktake(sql, { ...asker, kind: 'handover', secondCounter: '周接手' }));
  const counts = await sql<{ code: string; counted: number }[]>`
    select code,
           sum(quantity_on_hand)::integer as counted
      from stock_lot
      join goods using (village_id, goods_id)
     where village_id = ${villageId}
     group by code`;
  await must(saveCounts(sql, { ...asker, ...count, counts: [...counts] }));
  await must(moveOn(sql, { ...asker, ...count }, 'review'));
  await must(postStocktake(db, { ...asker, ...count, today }));
  await must(listOpenItems(sql, { ...asker, handoverId }));
  return ['/handovers', `/handovers/${handoverId}`, `/handovers/${handoverId}/certificate`];
}

/** Addresses for the manager; households may reserve themselves. From today on: what is older goes back by itself. */
export async function keepGoods(db: Db, villageId: number): Promise<string[]> {
  const by = () => ({ villageId, recordedBy: 1, today: villageDay(new Date()), idempotencyKey: crypto.randomUUID() });
  await must(changeSettings(db, { ...by(), wanted: { householdsReserve: true }, reason: '代表会议' }));
  const lines = [{ code: 'GR001', quantity: 1 }];
  const kept = await must(reserveGoods(db, { ...by(), card: cards.赵满仓, lines, isByHousehold: false }));
  return ['/reservations', '/reservations/new', '/reservations/packing', `/reservations/${kept.acts[0]?.seq}`];
}
