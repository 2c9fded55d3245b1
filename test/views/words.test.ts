import { describe, expect, test } from 'vitest';
import { areas, isWordKey, translate } from '../../views/shared/dictionary.ts';
import { zhTW } from '../../views/shared/words.zh-tw.ts';
import { findWordFaults } from '../house/find-word-faults.ts';

test('every text has its own key, an English sister and the same places for values', () => {
  expect(findWordFaults(areas)).toEqual([]);
});

test('no reader of zh-TW falls back to simplified characters', () => {
  const keys = Object.values(areas).flatMap((area) => Object.keys(area.zhCN));
  expect(Object.keys(zhTW).sort()).toEqual(keys.sort());
});

describe('translate', () => {
  test('fills the values in', () => {
    expect(translate('zh-CN')('shared.pointsOf', { points: '9.5' })).toBe('9.5 分');
    expect(translate('en')('shared.pointsOf', { points: '9.5' })).toBe('9.5 points');
    expect(translate('zh-TW')('shared.points')).toBe('積分');
  });

  test('knows which strings from outside are keys', () => {
    expect(isWordKey('shared.save')).toBe(true);
    expect(isWordKey('shared.nothing')).toBe(false);
    expect(isWordKey('constructor')).toBe(false);
  });
});

test('finds a key of another area, a twin, an empty text and a lost value', () => {
  const faults = findWordFaults({
    cards: {
      zhCN: { 'goods.a': '甲', 'cards.b': ' ', 'cards.c': '{n} 户' },
      en: { 'goods.a': 'a', 'cards.b': 'b', 'cards.c': 'c' },
    },
    goods: { zhCN: { 'goods.a': '甲' }, en: { 'goods.a': '甲' } },
  });
  expect(faults).toHaveLength(5);
});
