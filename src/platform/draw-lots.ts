import { createHash } from 'node:crypto';

/**
 * 抽签: who or what a seed draws out of some keys. Each key is drawn by SHA-256 of `<seed>:<key>`, the smallest first, so that
 * anybody with the seed and the keys repeats the draw with any tool, and nobody can tell what a seed draws before it is there.
 */
export function drawLots(seed: string, keys: readonly string[], count: number): string[] {
  return [...new Set(keys)]
    .map((key) => ({ key, lot: createHash('sha256').update(`${seed}:${key}`).digest('hex') }))
    .sort((one, other) => (one.lot < other.lot ? -1 : 1))
    .slice(0, count)
    .map(({ key }) => key);
}
