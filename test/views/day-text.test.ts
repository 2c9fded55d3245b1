import { expect, test } from 'vitest';
import { formatDay, formatMonth } from '../../views/shared/day-text.tsx';

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
