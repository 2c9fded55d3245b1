import { type ActDraft, honorAccounts, openHonorAccounts } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { HouseholdCard } from './household-card.ts';

/**
 * What a household was honoured for goes over with its people when it joins another one: out of its account and at once into the
 * other's. A household that is split off begins without, for the honour was given to the one that it leaves.
 */
export async function followHonour(
  sql: Reader,
  villageId: number,
  { from, into }: { from: HouseholdCard; into: HouseholdCard },
): Promise<ActDraft[]> {
  const held = (await honorAccounts(sql, villageId, [from.accountId])).get(from.accountId);
  if (!held || held.balanceCentipoints === 0) return [];
  const receiver = (await openHonorAccounts(sql, villageId, [into.accountId])).get(into.accountId);
  if (!receiver) throw new Error('an account of honour points was opened');
  const { accountId, pseudonym, balanceCentipoints, lastN } = held;
  return [
    {
      type: 'honor.move',
      facts: { cause: 'merge' },
      disclosed: { card: from.number, household: from.headName },
      entry: { accountId, pseudonym, amountCentipoints: -balanceCentipoints, expectedN: lastN },
    },
    {
      type: 'honor.move',
      facts: { cause: 'merge' },
      disclosed: { card: into.number, household: into.headName },
      entry: {
        accountId: receiver.accountId,
        pseudonym: receiver.pseudonym,
        amountCentipoints: balanceCentipoints,
      },
    },
  ];
}
