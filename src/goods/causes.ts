/** Why there is more or less of some goods than the books say; also stands in public facts, so none is ever taken out. */
export const CAUSES = [
  'damaged',
  'expired',
  'unrecorded',
  'miscounted',
  'lost',
  'recalled',
  'unexplained',
  'other',
] as const;

export type Cause = (typeof CAUSES)[number];

/** For goods that are thrown away. */
export const WRITE_OFF_CAUSES = ['damaged', 'expired', 'recalled', 'lost', 'other'] as const satisfies readonly Cause[];
