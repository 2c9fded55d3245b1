import { describe, expect, test } from 'vitest';
import { ERASED_NAME } from '../../src/platform/i18n/erased-name.ts';
import { AVOID } from '../../src/rules/decide-red-lines.ts';
import { areas, isWordKey, translate, type WordKey } from '../../views/shared/dictionary.ts';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { zhTW } from '../../views/shared/words.zh-tw.ts';
import { findWordFaults } from '../house/find-word-faults.ts';
import { readSourceFiles } from '../house/source-file.ts';

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

  test('chooses the form of a word by the number before it', () => {
    const t = translate('en');
    expect(t('shared.pointsOf', { points: '1' })).toBe('1 point');
    expect(t('shared.pointsOf', { points: '0.5' })).toBe('0.5 points');
    expect(t('shared.pointsOf', { points: 0 })).toBe('0 points');
    expect(t('cards.status.active')).toBe('Open');
    expect(refusalText('en', { refused: 'too_many_requests', retryAfterSeconds: 1 } as { refused: string })).toMatch(
      /in 1 second\.$/,
    );
  });

  test('speaks of whoever was erased as a household, not as a family of that name', () => {
    const heading = (locale: 'zh-CN' | 'zh-TW' | 'en') =>
      translate(locale)('cards.mine.household', { name: ERASED_NAME });
    expect([heading('zh-CN'), heading('zh-TW'), heading('en')]).toEqual([
      '已按要求删除的一户',
      '已按要求刪除的一戶',
      'An erased household',
    ]);
    expect(translate('en')('reminders.one', { name: ERASED_NAME })).toBe('Reminder for an erased household');
    expect(refusalText('zh-CN', { refused: 'own_entry', name: ERASED_NAME } as { refused: string })).toMatch(
      /^已按要求删除的一户这一笔/,
    );
    expect(translate('zh-CN')('cards.mine.household', { name: '王建国' })).toBe('王建国家');
    expect(translate('zh-CN')('shared.erasedName')).toBe(ERASED_NAME);
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

test('finds a number that reads badly as one or as two, and a form that counts nothing', () => {
  const english = [
    '{count} households',
    '{count} {count|line waits|line waits}',
    '{count} {most|bag|bags}',
    '{day} is a day',
  ];
  const faults = findWordFaults({
    cards: {
      zhCN: Object.fromEntries(english.map((text, n) => [`cards.${n}`, text.replace(/ \{\w+\|.*/, '')])),
      en: Object.fromEntries(english.map((text, n) => [`cards.${n}`, text])),
    },
  });
  expect(faults.map((fault) => fault.slice(0, 7))).toEqual(['cards.0', 'cards.1', 'cards.2']);
});

/** Answers of the ledger that become others on the way, or lead to a page; and what only the operator's terminal says. */
const UNSPOKEN = new Set([
  'wrong_status',
  'stale',
  'not_undoable',
  'nobody_to_name',
  'bad_setting',
  'host_open_with_demo',
  'no_such_administrator',
  'not_a_username',
  'no_such_county',
  'act_not_importable',
  'unknown_account',
  'log_not_frozen',
  'last_checkpoint_unknown',
  'nothing_lost',
  'last_signature_unknown',
  'not_an_export',
  'export_incomplete',
  'export_does_not_match',
]);

describe('refusals', () => {
  const sources = readSourceFiles('src', '.ts', '.tsx').filter(({ path }) => !path.startsWith('src/audit/'));
  const written = sources.flatMap(({ text }) => [...text.matchAll(/refused: '(\w+)'/g)].map(([, code = '']) => code));
  const codes = [...written, ...AVOID.map(({ code }) => `red_line_${code}`)].filter((code) => !UNSPOKEN.has(code));
  const sentences = Object.values(areas)
    .flatMap(({ zhCN }) => Object.keys(zhCN))
    .filter((key): key is WordKey => key.startsWith('refusal.'));

  test('every code has its sentence', () => {
    expect(codes.length).toBeGreaterThan(300);
    expect([...new Set(codes)].filter((code) => !isWordKey(`refusal.${code}`))).toEqual([]);
  });

  test('every sentence has a code that leads to it', () => {
    const texts = [...sources, ...readSourceFiles('views', '.tsx')].map(({ text }) => text);
    const known = new Set([...codes, ...(texts.join('\n').match(/[a-z_]+/g) ?? [])]);
    expect(sentences.filter((key) => !known.has(key.slice('refusal.'.length)))).toEqual([]);
  });

  test('every sentence ends as one, and says what to do next or that nothing is to be done', () => {
    const open = sentences.filter(
      (key) =>
        !translateAny('zh-CN', key).endsWith('。') ||
        !translateAny('zh-TW', key).endsWith('。') ||
        !translateAny('en', key).endsWith('.'),
    );
    expect(open).toEqual([]);
    expect(sentences.filter((key) => !/请|不用|没有要/.test(translateAny('zh-CN', key)))).toEqual([]);
  });
});

test('the conversion to zh-TW chose no character of another word', () => {
  const wrong = /[里髮臺賬后隻麵錶鬆穀遊曆佈乾]|準許|釋出|分割槽|許可權|專案|型別|(?<!不共用)程式碼/;
  // 乾 where it is dry or clean.
  const faults = Object.entries(zhTW).filter(([, text]) => wrong.test(text.replaceAll('乾淨', '')));
  expect(faults).toEqual([]);
});

function translateAny(locale: 'zh-CN' | 'zh-TW' | 'en', key: WordKey): string {
  return (translate(locale) as (key: WordKey) => string)(key);
}
