import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CheckedRule, decideRuleCheck, newFindings } from '../../src/rules/decide-rule-check.ts';
import { twinsOf } from '../../src/rules/decide-twins.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';
import { countyRules, tableRule, USUAL_LIMITS } from './table-rules.ts';

const check = (rules: readonly CheckedRule[], limits = USUAL_LIMITS) =>
  decideRuleCheck({ rules, limits, deductionMaxCentipoints: 2_000, year: 2026, members: 1 });

describe('each bad table gives its finding', () => {
  test('a table in order gives none', () => {
    expect(check([tableRule()]).findings).toEqual([]);
  });

  test.each([
    [
      'a red line',
      { name: '越级上访', pointsCentipoints: -200 },
      { finding: 'red_line', line: 'complaint', level: 'bad' },
    ],
    ['no decision', { name: '主题党日' }, { finding: 'undecided', line: 'party_duty', level: 'bad' }],
    ['no evidence', { evidence: '无' }, { finding: 'no_evidence' }],
    ['no evidence but a dash', { evidence: '——' }, { finding: 'no_evidence' }],
    ['a deduction below the floor', { pointsCentipoints: -2_050 }, { finding: 'deduction_too_large' }],
    ['no cap', { capPeriod: null, capMaxCount: null }, { finding: 'no_cap', level: 'notice' }],
    [
      'no cap and outside the limits',
      { capPeriod: null, capMaxCount: null, isOutsideLimits: true },
      { finding: 'no_cap', level: 'warning' },
    ],
    [
      'more points than the cap',
      { capMaxCentipoints: 150, capMaxCount: null },
      { finding: 'always_cut', mostCentipoints: 150 },
    ],
    ['more points than a month', { pointsCentipoints: 3_000 }, { finding: 'always_cut', mostCentipoints: 2_000 }],
    ['points beyond the times', { capMaxCentipoints: 900 }, { finding: 'cap_unreachable', by: 'points' }],
    ['times beyond the points', { capMaxCentipoints: 200 }, { finding: 'cap_unreachable', by: 'count' }],
    ['a cap beyond the month', { capMaxCount: 11 }, { finding: 'cap_unreachable', by: 'month_limit' }],
    ['a cap beyond the year', { capPeriod: 'year', capMaxCount: 76 }, { finding: 'cap_unreachable', by: 'year_limit' }],
  ] as const)('%s', (_, change, finding) => {
    const { findings } = check([tableRule(change)]);
    expect(findings).toMatchObject([{ ...finding, rules: ['OWN-01'] }]);
  });

  test.each([
    ['a cap that the month just reaches', { capMaxCount: 10 }],
    ['a deduction at the floor', { pointsCentipoints: -2_000 }],
    ['what was decided', { name: '主题党日', decidedBy: '试验乡司法所' }],
    ['a cap that times and points reach together', { capMaxCentipoints: 400 }],
  ])('%s is in order', (_, change) => {
    expect(check([tableRule(change)]).findings).toEqual([]);
  });
});

describe('two rules for one act', () => {
  const county = countyRules();
  const why = (rules: readonly CheckedRule[]) =>
    check(rules).findings.flatMap((finding) => (finding.finding === 'double_pay' ? [finding] : []));

  test('the county’s own twins are known, and nothing else is called one', () => {
    const found = why(county);
    expect(found.map((finding) => finding.why)).toEqual([
      'grades_home',
      'grades_school',
      'grades_praise',
      'labour',
      'care',
      'fire',
    ]);
    expect(new Set(found.map(({ level }) => level))).toEqual(new Set(['notice']));
    expect([...twinsOf('AD-LAB-01', county)]).toEqual([
      'AD-ENV-04',
      'AD-ENV-07',
      'AD-LAB-02',
      'AD-LAB-04',
      'AD-PUB-01',
    ]);
    expect([...twinsOf('AD-LAB-03', county)]).toEqual([]);
  });

  test.each([
    ['by category and word', { category: 'LAB', name: '义务修路' }, 'labour'],
    ['by the same name', { category: 'COL', name: '参加技能培训(一天)' }, 'name'],
    ['by a name within a name', { category: 'COL', name: '主动化解自身矛盾有功' }, 'name'],
  ])('a rule of one’s own is found %s', (_, change, expected) => {
    const found = why([...county, tableRule(change)]).filter(({ rules }) => rules.includes('OWN-01'));
    expect(found).toMatchObject([{ why: expected, level: 'warning' }]);
  });

  test.each([
    { category: 'PUB', name: '看护水井' },
    { category: 'CUS', name: '不铺张办满月酒' },
    { category: 'LAW', name: '义务劳动缺席', pointsCentipoints: -100 },
  ])('%j is like nothing else', (change) => {
    expect([...twinsOf('OWN-01', [...county, tableRule(change)])]).toEqual([]);
  });
});

test('a draft is told from the table by what it brings', () => {
  const before = check([tableRule()]);
  const after = check([tableRule({ evidence: '无' })]);
  expect(newFindings(before, after)).toMatchObject([{ finding: 'no_evidence' }]);
  expect(newFindings(after, after)).toEqual([]);
});

describe('in the village', () => {
  let world: TestApp;
  const village = `/villages/${willowCode}`;

  beforeAll(async () => {
    world = await createTestApp();
  });

  afterAll(() => world.close());

  test('everybody reads the check, the rules page sums it up, and only the manager is led to the form', async () => {
    const nobody = await world.browser();
    const page = await nobody.get(`${village}/rules/check`);
    expect(page.statusCode).toBe(200);
    for (const words of ['215 分，合 645 元', '没有碰红线的', '同一段工夫，可能按几条重复记', '12 × 8 = 96']) {
      expect(page.body).toContain(words);
    }
    expect(page.body).not.toContain('/change');
    expect(findHtmlFaults(page.body)).toEqual([]);
    const rules = await nobody.get(`${village}/rules`);
    expect(rules.body).toContain(`href="${village}/rules/check"`);
    expect(rules.body).toContain('要改的 0 处，要议的 6 处');
    const manager = await world.browser(people.manager);
    expect((await manager.get(`${village}/rules/check`)).body).toContain(`${village}/rules/AD-LAB-02/change`);
  });

  test('the programs read it too', async () => {
    const answer = await world.app.inject(`/api/v1${village}/rules/check`);
    expect(answer.statusCode).toBe(200);
    const body = answer.json<{ findings: object[]; most: object }>();
    expect(body.most).toMatchObject({ totalCentipoints: 21_500, totalFen: 64_500, withinCentipoints: 15_000 });
    expect(body.findings).toContainEqual({
      finding: 'cap_unreachable',
      level: 'notice',
      rules: ['AD-LAB-02'],
      by: 'month_limit',
    });
  });

  test('the preview of a change says what it would bring', async () => {
    const manager = await world.browser(people.manager);
    await manager.get(`${village}/rules/new`);
    const preview = await manager.submit(`${village}/rule-previews`, {
      category: 'LAB',
      name: '义务修路',
      points: '2',
      unit: '次',
      evidence: '签到',
      effectiveFrom: '2099-01-01',
      meeting: '2026年11月20日村民代表会议第8号',
    });
    expect(preview.statusCode).toBe(200);
    expect(preview.body).toContain('照这样改，会多出 2 处');
    expect(preview.body).toContain('本村自己定的一条和别的重了');
    expect(preview.body).not.toContain('/rules/OWN-');
    expect(preview.body).toContain('一户一年最多还是得 215 分，合 645 元');
    expect(findHtmlFaults(preview.body)).toEqual([]);
  });
});
