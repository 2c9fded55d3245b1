import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideBasket } from '../../src/exchange/decide-basket.ts';
import { decideOmissions } from '../../src/exchange/decide-omissions.ts';

const lines = fc
  .array(fc.record({ quantity: fc.integer({ min: 1, max: 9 }), halves: fc.integer({ min: 1, max: 80 }) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((drafts) =>
    drafts.map(({ quantity, halves }, index) => ({ code: `G${index}`, quantity, priceCentipoints: halves * 50 })),
  );

test('every way that is offered closes the gap, and takes nothing that it could leave', () => {
  fc.assert(
    fc.property(lines, fc.double({ min: 0.001, max: 1, noNaN: true }), (basket, share) => {
      const total = basket.reduce((sum, line) => sum + line.quantity * line.priceCentipoints, 0);
      const missing = Math.max(1, Math.floor(total * share));
      const ways = decideOmissions(basket, missing);
      expect(ways.length).toBeGreaterThan(0);
      expect(ways.length).toBeLessThanOrEqual(3);
      for (const way of ways) {
        const price = (code: string) => basket.find((line) => line.code === code)?.priceCentipoints ?? 0;
        const loss = way.reduce((sum, { code, quantity }) => sum + quantity * price(code), 0);
        expect(loss).toBeGreaterThanOrEqual(missing);
        expect(loss - price(way.at(-1)?.code ?? '')).toBeLessThan(missing);
        for (const { code, quantity } of way) {
          expect(quantity).toBeGreaterThan(0);
          expect(quantity).toBeLessThanOrEqual(basket.find((line) => line.code === code)?.quantity ?? 0);
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('the way that leaves most in the basket comes first', () => {
  const basket = [
    { code: 'oil', quantity: 1, priceCentipoints: 2400 },
    { code: 'salt', quantity: 4, priceCentipoints: 100 },
    { code: 'rice', quantity: 2, priceCentipoints: 950 },
  ];
  expect(decideOmissions(basket, 350)).toEqual([
    [{ code: 'salt', quantity: 4 }],
    [{ code: 'rice', quantity: 1 }],
    [{ code: 'oil', quantity: 1 }],
  ]);
  expect(decideOmissions(basket, 4000)).toEqual([
    [
      { code: 'oil', quantity: 1 },
      { code: 'rice', quantity: 2 },
    ],
  ]);
  expect(decideOmissions(basket, 0)).toEqual([]);
});

test('a basket is ready when everything fits, and says all that does not at once', () => {
  const rice = { code: 'rice', priceCentipoints: 950, quantityOnHand: 2 };
  const entry = (typed: string, quantity: number | null) => [{ code: 'rice', typed, quantity }];
  expect(decideBasket(entry('2', 2), [rice], 1900).isReady).toBe(true);
  expect(decideBasket(entry('2', 2), [rice], null).isReady).toBe(false);
  expect(decideBasket([], [rice], 1900).isReady).toBe(false);
  expect(decideBasket(entry('zwei', null), [rice], 1900)).toMatchObject({ isReady: false, totalCentipoints: 0 });
  expect(decideBasket(entry('3', 3), [rice], 1900)).toMatchObject({
    isReady: false,
    missingCentipoints: 950,
    omissions: [[{ code: 'rice', quantity: 1 }]],
  });
  expect(decideBasket([{ code: 'no', typed: '1', quantity: 1 }], [rice], 0)).toMatchObject({
    unknown: ['no'],
    lines: [],
  });
});
