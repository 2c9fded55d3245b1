import { toCardinal as inEnglish } from 'n2words/en-US';
import { toCardinal as inSimplified } from 'n2words/zh-Hans-CN';
import { toCardinal as inTraditional } from 'n2words/zh-Hant-TW';
import type { Locale } from '../../src/platform/i18n/locale.ts';
import { formatPoints } from '../../src/platform/points.ts';

/** Points as somebody reads them out, for whoever reads words better than figures: `8450` → `八十四点五`. Never below nothing. */
export function pointsInWords(centipoints: number, locale: Locale): string {
  const points = formatPoints(Math.abs(centipoints));
  switch (locale) {
    case 'zh-CN':
      return asSpoken(inSimplified(points, { formal: false }), '两');
    case 'zh-TW':
      return asSpoken(inTraditional(points, { formal: false }), '兩');
    case 'en':
      return inEnglish(points);
  }
}

/** Ten to nineteen begin without a one, and two of something are 两; a two before the point, or behind tens, is a digit. */
function asSpoken(words: string, two: string): string {
  return words.replace(/^一十/, '十').replaceAll(/二(?=千)|^二(?=[万萬亿億]|$)|(?<=[亿億])二(?=[万萬])/g, two);
}
