import { allCards, allMembers, cardNumbersByToken, type HouseholdCard, type Member } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { nameSearchKeys } from '../platform/search-keys.ts';
import { decideMatches } from './decide-matches.ts';
import { decidePastedList } from './decide-pasted-list.ts';
import { decideSelection, type Selected, type Selection } from './decide-selection.ts';

/** Lines of a pasted list that are read; more than any village has households. */
const MOST_NAMES = 2000;

const TOKEN = /^[A-Z2-9]{26}$/;

/** By card number: who of the household is named, and whom of them the pasted list means. */
export type People = ReadonlyMap<string, { members: readonly Member[]; meant: readonly Member[] }>;

/** What was chosen, as a list of this village's cards, and the names that a person still has to decide. */
export async function awardSelection(
  sql: Reader,
  villageId: number,
  { names, ...selection }: Selection & { names: string },
): Promise<Selected & { households: Map<string, HouseholdCard>; people: People }> {
  const entries = decidePastedList(names).slice(0, MOST_NAMES);
  const words = [...new Set(entries.flatMap((entry) => entry.words))];
  const [cards, members, tokens] = await Promise.all([
    allCards(sql, villageId),
    allMembers(sql, villageId),
    cardNumbersByToken(
      sql,
      villageId,
      words.filter((word) => TOKEN.test(word)),
    ),
  ]);
  const households = cards.map((card) => ({
    ...card,
    memberNames: members.get(card.householdId)?.map(({ name }) => name),
  }));
  const known = new Set(households.flatMap(({ headName, memberNames = [] }) => [headName, ...memberNames]));
  const keys = new Map(words.filter((word) => !known.has(word)).map((word) => [word, nameSearchKeys(word)]));
  const matches = decideMatches(entries, { households, tokens, keys });
  const selected = decideSelection(selection, matches, households);
  return {
    ...selected,
    households: new Map(cards.map((card) => [card.number, card])),
    people: peopleOf(cards, members, selected.persons),
  };
}

function peopleOf(
  cards: readonly HouseholdCard[],
  byHousehold: ReadonlyMap<number, readonly Member[]>,
  persons: Selected['persons'],
): People {
  return new Map(
    cards.flatMap(({ number, householdId }) => {
      const members = byHousehold.get(householdId);
      if (!members) return [];
      const meant = members.filter(({ name }) => persons.get(number)?.includes(name));
      return [[number, { members, meant }] as const];
    }),
  );
}
