import { type LockedPoints, lockedPoints, NOTHING_LOCKED } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { baseIn } from './base.ts';
import { isSaid } from './village-settings.ts';

/** What of a card's balance is not to be spent: 基数, the same for every household, and what it was given and has not matched yet. */
export interface Unspendable extends LockedPoints {
  baseCentipoints: number;
}

interface UnspendableQuestion {
  villageId: number;
  accountId: number;
  today: string;
}

export async function unspendableOf(
  sql: Reader,
  { villageId, accountId, today }: UnspendableQuestion,
): Promise<Unspendable> {
  const all = await unspendableOfAll(sql, { villageId, accountIds: [accountId], today });
  return all(accountId);
}

/** The same of many: what is kept back of each. */
export async function unspendableOfAll(
  sql: Reader,
  { villageId, accountIds, today }: { villageId: number; accountIds: readonly number[]; today: string },
): Promise<(accountId: number) => Unspendable> {
  const [said] = await sql<{ base: number; matches: boolean }[]>`
    select ${baseIn(sql, villageId)} as base,
           ${isSaid(sql, villageId, 'giftMatch')} as matches`;
  const locked = said?.matches
    ? await lockedPoints(sql, { villageId, accountIds, today })
    : new Map<number, LockedPoints>();
  const baseCentipoints = said?.base ?? 0;
  return (accountId) => ({ baseCentipoints, ...(locked.get(accountId) ?? NOTHING_LOCKED) });
}

/** What of a balance can be exchanged. */
export function spendableOf(
  balanceCentipoints: number,
  { baseCentipoints, lockedCentipoints }: Pick<Unspendable, 'baseCentipoints' | 'lockedCentipoints'>,
): number {
  const kept = baseCentipoints + lockedCentipoints;
  return kept === 0 ? balanceCentipoints : Math.max(balanceCentipoints - kept, 0);
}
