/**
 * A bucket that fills with every request and empties evenly: so many at once, and so many a minute for ever. One number is all
 * that is remembered of a caller: when the bucket will be empty.
 */
export interface Rate {
  /** As many may come at once. */
  burst: number;
  perMinute: number;
}

export function decideRate(
  emptyAt: number | undefined,
  now: number,
  { burst, perMinute }: Rate,
): { emptyAt: number } | { retryAfterSeconds: number } {
  const costMs = 60_000 / perMinute;
  const filledUntil = Math.max(emptyAt ?? now, now) + costMs;
  const overflowMs = filledUntil - now - burst * costMs;
  if (overflowMs > 0) return { retryAfterSeconds: Math.max(1, Math.ceil(overflowMs / 1000)) };
  return { emptyAt: filledUntil };
}
