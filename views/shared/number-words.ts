import type { Locale } from '../../src/platform/i18n/locale.ts';
import { formatPoints } from '../../src/platform/points.ts';

/** As they are read, from nought to nine; then the places within four digits, and what comes after each four. */
const CHINESE: Record<
  Exclude<Locale, 'en'>,
  { digits: string; two: string; places: string[]; fours: string[]; point: string }
> = {
  'zh-CN': {
    digits: '零一二三四五六七八九',
    two: '两',
    places: ['', '十', '百', '千'],
    fours: ['', '万', '亿'],
    point: '点',
  },
  'zh-TW': {
    digits: '零一二三四五六七八九',
    two: '兩',
    places: ['', '十', '百', '千'],
    fours: ['', '萬', '億'],
    point: '點',
  },
};

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const THOUSANDS = ['', ' thousand', ' million', ' billion'];

/** Points as somebody reads them out, for whoever reads words better than figures: `8450` → `八十四点五`. Never below nothing. */
export function pointsInWords(centipoints: number, locale: Locale): string {
  const [whole = '0', rest = ''] = formatPoints(Math.abs(centipoints)).split('.');
  if (locale === 'en') return [englishNumber(Number(whole)), ...digitsAfter(rest, 'point', SMALL)].join(' ');
  const { digits, point } = CHINESE[locale];
  return [chineseNumber(Number(whole), locale, rest !== ''), ...digitsAfter(rest, point, [...digits])].join('');
}

/** Behind the point each digit is read by itself. */
function digitsAfter(rest: string, point: string, names: readonly string[]): string[] {
  return rest === '' ? [] : [point, ...[...rest].map((digit) => names[Number(digit)] ?? '')];
}

function chineseNumber(whole: number, locale: Exclude<Locale, 'en'>, hasRest: boolean): string {
  const { digits, two, fours } = CHINESE[locale];
  if (whole === 0) return digits.charAt(0);
  // Two of something are 两; a two before the point is a digit.
  if (whole === 2 && !hasRest) return two;
  const parts: string[] = [];
  for (let at = 0, left = whole; left > 0; at += 1, left = Math.floor(left / 10_000)) {
    const four = left % 10_000;
    if (four === 0) continue;
    const isFirst = left < 10_000;
    const words = four === 2 && isFirst && at > 0 ? two : chineseFour(four, locale, isFirst);
    // A gap above it is read as one nought, however wide it is.
    const gap = !isFirst && four < 1_000 ? digits.charAt(0) : '';
    parts.unshift(`${gap}${words}${fours[at] ?? ''}`);
  }
  return parts.join('');
}

/** At most four digits. What begins with one ten is read as 十, not as 一十. */
function chineseFour(four: number, locale: Exclude<Locale, 'en'>, isFirst: boolean): string {
  const { digits, two, places } = CHINESE[locale];
  if (isFirst && four >= 10 && four < 20) return `${places[1]}${four === 10 ? '' : digits.charAt(four - 10)}`;
  let words = '';
  for (const [at, digit] of [...String(four)].map(Number).entries()) {
    const place = String(four).length - 1 - at;
    if (digit === 0) words = words.endsWith(digits.charAt(0)) ? words : `${words}${digits.charAt(0)}`;
    else words += `${digit === 2 && place === 3 ? two : digits.charAt(digit)}${places[place] ?? ''}`;
  }
  return words.replace(new RegExp(`${digits.charAt(0)}$`), '');
}

function englishNumber(whole: number): string {
  if (whole === 0) return SMALL[0] ?? '';
  const parts: string[] = [];
  for (let at = 0, left = whole; left > 0; at += 1, left = Math.floor(left / 1_000)) {
    if (left % 1_000 > 0) parts.unshift(`${englishHundreds(left % 1_000)}${THOUSANDS[at] ?? ''}`);
  }
  return parts.join(' ');
}

function englishHundreds(number: number): string {
  const [hundreds, rest] = [Math.floor(number / 100), number % 100];
  const tens =
    rest < 20 ? SMALL[rest] : [TENS[Math.floor(rest / 10)], SMALL[rest % 10]].slice(0, rest % 10 ? 2 : 1).join('-');
  return [...(hundreds > 0 ? [`${SMALL[hundreds]} hundred`] : []), ...(rest > 0 ? [tens] : [])].join(' ');
}
