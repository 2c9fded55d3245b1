/** What a village honours. Some honours are given to a person of a household, whose name only those who work in the village see. */
export const HONOUR_KINDS = [
  'five_good_family',
  'mother_in_law',
  'daughter_in_law',
  'civilized_household',
  'out_of_poverty',
  'model_household',
  'commended',
  'other',
] as const;

export type HonourKind = (typeof HONOUR_KINDS)[number];

const OF_PERSONS: ReadonlySet<HonourKind> = new Set(['mother_in_law', 'daughter_in_law']);

export function isOfPerson(kind: HonourKind): boolean {
  return OF_PERSONS.has(kind);
}

export function honourKind(text: unknown): HonourKind {
  return HONOUR_KINDS.find((kind) => kind === text) ?? 'other';
}
