/** Who visits whom. Nobody assesses the own household or that of declared kin, drawn or named. */

/** In order of precedence. */
export type VisitsRefusal =
  | { refused: 'visit_day_past'; day: string }
  | { refused: 'no_card_chosen' }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'card_closed'; number: string }
  /** Fewer people than go on a visit. */
  | { refused: 'too_few_assessors'; count: number; needed: number }
  | { refused: 'assessor_is_kin'; name: string; number: string }
  /** Of those who are there, too many are the household's own. */
  | { refused: 'too_few_without_kin'; number: string; needed: number };

export interface VisitsRequest {
  due: string;
  cards: readonly string[];
  /** Everybody who may go, or exactly those who do. */
  people: readonly string[];
  isDrawn: boolean;
}

export interface VisitsBasis {
  today: string;
  /** How many go to each household. */
  assessors: number;
  households: ReadonlyMap<string, { pseudonym: string; headName: string; isClosed: boolean; kin: ReadonlySet<string> }>;
  /** Draws some of the names for a household. */
  draw: (pseudonym: string, names: readonly string[], count: number) => string[];
}

export interface PlannedVisit {
  number: string;
  pseudonym: string;
  headName: string;
  assessors: string[];
}

export function decideVisits(
  { due, cards, people, isDrawn }: VisitsRequest,
  { today, assessors, households, draw }: VisitsBasis,
): VisitsRefusal | { visits: PlannedVisit[] } {
  if (due < today) return { refused: 'visit_day_past', day: due };
  if (cards.length === 0) return { refused: 'no_card_chosen' };
  const names = [...new Set(people)];
  const visits: PlannedVisit[] = [];
  for (const number of cards) {
    const household = households.get(number);
    if (!household) return { refused: 'unknown_card', number };
    if (household.isClosed) return { refused: 'card_closed', number };
    const { pseudonym, headName, kin } = household;
    if (names.length < assessors) return { refused: 'too_few_assessors', count: names.length, needed: assessors };
    const isOwn = (name: string) => name === headName || kin.has(name);
    const others = names.filter((name) => !isOwn(name));
    const own = names.find(isOwn);
    if (!isDrawn && own !== undefined) return { refused: 'assessor_is_kin', name: own, number };
    if (others.length < assessors) return { refused: 'too_few_without_kin', number, needed: assessors };
    visits.push({ number, pseudonym, headName, assessors: isDrawn ? draw(pseudonym, others, assessors) : others });
  }
  return { visits };
}
