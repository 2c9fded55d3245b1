/** 导入细则: a table in, each row a change of its own with the meeting behind it, and the same table again changes nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSheet } from '../../src/platform/sheets/read-sheet.ts';
import { decideRuleRows } from '../../src/rules/decide-rule-rows.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;

describe('a table', () => {
  const words = {
    rules: [{ code: 'AD-LAB-01', name: '义务劳动半天' }],
    labels: new Map(),
    values: new Map([['capPeriod 每月', 'month']]),
  };

  test('headings in any order and under other names, titles above them, signs and units in the cells', () => {
    const table = decideRuleRows(
      [
        ['柳树村积分细则', '', ''],
        ['分 值', '项目（必填）', '周期', '最多几次', '停用'],
        ['＋３分', '义务劳动半天', '每月', '2次', ''],
        ['−1', '乱倒垃圾', '', '', '是'],
        ['', '', '', '', ''],
      ],
      words,
    );
    expect(table?.rows).toMatchObject([
      { row: 3, code: 'AD-LAB-01', fields: { points: '3', capPeriod: 'month', capMaxCount: '2', ends: '' } },
      { row: 4, code: null, fields: { points: '-1', name: '乱倒垃圾', ends: 'yes' } },
    ]);
  });

  test('a table of something else is none', () => {
    expect(decideRuleRows([['户主', '小组']], words)).toBeNull();
  });
});

describe('the manager', () => {
  let world: TestApp;
  let browser: TestBrowser;

  beforeAll(async () => {
    world = await createTestApp();
    browser = await world.browser(people.manager);
  });

  afterAll(() => world.close());

  const count = async () => {
    const [found] = await world.database.ownerSql<{ count: number }[]>`
      select count(*)::integer as count from act where type = 'rule.change'`;
    return found?.count;
  };

  async function preview(rows: readonly (readonly unknown[])[], fields: Record<string, string> = {}) {
    await browser.get(`${VILLAGE}/rule-imports/new`);
    const decided = { meeting: '2026年11月20日代表会议第 7 号', effectiveFrom: '2099-01-01', ...fields };
    const content = Buffer.from(rows.map((row) => row.join(',')).join('\n'));
    const answer = await browser.upload(`${VILLAGE}/rule-imports/previews`, decided, [{ content }]);
    const value = (name: string, at = 0) =>
      ([...answer.body.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].at(at)?.[1] ?? '').replaceAll(
        '&quot;',
        '"',
      );
    return {
      ...answer,
      body: answer.body,
      rows: value('rows', -1),
      problems: value('rows'),
      key: value('idempotencyKey'),
    };
  }

  const HEADINGS = ['编号', '类别', '做什么', '积分', '按什么算', '凭据'];

  async function template(): Promise<string[][]> {
    const file = await browser.get(`${VILLAGE}/rule-imports/template.xlsx`);
    const rows = await readSheet(file.rawPayload);
    if ('refused' in rows) throw new Error(rows.refused);
    return rows;
  }

  test('the table of today changes nothing', async () => {
    const answer = await preview(await template());
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toMatch(/要改 0 条，不变 \d\d+ 条，有问题 0 条/);
    expect(findHtmlFaults(answer.body)).toEqual([]);
  });

  test('what changes is shown, is recorded with one press however often it comes, and the same table again is nothing', async () => {
    const rows = (await template()).map((row) => (row[0] === 'AD-LAB-01' ? row.with(3, '4') : row));
    const table = [...rows, ['', '', '', '', '', '']];
    const shown = await preview(table);
    expect(shown.body).toContain('要改 1 条');
    expect(await count()).toBe(0);
    const press = () => browser.submit(`${VILLAGE}/rule-imports`, { rows: shown.rows, idempotencyKey: shown.key });
    const answers = await Promise.all([press(), press()]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(await count()).toBe(1);
    const [version] = await world.database.ownerSql<{ meeting: string; points: number }[]>`
      select meeting,
             points_centipoints as points
        from rule_version
       where code = 'AD-LAB-01'
       order by version desc
       limit 1`;
    expect(version).toEqual({ meeting: '2026年11月20日代表会议第 7 号', points: 400 });
    expect((await preview(table)).body).toContain('要改 0 条');
    await checkWorld(world.database.ownerSql);
  });

  test('what stands against the red lines, out of bounds or is half said is a problem with its reason, and can be taken away', async () => {
    const shown = await preview([
      HEADINGS,
      ['', '', '不信教的家庭', '2', '次', '登记'],
      ['AD-LAB-01', '', '义务劳动半天', '50', '次', '签到'],
      ['', '', '没有类别', '1', '次', '照片'],
    ]);
    expect(shown.body).toContain('有问题 3 条');
    const file = await browser.submit(`${VILLAGE}/rule-imports/problems`, { rows: shown.problems });
    const read = await readSheet(file.rawPayload);
    expect(read).toHaveLength(4);
    expect(JSON.stringify(read)).toContain('请选一类');
  });

  test('no meeting, no preview', async () => {
    expect((await preview([HEADINGS], { meeting: '' })).statusCode).toBe(422);
    expect((await preview([['户主', '小组']])).body).toContain('没有找到表头');
    expect((await browser.submit(`${VILLAGE}/rule-imports`, { rows: '{', idempotencyKey: 'x' })).statusCode).toBe(422);
  });
});
