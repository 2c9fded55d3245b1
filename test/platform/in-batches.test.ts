import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inBatches } from '../../src/platform/database/in-batches.ts';

test('every row comes once, in order, whatever the size of the batches', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 8 }), async (count, size) => {
      const all = Array.from({ length: count }, (_, n) => n);
      const seen: number[] = [];
      for await (const rows of inBatches<number>(size, async (last = -1) => all.slice(last + 1, last + 1 + size)))
        seen.push(...rows);
      expect(seen).toEqual(all);
    }),
  ));

test('the next batch is under way while one is looked at, and a fault is told to whoever goes on', async () => {
  const begun: (number | undefined)[] = [];
  const batches = inBatches<number>(2, async (last) => {
    begun.push(last);
    if (last === 4) throw new Error('the database is away');
    return last === undefined ? [1, 2] : [3, 4];
  });
  expect((await batches.next()).value).toEqual([1, 2]);
  expect(begun).toEqual([undefined, 2]);
  expect((await batches.next()).value).toEqual([3, 4]);
  await expect(batches.next()).rejects.toThrow('away');
});
