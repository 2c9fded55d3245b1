/**
 * 每月抽查: each sample is drawn again from the entries before it. Of each kind come those whose SHA-256 of `<seed>:<kind>:<entry>` is
 * smallest; what is said to have been looked at must be among them, once.
 */
import { createHash } from 'node:crypto';
import { Found } from './finding.ts';
import type { Leaf } from './leaf.ts';

export interface SampleBook {
  enter(leaf: Leaf, index: number): void;
}

export function openSampleBook(): SampleBook {
  const candidates: { kind: string; key: string; index: number; month: string }[] = [];
  const reversed = new Set<number>();
  const drawnMonths = new Set<string>();
  const draws = new Map<number, Set<string>>();

  const draw = ({ month = '', seed = '', exchanges = 0, awards = 0, lots = 0 }: Leaf, index: number) => {
    if (drawnMonths.has(month)) throw new Found('books', `it draws the sample of ${month} a second time`, index);
    drawnMonths.add(month);
    const sizes = { exchange: exchanges, award: awards, lot: lots };
    const drawn = Object.entries(sizes).flatMap(([kind, size]) =>
      candidates
        .filter((one) => one.kind === kind && !reversed.has(one.index) && (kind === 'lot' || one.month === month))
        .map(({ key }) => ({ key, lot: createHash('sha256').update(`${seed}:${key}`).digest('hex') }))
        .sort((one, other) => (one.lot < other.lot ? -1 : 1))
        .slice(0, size)
        .map(({ key }) => key),
    );
    draws.set(index, new Set(drawn));
  };

  const check = ({ draw: drawn = -1, kind = '', line = -1, item }: Leaf, index: number) => {
    const key = `${kind}:${line}${item === undefined ? '' : `:${item}`}`;
    if (!draws.get(drawn)?.delete(key)) {
      throw new Found(
        'books',
        `it checks ${key}, which number ${drawn} did not draw, or which was checked before`,
        index,
      );
    }
  };

  return {
    enter: (leaf, index) => {
      const month = leaf.occurred.slice(0, 7);
      const { type } = leaf;
      if (type === 'points.redeem') candidates.push({ kind: 'exchange', key: `exchange:${index}`, index, month });
      if (type === 'points.award') candidates.push({ kind: 'award', key: `award:${index}`, index, month });
      if (type === 'stock.in') {
        for (const { code } of leaf.goods ?? [])
          candidates.push({ kind: 'lot', key: `lot:${index}:${code}`, index, month });
      }
      if (leaf.reverses !== undefined) reversed.add(leaf.reverses);
      if (type === 'sample.draw') draw(leaf, index);
      if (type === 'sample.check') check(leaf, index);
    },
  };
}
