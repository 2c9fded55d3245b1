import type { HonourKind } from '../../src/honours/honour-kinds.ts';
import type { Translate } from '../shared/dictionary.ts';

/** 五好家庭 by its name in the record. */
export function honourName(kind: string, t: Translate): string {
  return t(NAMES[kind as HonourKind] ?? NAMES.other);
}

const NAMES = {
  five_good_family: 'honours.kind.five_good_family',
  mother_in_law: 'honours.kind.mother_in_law',
  daughter_in_law: 'honours.kind.daughter_in_law',
  civilized_household: 'honours.kind.civilized_household',
  out_of_poverty: 'honours.kind.out_of_poverty',
  model_household: 'honours.kind.model_household',
  commended: 'honours.kind.commended',
  other: 'honours.kind.other',
} as const satisfies Record<HonourKind, `honours.kind.${HonourKind}`>;
