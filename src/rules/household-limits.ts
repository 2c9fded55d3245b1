/**
 * What lies outside the limits of a household: honours, a place at a university, military service, and courage for others. Nobody
 * should have to choose between an honour and the month's work.
 */
export const OUTSIDE_LIMITS = {
  categories: ['HON', 'EDU', 'MIL'],
  /** 最美婆婆, 五好家庭, 见义勇为. */
  codes: ['AD-FAM-01', 'AD-FAM-02', 'AD-PUB-04'],
} as const satisfies Record<string, readonly string[]>;

export function isOutsideLimits({ code, category }: { code: string; category: string }): boolean {
  const { categories, codes }: Record<'categories' | 'codes', readonly string[]> = OUTSIDE_LIMITS;
  return categories.includes(category) || codes.includes(code);
}
