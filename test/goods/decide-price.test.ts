import fc from 'fast-check';
import { expect, test } from 'vitest';
import { villageBarcode } from '../../src/goods/barcode.ts';
import { priceForValue } from '../../src/goods/decide-price.ts';

test.each([
  [2800, 950],
  [7200, 2400],
  [800, 300],
  [150, 50],
  [900, 300],
  [1, 50],
  [0, 50],
])('%i fen at 3 yuan a point are %i hundredths', (fen, centipoints) => {
  expect(priceForValue(fen, 300)).toBe(centipoints);
});

test('at 1 yuan a point the price equals the yuan, rounded up to a half', () => {
  expect([100, 500, 2000, 5000, 1010].map((fen) => priceForValue(fen, 100))).toEqual([100, 500, 2000, 5000, 1050]);
});

test('a price is a whole number of half points, covers the value, and by less than half a point', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 2000 }), (fen, fenPerPoint) => {
      const price = priceForValue(fen, fenPerPoint);
      expect(price % 50).toBe(0);
      expect(price * fenPerPoint).toBeGreaterThanOrEqual(fen * 100);
      expect((price - 50) * fenPerPoint).toBeLessThan(fen * 100);
    }),
  );
});

test('a barcode of the village is an EAN-13 of the shop range with a right check digit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), (serial) => {
      const digits = villageBarcode(serial);
      expect(digits).toMatch(/^20\d{11}$/);
      const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
      expect(sum % 10).toBe(0);
    }),
  );
});
