import { allCards, cardNumbersByToken, type HouseholdCard } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { nameSearchKeys } from '../platform/search-keys.ts';
import { decideMatches } from './decide-matches.ts';
import { decidePastedList } from './decide-pasted-list.ts';
import { decideSelection, type Selected, type Selection } from './decide-selection.ts';

/** Lines of a pasted list that are read; more than any village has households. */
const MOST_NAMES = 2000;

const TOKEN = /^[A-Z2-9]{26}$/;

/** What was chosen, as a list of this village's cards, and the names that a person still has to decide. */
export async function awardSelection(
  sql: Reader,
  villageId: number,
  { names, ...selection }: Selection & { names: string },
): Promise<Selected & { households: Map<string, HouseholdCard> }> {
  const entries = decidePastedList(names).slice(0, MOST_NAMES);
  const words = [...new Set(entries.flatMap((entry) => entry.words))];
  const [households, tokens] = await Promise.all([
    allCards(sql, villageId),
    cardNumbersByToken(
      sql,
      villageId,
      words.filter((word) => TOKEN.test(word)),
    ),
  ]);
  const known = new Set(households.map(({ headName }) => headName));
  const keys = new Map(words.filter((word) => !known.has(word)).map((word) => [word, nameSearchKeys(word)]));
  const matches = decideMatches(entries, { households, tokens, keys });
  return {
    ...decideSelection(selection, matches, households),
    households: new Map(households.map((household) => [household.number, household])),
  };
}
