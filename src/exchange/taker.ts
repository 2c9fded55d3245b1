import { cardByNumber, cardByToken, findCards } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { readCode } from './read-code.ts';

/** Who takes a number, as the keeper scanned or typed it. */
export type Taker =
  | { kind: 'household'; householdId: number }
  | { kind: 'nobody' }
  | { kind: 'unsaid' }
  | { kind: 'unknown' }
  | { kind: 'many'; households: { cardNumber: string; name: string; groupName: string }[] };

const MOST_OFFERED = 8;

export async function takerOf(sql: Reader, villageId: number, typed: string): Promise<Taker> {
  const code = readCode(typed);
  if (code.kind === 'nothing') return { kind: 'unsaid' };
  if (code.kind === 'token' || code.kind === 'card') {
    const card = code.kind === 'token' ? await cardByToken(sql, code.token) : null;
    const found = code.kind === 'card' ? await cardByNumber(sql, villageId, code.number) : card;
    const isOurs = found && (code.kind === 'card' || card?.villageId === villageId);
    return isOurs ? { kind: 'household', householdId: found.householdId } : { kind: 'unknown' };
  }
  const query = code.kind === 'words' ? code.words : code.barcode;
  const found = await findCards(sql, villageId, { query, limit: MOST_OFFERED });
  const named = found.filter(({ headName }) => headName === query);
  const households = named.length > 0 ? named : found;
  const [household] = households;
  if (!household) return { kind: 'unknown' };
  if (households.length === 1) return { kind: 'household', householdId: household.householdId };
  return {
    kind: 'many',
    households: households.map(({ number, headName, groupName }) => ({
      cardNumber: number,
      name: headName,
      groupName,
    })),
  };
}
