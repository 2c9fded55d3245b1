import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slipText } from '../../views/exchange/slip-text.ts';
import { translate } from '../../views/shared/dictionary.ts';

const words = fc.string({
  unit: fc.constantFrom('大', '米', '油', 'k', 'g', '5', '/', ' '),
  minLength: 1,
  maxLength: 40,
});

const line = fc.record({
  code: fc.constant('GR001'),
  name: words,
  spec: words,
  unit: fc.constant('袋'),
  quantity: fc.integer({ min: 1, max: 9999 }),
  priceCentipoints: fc.integer({ min: 50, max: 100_000 }),
});

test('no line of a plain slip is wider than 32 columns, whatever the names', () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      words,
      fc.constantFrom('zh-CN', 'en'),
      (lines, name, locale) => {
        const redemption = {
          seq: 123_456,
          actId: 'ABCDEFGHJKLMNPQR',
          day: '2026-11-21',
          time: '09:12',
          recordedByName: '李某',
          headName: name,
          groupName: '一组',
          cardNumber: '0010010001',
          spentCentipoints: 1_234_550,
          balanceAfterCentipoints: 50,
          lines,
          proxyRelation: 'neighbour' as const,
          proxyName: name,
          confirmedBy: name,
          isPictured: true,
          paperSlip: null,
          reversedBySeq: 1,
        };
        const recordUrl = 'https://shop.example/r/ABCDEFGHJKLMNPQR';
        const text = slipText(translate(locale), { redemption, villageName: name, recordUrl });
        for (const row of text.split('\n')) {
          expect([...row].reduce((sum, letter) => sum + (letter.charCodeAt(0) < 128 ? 1 : 2), 0)).toBeLessThanOrEqual(
            32,
          );
        }
        expect(text.replaceAll('\n', '')).toContain(recordUrl);
      },
    ),
  );
});
