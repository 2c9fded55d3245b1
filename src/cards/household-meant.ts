import type { Reader } from '../platform/database/db.ts';
import { findCards, type HouseholdCard } from './household-card.ts';

const MOST_CANDIDATES = 8;

/** Whom somebody means by a number, a name, initials or the end of a number: the one household that fits, or those to choose from. */
export async function householdMeant(
  sql: Reader,
  villageId: number,
  typed: string,
  { except }: { except?: string } = {},
): Promise<{ number: string } | { candidates: HouseholdCard[] }> {
  const query = typed.normalize('NFKC').trim();
  if (/^\d{10}$/.test(query)) return { number: query };
  if (query === '') return { candidates: [] };
  const found = await findCards(sql, villageId, { query, limit: MOST_CANDIDATES });
  const candidates = found.filter(({ number, status }) => number !== except && status !== 'closed');
  const [only] = candidates;
  const isAlone = candidates.length === 1 && found.length < MOST_CANDIDATES;
  return only && isAlone ? { number: only.number } : { candidates };
}
