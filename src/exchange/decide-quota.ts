/** 限量: how many a household may still fetch of some goods, said by the limit that is met first. */
import type { QuotaUse } from '../goods/index.ts';

export interface QuotaLeft {
  left: number;
  per: 'month' | 'year';
}

/** Null where there is no limit. Of two that leave as many, the year's is said: next month does not help. */
export function quotaLeft({ monthMax, monthTaken, yearMax, yearTaken }: Omit<QuotaUse, 'code'>): QuotaLeft | null {
  const limits: QuotaLeft[] = [
    ...(monthMax === null ? [] : [{ left: Math.max(0, monthMax - monthTaken), per: 'month' } as const]),
    ...(yearMax === null ? [] : [{ left: Math.max(0, yearMax - yearTaken), per: 'year' } as const]),
  ];
  return limits.reduce<QuotaLeft | null>(
    (least, limit) => (least === null || limit.left <= least.left ? limit : least),
    null,
  );
}
