import fc from 'fast-check';
import { expect, test } from 'vitest';
import { basketFields, readBasket, takeStep } from '../../src/exchange/basket.ts';
import { readCode } from '../../src/exchange/read-code.ts';

const TOKEN = 'ABCDEFGHJKLMNPQRSTUVWXYZ23';

test.each([
  ['', { kind: 'nothing' }],
  ['  3* ', { kind: 'nothing' }],
  [TOKEN, { kind: 'token', token: TOKEN }],
  [`HTTPS://SHOP.EXAMPLE/C/${TOKEN}`, { kind: 'token', token: TOKEN }],
  [`https://shop.example/c/${TOKEN.toLowerCase()}?from=card`, { kind: 'token', token: TOKEN }],
  ['0010010001', { kind: 'card', number: '0010010001' }],
  ['００１００１０００１', { kind: 'card', number: '0010010001' }],
  ['2000000000015', { kind: 'barcode', barcode: '2000000000015', count: 1 }],
  ['3*6901234567890', { kind: 'barcode', barcode: '6901234567890', count: 3 }],
  ['３＊6901234567890', { kind: 'barcode', barcode: '6901234567890', count: 3 }],
  ['12 × GR001', { kind: 'words', words: 'GR001', count: 12 }],
  ['0*dm', { kind: 'words', words: 'dm', count: 1 }],
  ['王建国', { kind: 'words', words: '王建国', count: 1 }],
  ['0004', { kind: 'words', words: '0004', count: 1 }],
])('the field reads %j', (text, read) => {
  expect(readCode(text)).toEqual(read);
});

test('a basket comes back from its address as it was', () => {
  const quantity = fc.integer({ min: 1, max: 9999 });
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[A-Z]{2}\d{3}$/), quantity), (quantities) => {
      const entries = Object.entries(quantities).map(([code, count]) => ({
        code,
        typed: String(count),
        quantity: count,
      }));
      const address = new URLSearchParams(basketFields(entries));
      expect(readBasket(Object.fromEntries(address))).toEqual(entries);
    }),
  );
});

test('the small buttons add, take away and set', () => {
  const basket = readBasket({ 'quantity.GR001': '1', 'quantity.WA003': '2', 'quantity.AP001': '0', card: '1' });
  const quantities = (step: string) => takeStep(basket, step).map(({ code, quantity }) => `${code} ${quantity}`);
  expect(quantities('+GR001')).toEqual(['GR001 2', 'WA003 2']);
  expect(quantities('+DA001')).toEqual(['GR001 1', 'WA003 2', 'DA001 1']);
  expect(quantities('-GR001')).toEqual(['WA003 2']);
  expect(quantities('=7*WA003')).toEqual(['GR001 1', 'WA003 7']);
  expect(quantities('=0*WA003')).toEqual(['GR001 1']);
  expect(quantities('nonsense')).toEqual(['GR001 1', 'WA003 2']);
});

test.each(['-1', '1.5', 'zwei', '99999', '１.５'])('a quantity of %s comes back to be corrected', (typed) => {
  expect(readBasket({ 'quantity.GR001': typed })).toEqual([
    { code: 'GR001', typed: typed.normalize('NFKC'), quantity: null },
  ]);
});
