/** The shop for the pages that browsers look at: changing hands, to be signed; and goods that are kept for a household. */
import { cardByNumber } from '../../src/cards/index.ts';
import { openQueue } from '../../src/exchange/queue-day.ts';
import { takeNumber } from '../../src/exchange/take-number.ts';
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
  await must(
    changeSettings(db, { ...by(), wanted: { householdsReserve: true, queueNumbers: true }, reason: '代表会议' }),
  );
  const lines = [{ code: 'GR001', quantity: 1 }];
  const kept = await must(reserveGoods(db, { ...by(), card: cards.赵满仓, lines, isByHousehold: false }));
  await stand(db, villageId);
  return [
    '/reservations',
    '/reservations/new',
    '/reservations/packing',
    `/reservations/${kept.acts[0]?.seq}`,
    '/queue',
    '/queue/sheet',
    '/queue/numbers/2/slip',
  ];
}

/** An exchange day: one is called, one did not come, two wait. */
async function stand({ sql }: Db, villageId: number): Promise<void> {
  const day = villageDay(new Date());
  await sql.begin((tx) => openQueue(tx, { villageId, day, personId: 1 }));
  for (const number of [cards.单小花, cards.曾有田, cards.王建国, null]) {
    const card = number && (await cardByNumber(sql, villageId, number));
    const householdId = card ? card.householdId : null;
    await sql.begin((tx) => takeNumber(tx, { villageId, day, householdId, idempotencyKey: crypto.randomUUID() }));
  }
  await sql`
    update queue_number
       set state = case number when 1 then 'called' else 'missed' end,
           call_count = 1
     where number in (1, 3)`;
}
