import { type ActSelection, previewReversal, type ReversalRefusal } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type Act, actBySeq, actsOfOperation } from './acts.ts';

/** What a reversal would do, shown before anything is sent. */
export interface ReversalBasis {
  /** What was asked for: one act, or all of its operation. */
  acts: Act[];
  /** All acts that were recorded in the same go. */
  siblings: Act[];
  lines: ReversalLine[];
  goods: ReversalGoods[];
  refusal: ReversalRefusal | null;
}

/** One household whose points would change. */
export interface ReversalLine {
  act: Act;
  balanceCentipoints: number;
  changeCentipoints: number;
  balanceAfterCentipoints: number;
}

export interface ReversalGoods {
  name: string;
  spec: string;
  unit: string;
  /** Positive: back to the shelf; negative: out of stock. */
  quantity: number;
}

/** Null when there is no such act or operation. */
export async function reversalBasis(
  sql: Reader,
  villageId: number,
  which: ActSelection,
): Promise<ReversalBasis | null> {
  const operationId =
    'operationId' in which ? which.operationId : (await actBySeq(sql, villageId, which.seq, true))?.operationId;
  if (operationId === undefined) return null;
  const [siblings, balances, preview] = await Promise.all([
    actsOfOperation(sql, villageId, operationId, true),
    balancesOfOperation(sql, villageId, operationId),
    previewReversal(sql, villageId, which),
  ]);
  const acts = siblings.filter(({ seq }) => 'operationId' in which || seq === which.seq);
  if (acts.length === 0) return null;
  const standing = acts.filter(({ reversedBySeq }) => reversedBySeq === null);
  return {
    acts,
    siblings,
    lines: linesOf(standing, balances),
    goods: goodsOf(standing),
    refusal: 'refused' in preview ? preview : null,
  };
}

/** Two people of one household are two lines of it, the second on what the first leaves. */
function linesOf(acts: readonly Act[], accounts: ReadonlyMap<number, Account>): ReversalLine[] {
  const left = new Map<number, number>();
  return acts.flatMap((act) => {
    const account = accounts.get(act.seq);
    if (act.amountCentipoints === null || account === undefined) return [];
    const balanceCentipoints = left.get(account.accountId) ?? account.balanceCentipoints;
    const changeCentipoints = -act.amountCentipoints;
    const balanceAfterCentipoints = balanceCentipoints + changeCentipoints;
    left.set(account.accountId, balanceAfterCentipoints);
    return [{ act, balanceCentipoints, changeCentipoints, balanceAfterCentipoints }];
  });
}

function goodsOf(acts: readonly Act[]): ReversalGoods[] {
  return acts.flatMap(({ type, goods }) =>
    goods.map(({ name, spec, unit, quantity }) => ({
      name,
      spec,
      unit,
      quantity: type === 'points.redeem' ? quantity : -quantity,
    })),
  );
}

interface Account {
  accountId: number;
  balanceCentipoints: number;
}

/** What each household of an operation has now, by the number of its act. */
async function balancesOfOperation(sql: Reader, villageId: number, operationId: string): Promise<Map<number, Account>> {
  const rows = await sql<(Account & { seq: number })[]>`
    select entry.seq,
           account.account_id as "accountId",
           account.balance_centipoints as "balanceCentipoints"
      from operation
      join entry
        on entry.village_id = operation.village_id
       and entry.seq between operation.first_seq and operation.first_seq + operation.act_count - 1
      join account
        on account.village_id = entry.village_id
       and account.account_id = entry.account_id
     where operation.village_id = ${villageId}
       and operation.operation_id = ${operationId}`;
  return new Map(rows.map(({ seq, ...account }) => [seq, account]));
}
