/** What waits with gifts and wishes, day by day, in the colours of the other warnings. */
import { expect, test } from 'vitest';
import { decideGivingWarnings, type GivingState } from '../../src/oversight/decide-giving-warnings.ts';
import { warningText } from '../../views/oversight/warning-text.ts';
import { translate } from '../../views/shared/dictionary.ts';

const TODAY = '2026-11-22';
const NOTHING: GivingState = {
  unchecked: [],
  promised: [],
  uninspected: [],
  unthanked: [],
  thanksDays: 60,
  wishBlueDays: 7,
  wishYellowDays: 2,
};

test.each<[string, Partial<GivingState>, [code: string, level: string, days: number][]]>([
  ['nothing', {}, []],
  ['a wish of yesterday', { unchecked: ['2026-11-21'] }, []],
  ['a wish for three days', { unchecked: ['2026-11-19', TODAY] }, [['wishesUnchecked', 'blue', 3]]],
  ['a wish for seven', { unchecked: ['2026-11-15'] }, [['wishesUnchecked', 'yellow', 7]]],
  ['a wish for fourteen', { unchecked: ['2026-11-08'] }, [['wishesUnchecked', 'red', 14]]],
  ['a promise with eight days left', { promised: ['2026-11-30'] }, []],
  ['with seven', { promised: ['2026-11-29'] }, [['wishesRunOut', 'blue', 7]]],
  ['with two', { promised: ['2026-11-24'] }, [['wishesRunOut', 'yellow', 2]]],
  ['on its last day', { promised: [TODAY] }, [['wishesRunOut', 'yellow', 0]]],
  ['over', { promised: ['2026-11-21', '2026-12-30'] }, [['wishesRunOut', 'red', -1]]],
  ['a gift for six days', { uninspected: ['2026-11-16'] }, [['giftsUninspected', 'blue', 6]]],
  ['a letter on its last day', { unthanked: ['2026-09-23'] }, []],
  ['a letter a day late', { unthanked: ['2026-09-22'] }, [['thanksDue', 'yellow', 1]]],
])('%s', (_what, state, expected) => {
  const found = decideGivingWarnings({ ...NOTHING, ...state }, TODAY);
  expect(found.map(({ code, level, days }) => [code, level, days])).toEqual(expected);
});

test.each([
  [0, '2 笔捐赠等第二人验收，今天才来的'],
  [3, '2 笔捐赠等第二人验收，最早的等了 3 天'],
])('what waits for %s days', (days, sentence) => {
  const warning = { code: 'giftsUninspected', level: 'blue', count: 2, days, owner: 'leader', dueOn: TODAY } as const;
  expect(warningText(warning, { t: translate('zh-CN'), locale: 'zh-CN', today: TODAY })).toBe(sentence);
});
