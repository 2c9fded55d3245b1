/** 导入细则: a table in, each row a change of its own with the meeting behind it, and the same table again changes nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { villageDay } from '../../src/platform/clock.ts';
import { readSheet } from '../../src/platform/sheets/read-sheet.ts';
import { decideRuleRows } from '../../src/rules/decide-rule-rows.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';
import { endOf } from '../support/import-run.ts';
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

  test.each([
    ['上限按', '人', 'person'],
    ['按户还是按人', '每 人', 'person'],
    ['上限对象', '按户', 'household'],
    ['户或人', '户', 'household'],
    ['上限按', 'Person', 'person'],
    ['上限按', '村', '村'],
    ['上限按', '', ''],
  ])('%s: %s is %s', (heading, cell, whose) => {
    const table = decideRuleRows(
      [
        ['做什么', '分值', heading],
        ['上夜校', '1', cell],
      ],
      words,
    );
    expect(table?.rows).toMatchObject([{ fields: { capPer: whose } }]);
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

  async function preview(rows: readonly (readonly unknown[])[] | Buffer, fields: Record<string, string> = {}) {
    await browser.get(`${VILLAGE}/rule-imports/new`);
    const decided = { meeting: '2026年11月20日代表会议第 7 号', effectiveFrom: '2099-01-01', ...fields };
    const content = Buffer.isBuffer(rows) ? rows : Buffer.from(rows.map((row) => row.join(',')).join('\n'));
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
      lookedAt: value('lookedAt'),
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

  test('whose limit it is comes in and goes out, stays where the table does not say, and nothing is each person’s without a limit', async () => {
    const now = await template();
    const at = now[0]?.indexOf('按户还是按人') ?? -1;
    const capped = now.find(
      (row) => row[0] !== 'AD-LAB-01' && row[0] !== 'AD-LAB-02' && row[0] !== 'AD-ENV-01' && row[at] === '一户合起来算',
    );
    const code = capped?.[0] ?? '';
    const whose = (word: string) => now.map((row) => (row[0] === code ? row.with(at, word) : row));
    expect((await preview(whose('村'))).body).toContain('请写按户还是按人');
    const plain = ['', 'LAB', '上识字班', '1', '次', '签到'];
    expect(
      (
        await preview([
          [...HEADINGS, '按户还是按人'],
          [...plain, '人'],
        ])
      ).body,
    ).toContain('有问题 1 条');
    const shown = await preview(whose('人'), { effectiveFrom: villageDay(new Date()) });
    expect(shown.body).toContain('要改 1 条');
    expect(shown.body).toContain('每人');
    const { rows: looked, key: idempotencyKey, lookedAt } = shown;
    const pressed = await browser.submit(`${VILLAGE}/rule-imports`, { rows: looked, lookedAt, idempotencyKey });
    expect(await endOf(browser, pressed)).toContain('记上了 1 条细则');
    const [version] = await world.database.ownerSql<{ capPer: string }[]>`
      select cap_per as "capPer" from rule_version where code = ${code} order by version desc limit 1`;
    expect(version?.capPer).toBe('person');
    // Both tables that go out, and one without that column.
    const { rawPayload: list } = await browser.get(`${VILLAGE}/lists/rules.xlsx`);
    const taken = (await template()).map((row) => row.toSpliced(at, 1));
    for (const table of [await template(), taken, list]) {
      const { body } = await preview(table, { effectiveFrom: villageDay(new Date()) });
      expect(/要改 \d+ 条，不变 \d+ 条，有问题 \d+ 条/.exec(body)?.[0]).toMatch(
        /要改 0 条，不变 \d\d+ 条，有问题 0 条/,
      );
    }
    await checkWorld(world.database.ownerSql);
  });

  test('what changes is shown, is recorded with one press however often it comes, and the same table again is nothing', async () => {
    const rows = (await template()).map((row) => (row[0] === 'AD-LAB-01' ? row.with(3, '4') : row));
    const table = [...rows, ['', '', '', '', '', '']];
    const shown = await preview(table);
    expect(shown.body).toContain('要改 1 条');
    expect(await count()).toBe(1);
    const { rows: looked, key: idempotencyKey, lookedAt } = shown;
    const press = () => browser.submit(`${VILLAGE}/rule-imports`, { rows: looked, lookedAt, idempotencyKey });
    const answers = await Promise.all([press(), press()]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    expect(await endOf(browser, answers[1])).toContain('记上了 1 条细则');
    expect(await count()).toBe(2);
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

  test('all of it or nothing: what changed since it was looked at is looked at again', async () => {
    const rows = (await template()).flatMap((row) =>
      row[0] === 'AD-LAB-02' || row[0] === 'AD-ENV-01' ? [row.with(3, String(Number(row[3]) + 0.5))] : [],
    );
    const [headings = []] = await template();
    const shown = await preview([headings, ...rows]);
    expect(shown.body).toContain(`要改 ${rows.length} 条`);
    const before = await count();
    const other = await preview([headings, ...rows.slice(0, 1)]);
    const pressed = async ({ rows: looked, lookedAt, key: idempotencyKey }: typeof shown) =>
      endOf(browser, await browser.submit(`${VILLAGE}/rule-imports`, { rows: looked, lookedAt, idempotencyKey }));
    expect(await pressed(other)).toContain('记上了 1 条细则');
    expect(await pressed(shown)).toContain('重新看清楚');
    expect(await count()).toBe((before ?? 0) + 1);
    expect(await pressed(await preview([headings, ...rows]))).toContain('记上了 1 条细则');
  });

  test('new rules of a day to come are new once, at most as many as a village may have, and each stands in the table once', async () => {
    const fresh = (n: number) => ['', '卫生环境', `清理第 ${n} 段水渠`, '1', '次', '签到'];
    const many = await preview([HEADINGS, ...Array.from({ length: 6 }, (_, n) => fresh(n + 1)), fresh(1)]);
    expect(many.body).toContain('要改 5 条，不变 0 条，有问题 2 条');
    expect(many.body).toContain('表里前面已经有这一条');
    const { rows: looked, lookedAt, key: idempotencyKey } = many;
    const answer = await browser.submit(`${VILLAGE}/rule-imports`, { rows: looked, lookedAt, idempotencyKey });
    expect(await endOf(browser, answer)).toContain('记上了 5 条细则');
    expect((await preview([HEADINGS, fresh(1), fresh(2)])).body).toContain('要改 0 条，不变 2 条');
    const ended = [
      [...HEADINGS, '停用'],
      [...fresh(1), '是'],
    ];
    const end = await preview(ended);
    await endOf(
      browser,
      await browser.submit(`${VILLAGE}/rule-imports`, {
        rows: end.rows,
        lookedAt: end.lookedAt,
        idempotencyKey: end.key,
      }),
    );
    expect((await preview(ended)).body).toContain('要改 0 条，不变 1 条');
    await checkWorld(world.database.ownerSql);
  });

  test('no meeting, no preview', async () => {
    expect((await preview([HEADINGS], { meeting: '' })).statusCode).toBe(422);
    expect((await preview([['户主', '小组']])).body).toContain('没有找到表头');
    expect((await browser.submit(`${VILLAGE}/rule-imports`, { rows: '{', idempotencyKey: 'x' })).statusCode).toBe(422);
  });
});
