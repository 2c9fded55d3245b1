/** 赠予积分: points that are given, not earned; the second of them to households that find it harder to earn. */
export const GIFT_CATEGORIES = { ordinary: 'GIF', eased: 'GIC' } as const;

/**
 * What lies outside the limits of a household: honours, a place at a university, military service, courage for others, and what is given
 * to it. Nobody should have to choose between an honour and the month's work.
 */
export const OUTSIDE_LIMITS = {
  categories: ['HON', 'EDU', 'MIL', GIFT_CATEGORIES.ordinary, GIFT_CATEGORIES.eased],
  /** 最美婆婆, 五好家庭, 见义勇为. */
  codes: ['AD-FAM-01', 'AD-FAM-02', 'AD-PUB-04'],
} as const satisfies Record<string, readonly string[]>;

/** Null of what is earned. */
export function giftKindOf({ category }: { category: string }): 'ordinary' | 'eased' | null {
  if (category === GIFT_CATEGORIES.ordinary) return 'ordinary';
  return category === GIFT_CATEGORIES.eased ? 'eased' : null;
}

export function isOutsideLimits({ code, category }: { code: string; category: string }): boolean {
  const { categories, codes }: Record<'categories' | 'codes', readonly string[]> = OUTSIDE_LIMITS;
  return categories.includes(category) || codes.includes(code);
}
