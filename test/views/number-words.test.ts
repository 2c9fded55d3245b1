import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pointsInWords } from '../../views/shared/number-words.ts';

test.each([
  [0, '零', '零', 'zero'],
  [200, '两', '兩', 'two'],
  [250, '二点五', '二點五', 'two point five'],
  [8_450, '八十四点五', '八十四點五', 'eighty-four point five'],
  [1_000, '十', '十', 'ten'],
  [1_205, '十二点零五', '十二點零五', 'twelve point zero five'],
  [10_000, '一百', '一百', 'one hundred'],
  [11_500, '一百一十五', '一百一十五', 'one hundred fifteen'],
  [10_600, '一百零六', '一百零六', 'one hundred six'],
  [200_000, '两千', '兩千', 'two thousand'],
  [203_000, '两千零三十', '兩千零三十', 'two thousand thirty'],
  [1_000_000, '一万', '一萬', 'ten thousand'],
  [2_001_000, '两万零一十', '兩萬零一十', 'twenty thousand ten'],
  [-350, '三点五', '三點五', 'three point five'],
])('%i hundredths are read as %s', (centipoints, simplified, traditional, english) => {
  expect((['zh-CN', 'zh-TW', 'en'] as const).map((locale) => pointsInWords(centipoints, locale))).toEqual([
    simplified,
    traditional,
    english,
  ]);
});

/** Reads it back, as a listener does. */
function heard(words: string): number {
  const [whole = '', rest = ''] = words.split('点');
  const digit = (letter: string) => (letter === '两' ? 2 : '零一二三四五六七八九'.indexOf(letter));
  let [sum, four, last] = [0, 0, 0];
  for (const letter of whole) {
    const place = { 十: 10, 百: 100, 千: 1_000 }[letter];
    if (letter === '万') [sum, four, last] = [(sum + four + last) * 10_000, 0, 0];
    else if (place !== undefined) [four, last] = [four + (last || 1) * place, 0];
    else last = digit(letter);
  }
  const after = [...rest].map(digit).join('').padEnd(2, '0');
  return (sum + four + last) * 100 + Number(after);
}

test('whatever somebody has, the words mean exactly that', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (centipoints) => {
      const words = pointsInWords(centipoints, 'zh-CN');
      expect(heard(words), words).toBe(centipoints);
      expect(words.split('点')[0]).not.toMatch(/零零|零[十百千万]|.零$/);
    }),
    { examples: [[10_000_000], [10_010_100], [99_999_999]] },
  );
});
