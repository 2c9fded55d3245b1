/**
 * 柳树湾村 has goods that the county's list does not know: one whose first price somebody else has agreed to, and one that waits for
 * it; and of what came in together, one part only after a second look. Each by the command that a form would call.
 */
import {
  addedGoods,
  addGoods,
  approveProposal,
  checkReceipt,
  proposals,
  receiveGoods,
  renameGoods,
} from '../goods/index.ts';
import type { Db } from '../platform/database/db.ts';
import { must } from './must.ts';

interface Stage {
  db: Db;
  villageId: number;
  managerId: number;
  supervisorId: number;
  today: string;
}

const WOK = { name: '铁炒锅', spec: '32cm', unit: '口', zone: 'DAILY', barcode: null, unitValueFen: 4_000 } as const;
const BASKET = {
  name: '竹编背篓',
  spec: '大号',
  unit: '个',
  zone: 'AGRI',
  barcode: null,
  unitValueFen: 5_500,
} as const;

/** Answers the code of what may be had. */
export async function addOwnGoods({ db, villageId, managerId, supervisorId, today }: Stage): Promise<string> {
  const by = { villageId, recordedBy: managerId, today };
  const add = async (goods: typeof WOK | typeof BASKET, idempotencyKey: string) => {
    const [added] = await addedGoods(db.sql, villageId, await must(addGoods(db, { ...by, ...goods, idempotencyKey })));
    return added?.code ?? '';
  };
  const wok = await add(WOK, 'demo-wok');
  const basket = await add(BASKET, 'demo-basket');
  const bought = {
    ...by,
    occurredOn: today,
    source: { kind: 'purchase', name: '县城惠民批发部' },
    fund: 'village_collective',
  } as const;
  const seen = { voucher: 1, invoice: 'HM-21544', witness: '张会计', lines: [{ code: wok, quantity: 3 }] };
  await must(receiveGoods(db, { ...bought, ...seen, idempotencyKey: 'demo-woks' }));
  const unseen = { voucher: 2, invoice: 'HM-21545', isCheckedLater: true, lines: [{ code: basket, quantity: 4 }] };
  const { acts } = await must(receiveGoods(db, { ...bought, ...unseen, idempotencyKey: 'demo-baskets' }));
  const check = { villageId, seq: acts[0]?.seq ?? 0, recordedBy: supervisorId, today };
  await must(checkReceipt(db, { ...check, idempotencyKey: 'demo-look' }));
  const [first] = await proposals(db.sql, { villageId, today, code: wok, waitingFirst: true, limit: 1 });
  const proposalId = first?.proposalId ?? 0;
  await must(approveProposal(db, { villageId, proposalId, recordedBy: supervisorId, today }));
  await must(renameGoods(db, { ...by, code: wok, name: '铸铁炒锅', idempotencyKey: 'demo-rename' }));
  return wok;
}
