import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideRisk } from '../../src/oversight/decide-risk.ts';
import { decideShopWarnings, type ShopState } from '../../src/oversight/decide-shop-warnings.ts';
import { decideWarnings, type LotState, type WarningFigures } from '../../src/oversight/decide-warnings.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';

const TODAY = '2026-11-21';
const IN_ORDER = {
  householdCount: 100,
  openCardCount: 100,
  promisedFen: 100_000,
  coverFen: 100_000,
  stockValueFen: 100_000,
  solvency: { level: 'green', percent: 100, budget: null } as const,
  problems: { overdue: 0, overdueDays: 0 },
  problemRedDays: 14,
  unpublishedMonthCount: 0,
  daysSinceLastAct: 0,
  dayOfMonth: 21,
};

function warn(change: Partial<WarningFigures> & { figures?: Partial<typeof IN_ORDER> } = {}) {
  const { figures, ...rest } = change;
  const lastCheck = { finishedOn: '2026-11-20', findings: 0 };
  const risk = decideRisk({ ...IN_ORDER, ...figures });
  return decideWarnings({ today: TODAY, risk, lots: [], goods: [], lastCheck, ...rest }).map(
    ({ code, level, owner, dueOn }) => [code, level, owner, dueOn],
  );
}

const lot = (change: Partial<LotState>): LotState[] => [
  { code: 'GR001', name: '菜籽油', unit: '桶', quantity: 4, useBy: null, lastMovedOn: '2026-11-01', ...change },
];
const goods = (quantity: number, reorder: number | null = null) => [
  { code: 'GR001', name: '菜籽油', unit: '桶', quantity, reorder },
];

describe('what is warned of, how gravely, who sees to it and until when', () => {
  test.each([
    ['nothing', {}, []],
    ['a lot past its day', { lots: lot({ useBy: '2026-11-20' }) }, [['expired', 'red', 'storekeeper', TODAY]]],
    ['today is its day', { lots: lot({ useBy: TODAY }) }, [['expiring', 'red', 'storekeeper', TODAY]]],
    ['seven days', { lots: lot({ useBy: '2026-11-28' }) }, [['expiring', 'red', 'storekeeper', '2026-11-28']]],
    ['eight days', { lots: lot({ useBy: '2026-11-29' }) }, [['expiring', 'yellow', 'storekeeper', '2026-11-29']]],
    ['thirty-one days', { lots: lot({ useBy: '2026-12-22' }) }, [['expiring', 'blue', 'storekeeper', '2026-12-22']]],
    ['ninety-one days', { lots: lot({ useBy: '2027-02-20' }) }, []],
    [
      'half a year still',
      { lots: lot({ lastMovedOn: '2026-05-25' }) },
      [['slow', 'blue', 'storekeeper', '2026-11-30']],
    ],
    ['a day less than half a year', { lots: lot({ lastMovedOn: '2026-05-26' }) }, []],
    ['none left', { goods: goods(0) }, [['gone', 'yellow', 'storekeeper', '2026-11-28']]],
    ['two left', { goods: goods(2) }, [['low', 'blue', 'storekeeper', '2026-12-05']]],
    ['three left', { goods: goods(3) }, []],
    ['eight left where ten are too few', { goods: goods(8, 10) }, [['low', 'blue', 'storekeeper', '2026-12-05']]],
    ['two left where one is too few', { goods: goods(2, 1) }, []],
    [
      'books that differ',
      { lastCheck: { finishedOn: TODAY, findings: 2 } },
      [['booksWrong', 'red', 'supervisor', TODAY]],
    ],
    ['books never checked', { lastCheck: null }, [['booksUnchecked', 'blue', 'supervisor', '2026-11-28']]],
    ['checked 35 days ago', { lastCheck: { finishedOn: '2026-10-17', findings: 0 } }, []],
    [
      'checked 36 days ago',
      { lastCheck: { finishedOn: '2026-10-16', findings: 0 } },
      [['booksUnchecked', 'blue', 'supervisor', '2026-11-28']],
    ],
    [
      'the last month not published',
      { figures: { unpublishedMonthCount: 1 } },
      [['unpublished', 'yellow', 'supervisor', '2026-11-10']],
    ],
    [
      'three months not published',
      { figures: { unpublishedMonthCount: 3 } },
      [['unpublished', 'red', 'supervisor', '2026-09-10']],
    ],
    ['an empty shelf', { figures: { stockValueFen: 0 } }, [['shelfEmpty', 'red', 'leader', TODAY]]],
  ] as const)('%s', (_name, change, expected) => {
    expect(warn(change)).toEqual(expected);
  });

  test('the gravest first, and among equals what is due first', () => {
    const found = warn({
      lots: [...lot({ useBy: '2026-11-25' }), ...lot({ useBy: '2026-11-20' })],
      goods: goods(1),
      figures: { unpublishedMonthCount: 1 },
    });
    expect(found.map(([code, level]) => `${level} ${code}`)).toEqual([
      'red expired',
      'red expiring',
      'yellow unpublished',
      'blue low',
    ]);
  });
});

