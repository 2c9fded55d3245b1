import type { Reader } from '../platform/database/db.ts';
import { findCardsOfEach } from './find-cards.ts';
import type { HouseholdCard } from './household-card.ts';

const MOST_CANDIDATES = 8;

/** The one household that fits, or those to choose from. */
export type HouseholdMeant = { number: string } | { candidates: HouseholdCard[] };

type Besides = { except?: string };

/** Whom somebody means by a number, a name, initials or the end of a number. */
export async function householdMeant(
  sql: Reader,
  villageId: number,
  typed: string,
  besides: Besides = {},
): Promise<HouseholdMeant> {
  const [meant = { candidates: [] }] = await householdsMeant(sql, villageId, [typed], besides);
  return meant;
}

/** The same for many lines, in their order; all names are looked up at once. */
export async function householdsMeant(
  sql: Reader,
  villageId: number,
  typed: readonly string[],
  { except }: Besides = {},
): Promise<HouseholdMeant[]> {
  const queries = typed.map((text) => text.normalize('NFKC').trim());
  const names = [...new Set(queries.filter((query) => query !== '' && !isWholeNumber(query)))];
  const found = await findCardsOfEach(sql, villageId, names, { limit: MOST_CANDIDATES });
  const foundFor = new Map(names.map((name, place) => [name, found[place] ?? []]));
  return queries.map((query) =>
    isWholeNumber(query) ? { number: query } : onlyOne(foundFor.get(query) ?? [], except),
  );
}

function isWholeNumber(query: string): boolean {
  return /^\d{10}$/.test(query);
}

function onlyOne(found: readonly HouseholdCard[], except: string | undefined): HouseholdMeant {
  const candidates = found.filter(({ number, status }) => number !== except && status !== 'closed');
  const [only] = candidates;
  const isAlone = candidates.length === 1 && found.length < MOST_CANDIDATES;
  return only && isAlone ? { number: only.number } : { candidates };
}
