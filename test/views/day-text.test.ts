import { expect, test } from 'vitest';
import { formatDay, formatLunarDay, formatMonth } from '../../views/shared/day-text.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { formatYuan, typedYuan, wholeYuan } from '../../views/shared/yuan.tsx';

test.each([
  ['zh-CN', '11月21日 周六'],
  ['zh-TW', '11月21日 週六'],
  ['en', 'Sat 21 Nov'],
] as const)('a day of this year in %s', (locale, text) => {
  expect(formatDay('2026-11-21', locale, { today: '2026-12-01' })).toBe(text);
});

test('another year is named', () => {
  expect(formatDay('2025-12-01', 'zh-CN', { today: '2026-11-21', short: true })).toBe('2025年12月1日');
  expect(formatDay('2025-12-01', 'en', { today: '2026-11-21', short: true })).toBe('1 Dec 2025');
});

test('a month', () => {
  expect(formatMonth('2026-11', 'zh-CN')).toBe('2026年11月');
  expect(formatMonth('2026-11', 'en')).toBe('Nov 2026');
});

test.each([
  ['2026-02-17', 'zh-CN', '农历正月初一'],
  ['2026-11-22', 'zh-CN', '农历十月十四'],
  ['2025-08-01', 'zh-CN', '农历闰六月初八'],
  ['2026-02-17', 'zh-TW', '農曆正月初一'],
  ['2026-02-17', 'en', null],
] as const)('%s by the old calendar in %s', (day, locale, text) => {
  expect(formatLunarDay(day, locale)).toBe(text);
});

test('money is read by its thousands in a refusal as on a page, and typed without them', () => {
  const refused = { refused: 'solvency_red', promisedFen: 4_856_400, coverFen: 123_450 } as { refused: string };
  expect(refusalText('zh-CN', refused)).toContain('合 48,564 元，货和钱只有 1,234.50 元');
  expect([formatYuan(4_856_400), wholeYuan(4_856_400), typedYuan(4_856_450)]).toEqual(['48,564', '48,564', '48564.50']);
});

test('a day or a month inside a sentence is said as people say it, and nothing else is touched', () => {
  const said = { rule: '2026-11', day: '2026-11-21' };
  expect(translate('zh-CN')('journal.sentence.ruleEnd', said)).toBe('细则“2026年11月”从 2026年11月21日 起不再用');
  expect(translate('en')('journal.sentence.ruleEnd', { ...said, rule: '2026-13-01' })).toContain(
    '“2026-13-01” is no longer used from 21 Nov 2026',
  );
  expect(refusalText('zh-CN', { refused: 'month_published', month: '2026-09' } as { refused: string })).toMatch(
    /^2026年9月/,
  );
});