const NOTHING: ShopState = {
  unchecked: { count: 0, since: null },
  proposals: { count: 0, since: null },
  missingSlips: 0,
  firstReceivedOn: '2026-09-01',
  lastStocktake: { postedOn: '2026-11-01', varianceFen: 0, unexplained: 0 },
  limitFen: 5_000,
  everyDays: 35,
};
const counted = (varianceFen: number, unexplained = 0, postedOn = '2026-11-01') => ({
  lastStocktake: { postedOn, varianceFen, unexplained },
});
const since = (day: string) => ({ count: 2, since: day });

describe('what is warned of behind the points', () => {
  test.each([
    ['nothing', {}, []],
    ['seen by one today', { unchecked: since(TODAY) }, [['receiptsUnchecked', 'blue', 'leader', '2026-11-28']]],
    ['for six days', { unchecked: since('2026-11-15') }, [['receiptsUnchecked', 'blue', 'leader', '2026-11-22']]],
    ['for seven', { unchecked: since('2026-11-14') }, [['receiptsUnchecked', 'yellow', 'leader', TODAY]]],
    ['for fourteen', { unchecked: since('2026-11-07') }, [['receiptsUnchecked', 'red', 'leader', '2026-11-14']]],
    ['a price that waits', { proposals: since(TODAY) }, [['proposalsWait', 'blue', 'supervisor', '2026-11-28']]],
    ['slips that are not there', { missingSlips: 3 }, [['slipsMissing', 'yellow', 'storekeeper', '2026-11-28']]],
    ['never counted', { lastStocktake: null }, [['neverCounted', 'yellow', 'storekeeper', '2026-12-05']]],
    ['never counted, and nothing to count', { lastStocktake: null, firstReceivedOn: null }, []],
    ['counted 35 days ago', counted(0, 0, '2026-10-17'), []],
    ['counted 36 days ago', counted(0, 0, '2026-10-16'), [['countOverdue', 'red', 'storekeeper', '2026-11-20']]],
    ['an explained difference', counted(5_000), [['countDiffers', 'blue', 'supervisor', '2026-11-08']]],
    ['one above the limit', counted(5_001), [['countDiffers', 'red', 'supervisor', '2026-11-08']]],
    ['one without a cause', counted(100, 1), [['countUnexplained', 'yellow', 'supervisor', '2026-11-08']]],
  ] as const)('%s', (_name, change, expected) => {
    const found = decideShopWarnings({ ...NOTHING, ...change }, TODAY);
    expect(found.map(({ code, level, owner, dueOn }) => [code, level, owner, dueOn])).toEqual(expected);
  });
});

describe('in the village', () => {
  let world: TestApp;

  beforeAll(async () => {
    world = await createTestApp();
  });

  afterAll(() => world.close());

  test('the page names people and days, the desk counts, and the API says the same', async () => {
    const path = `/villages/${willowCode}/warnings`;
    const browser = await world.browser(people.supervisor);
    const page = await browser.get(path);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('账本还没有核对过');
    expect(page.body).toContain('孙书记');
    expect(page.body).toContain('各户手里和公示中的积分合');
    expect(findHtmlFaults(page.body)).toEqual([]);
    const api = await world.app.inject({
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${await world.apiToken(people.supervisor)}` },
    });
    expect(api.statusCode).toBe(200);
    const { items } = api.json<{ items: { code: string; level: string }[] }>();
    expect(items.map(({ code }) => code)).toContain('booksUnchecked');
    const red = items.filter(({ level }) => level === 'red').length;
    const yellow = items.filter(({ level }) => level === 'yellow').length;
    const desk = await browser.get(`/villages/${willowCode}/desk`);
    if (red + yellow > 0) expect(desk.body).toContain(`预警：红色 ${red} 件，黄色 ${yellow} 件`);
    else expect(desk.body).not.toContain('预警：');
  });
});
