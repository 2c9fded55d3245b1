/**
 * What is going on in the shop of 啊道村 on the day of the demonstration: slips with a gap, a receipt that only one person has seen, a
 * price that somebody agreed to and one that waits, a count with a difference, goods that are kept for a household. Each by the
 * command that a form would call.
 */
import { allCards } from '../cards/index.ts';
import { approveProposal, noteWant, proposeChange, receiveGoods, setTerms } from '../goods/index.ts';
import { villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { reserveGoods } from '../reservations/index.ts';
import { changeSettings } from '../settings/index.ts';
import { moveOn, nameCauses, openStocktake, postStocktake, saveCounts } from '../stocktakes/index.ts';
import { must } from './must.ts';
import { stockByCode } from './stock-by-code.ts';

const RICE = 'GR001';
const SOAP = 'WA003';

interface Stage {
  db: Db;
  staff: { villageId: number; managerId: number; supervisorId: number };
  now: Date;
}

export async function liveInTheShop({ db, staff, now }: Stage): Promise<void> {
  const { villageId, managerId, supervisorId } = staff;
  const today = villageDay(now);
  const by = { villageId, recordedBy: managerId, today };
  await must(
    changeSettings(db, {
      ...by,
      idempotencyKey: 'demo-opening-days',
      wanted: { openingDays: 'friday', householdsReserve: true },
      reason: '村民代表会议定，每个星期五开门',
    }),
  );
  const receipt = { ...by, occurredOn: today, source: { kind: 'purchase', name: '县城惠民批发部' } } as const;
  const bought = { ...receipt, fund: 'village_collective', lines: [{ code: RICE, quantity: 6 }] } as const;
  await must(
    receiveGoods(db, {
      ...bought,
      idempotencyKey: 'demo-slip-1',
      voucher: 1001,
      invoice: 'HM-20817',
      witness: '张会计',
    }),
  );
  const given = { kind: 'donation', name: '帮扶单位捐赠' } as const;
  await must(
    receiveGoods(db, {
      ...receipt,
      idempotencyKey: 'demo-slip-3',
      source: given,
      fund: 'partner_unit',
      voucher: 1003,
      isCheckedLater: true,
      lines: [{ code: SOAP, quantity: 12 }],
    }),
  );
  await must(setTerms(db, { ...by, idempotencyKey: 'demo-terms', code: RICE, monthMax: 2, yearMax: null, reorder: 5 }));
  const asked = { villageId, personId: managerId, today };
  const agreed = await must(
    proposeChange(db.sql, {
      ...asked,
      change: { kind: 'price', code: SOAP, priceCentipoints: 250, reason: '两委商量，天天要用的定低些' },
    }),
  );
  await must(approveProposal(db, { villageId, proposalId: agreed.proposalId, recordedBy: supervisorId, today }));
  await must(
    proposeChange(db.sql, {
      ...asked,
      change: { kind: 'price', code: 'GR010', priceCentipoints: 150, reason: '邻村也是这个分值' },
    }),
  );
  await writeOff(db, { ...asked, supervisorId, code: 'GR010' });
  await must(
    noteWant(db.sql, { villageId, code: 'GR005', quantity: 2, source: 'refused', idempotencyKey: 'demo-want' }),
  );
  await countTheShelf(db, { villageId, managerId, supervisorId, today });
  const [richest] = (await allCards(db.sql, villageId))
    .filter(({ status }) => status === 'active')
    .toSorted((one, other) => other.balanceCentipoints - one.balanceCentipoints);
  if (!richest) return;
  const kept = { card: richest.number, lines: [{ code: RICE, quantity: 1 }], isByHousehold: false };
  await must(reserveGoods(db, { ...by, idempotencyKey: 'demo-kept', ...kept }));
}

/** One piece got wet; who keeps the shop asks, and somebody else agrees. */
async function writeOff(
  db: Db,
  {
    villageId,
    personId,
    supervisorId,
    today,
    code,
  }: { villageId: number; personId: number; supervisorId: number; today: string; code: string },
): Promise<void> {
  const [lot] = await db.sql<{ lotId: number }[]>`
    select lot_id as "lotId"
      from stock_lot
      join goods using (village_id, goods_id)
     where village_id = ${villageId}
       and goods.code = ${code}
       and quantity_on_hand > 0
     order by lot_id
     limit 1`;
  if (!lot) return;
  const change = { kind: 'writeoff', code, lotId: lot.lotId, quantity: 1, reason: 'damaged' } as const;
  const { proposalId } = await must(proposeChange(db.sql, { villageId, personId, today, change }));
  await must(approveProposal(db, { villageId, proposalId, recordedBy: supervisorId, today }));
}

/** One bag of rice is broken. */
async function countTheShelf(
  db: Db,
  {
    villageId,
    managerId,
    supervisorId,
    today,
  }: { villageId: number; managerId: number; supervisorId: number; today: string },
): Promise<void> {
  const asker = { villageId, personId: managerId };
  const opened = await must(openStocktake(db.sql, { ...asker, kind: 'monthly', secondCounter: '张会计' }));
  const one = { ...asker, stocktakeId: opened.stocktakeId };
  const there = await stockByCode(db.sql, villageId);
  const counts = there.map(({ code, held }) => ({ code, counted: code === RICE ? held - 1 : held }));
  await must(saveCounts(db.sql, { ...one, counts }));
  await must(moveOn(db.sql, one, 'review'));
  await must(nameCauses(db.sql, { ...one, causes: [{ code: RICE, cause: 'damaged' }] }));
  await must(postStocktake(db, { ...one, personId: supervisorId, today }));
}
