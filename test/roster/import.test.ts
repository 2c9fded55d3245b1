/** 导入花名册: the same list as .xlsx, .ods, GB 18030 and UTF-8 text; nothing before the press, nothing twice after it. */
import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { writeOds, writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerHouseholds, villagerGroups } from '../../src/cards/index.ts';
import { openImports } from '../../src/imports/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { readSheet } from '../../src/platform/sheets/read-sheet.ts';
import { previewRoster } from '../../src/roster/import-roster.ts';
import { readRoster } from '../../src/roster/read-roster.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { until } from '../platform/server-process.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';
import { endOf, openGate } from '../support/import-run.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;

const ROWS = [
  ['柳树村花名册', '', '', '', ''],
  ['联系电话', '户主姓名', '身份证号', '组别', '家庭人口'],
  ['13800000001', '陈来福', '00000', '东头组', '4'],
  ['', '林小满', '', '西头', '2'],
  ['', '赵满仓', '', '东头组', '4'],
  ['', '毛没组', '', '北头组', '3'],
];

const asText = () => Buffer.from(ROWS.map((row) => row.join(',')).join('\r\n'));

async function asWorkbook(write: typeof writeXlsx): Promise<Buffer> {
  return Buffer.from(
    await write({
      sheets: [
        { name: '空', rows: [] },
        { name: '名册', rows: ROWS },
      ],
    }),
  );
}

/** What Excel in China writes; made once, because Node only reads it. */
const GB_18030 =
  'wfjK97Tlu6jD+7LhLCwsDQq7p9b30NXD+yzX6bHwLLzSzaXIy7/aLMGqz7W157uwDQqzwsC0uKMstqvNt9fpLDQsMTM4MDAwMDAwMDENCsHW0KHC+izO98231+ksMiw=';

describe('files', () => {
  test.each([
    ['text', async () => asText()],
    ['.xlsx', () => asWorkbook(writeXlsx)],
    ['.ods', () => asWorkbook(writeOds)],
    ['.xls', () => readFile(new URL('roster.xls', import.meta.url))],
  ])('%s is read the same', async (_, file) => {
    const rows = await readSheet(await file());
    // Short rows are short, and how a workbook ends them is its own business.
    expect('refused' in rows ? rows : rows.map((row) => [...row, '', '', '', ''].slice(0, 5))).toEqual(ROWS);
  });

  test('text as Excel writes it in China', async () => {
    expect(await readSheet(Buffer.from(GB_18030, 'base64'))).toEqual([
      ['柳树村花名册', '', '', ''],
      ['户主姓名', '组别', '家庭人口', '联系电话'],
      ['陈来福', '东头组', '4', '13800000001'],
      ['林小满', '西头组', '2', ''],
    ]);
  });

  test.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])],
    ['an archive without a directory', Buffer.from('PK\u0003\u0004 and nothing')],
    ['an archive that is no workbook', packed('hello.txt', Buffer.from('hello'))],
    ['an old workbook that is broken', Buffer.from('d0cf11e0a1b11ae1'.repeat(40), 'hex')],
  ])('%s is refused', async (_, bytes) => {
    expect(await readSheet(bytes)).toEqual({ refused: 'sheet_unreadable' });
  });

  test('what unpacks to too much is refused before it is unpacked, and what lies about it is stopped', async () => {
    const zeros = Buffer.alloc(100 * 1024 * 1024);
    const honest = packed('xl/worksheets/sheet1.xml', zeros);
    expect(honest.length).toBeLessThan(200_000);
    expect(await readSheet(honest)).toMatchObject({ refused: 'sheet_too_large' });
    expect(await readSheet(packed('xl/worksheets/sheet1.xml', zeros, 1_000))).toHaveProperty('refused');
  });

  test('more rows than a village has are refused', async () => {
    const rows = Array.from({ length: 5_001 }, () => '陈来福,东头,4').join('\n');
    expect(await readSheet(Buffer.from(rows))).toEqual({ refused: 'sheet_too_large', mostRows: 5_000 });
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
      select count(*)::integer as count from household where head_name in ('陈来福', '林小满', '毛没组')`;
    return found?.count;
  };

  async function preview(): Promise<{ body: string; households: string; idempotencyKey: string }> {
    await browser.get(`${VILLAGE}/roster`);
    const { body, statusCode } = await browser.upload(`${VILLAGE}/roster/previews`, {}, [{ content: asText() }]);
    expect(statusCode).toBe(200);
    const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
    return {
      body,
      households: value('households').replaceAll('&quot;', '"'),
      idempotencyKey: value('idempotencyKey'),
    };
  }

  test('sees what would become of each row, and nothing has become of it', async () => {
    const { body } = await preview();
    expect(findHtmlFaults(body)).toEqual([]);
    expect(body).toContain('新登记 2 户，补上成员姓名 0 户，不用动 1 户，有问题 1 户');
    expect(body).toContain('村里没有这个小组');
    expect(body).toContain('没有读进来');
    expect(await count()).toBe(0);
  });

  test('registers them with one press, however often it comes', async () => {
    const { households, idempotencyKey } = await preview();
    const press = () => browser.submit(`${VILLAGE}/roster/imports`, { households, idempotencyKey });
    const answers = await Promise.all([press(), press(), press()]);
    const [first] = answers;
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    expect(await endOf(browser, first)).toContain('登记了 2 户，每户一张卡，还没有开。');
    expect(await count()).toBe(2);
    // The same press once more, much later.
    expect((await press()).headers.location).toBe(first.headers.location);
    expect(await count()).toBe(2);
    const [registered] = await world.database.ownerSql`
      select phone, member_count as "memberCount", account.status
        from household
        join account on account.village_id = household.village_id and account.holder_id = household.household_id
       where head_name = '陈来福'`;
    expect(registered).toEqual({ phone: '13800000001', memberCount: 4, status: 'registered' });
    await checkWorld(world.database.ownerSql);
  });

  test('sees how far it is, also after a reload, and cancels it while nothing has changed', async () => {
    const { sql } = world.db;
    const village = await findVillage(sql, willowCode);
    const villageId = village?.villageId ?? 0;
    const [manager] = await world.database.ownerSql<{ personId: number }[]>`
      select person_id as "personId" from person where username = ${people.manager}`;
    const [group] = await villagerGroups(sql, villageId);
    const imports = openImports(world.db, () => {});
    const { promise: gate, release } = openGate();
    const start = () =>
      imports.start(
        { villageId, kind: 'households', importKey: 'held', startedBy: manager?.personId ?? 0, rowsInAll: 300 },
        (steps) =>
          sql.begin(async (tx) => {
            const draft = { groupId: group?.groupId ?? 0, headName: '毛没组', memberCount: 1, phone: null };
            await registerHouseholds(tx, villageId, [draft]);
            steps.reach(120);
            await gate;
            await steps.close(tx);
            return { imported: 1 };
          }),
      );
    const importId = await start();
    const at = `${VILLAGE}/imports/${importId}`;
    const running = await until(async () => {
      const { body } = await browser.get(at);
      return body.includes('第 120 户，共 300 户') ? body : null;
    });
    expect(findHtmlFaults(running)).toEqual([]);
    expect(running).toContain('取消，都不记');
    expect((await browser.get(`${VILLAGE}/roster`)).body).toContain(at);
    expect((await browser.get(at, { 'hx-request': 'true' })).body).toMatch(/^<div/);
    // The same press again finds the run that is alive.
    expect(await start()).toBe(importId);
    const other = await world.browser(people.supervisor);
    expect((await other.get(at)).body).not.toContain('取消，都不记');
    expect((await other.submit(`${at}/cancellation`, {})).statusCode).toBe(403);
    await browser.get(at);
    expect((await browser.submit(`${at}/cancellation`, {})).statusCode).toBe(303);
    release();
    await imports.stop();
    expect((await browser.get(at)).body).toContain('已经取消，什么都没有记');
    expect(await count()).toBe(2);
    expect((await browser.get(`${VILLAGE}/imports/NOSUCHIMPORT2222`)).statusCode).toBe(404);
  });

  test('begins anew where the process died, and is told that', async () => {
    const { households, idempotencyKey } = await preview();
    const press = () => browser.submit(`${VILLAGE}/roster/imports`, { households, idempotencyKey });
    const first = await press();
    expect(await endOf(browser, first)).toContain('没有要登记的');
    await world.database.ownerSql`
      update import_run
         set state = 'running',
             heard_of_at = now() - interval '1 minute'
       where import_key = ${idempotencyKey}`;
    expect((await browser.get(String(first.headers.location))).body).toContain('请把文件再导入一次');
    expect(await endOf(browser, await press())).toContain('没有要登记的');
  });

  test('imports the same file again without harm', async () => {
    const { body, households } = await preview();
    expect(body).toContain('新登记 0 户，补上成员姓名 0 户，不用动 3 户，有问题 1 户');
    expect(households).toBe('[]');
    expect(await count()).toBe(2);
  });

  describe('names of members', () => {
    const members = async () => {
      const rows = await world.database.ownerSql<{ head: string; names: string }[]>`
        select head_name as head,
               string_agg(name, '、' order by member_id) as names
          from household_member
          join household using (village_id, household_id)
         group by head_name`;
      return Object.fromEntries(rows.map(({ head, names }) => [head, names]));
    };
    const show = async (text: string) => {
      await browser.get(`${VILLAGE}/roster`);
      const { body } = await browser.upload(`${VILLAGE}/roster/previews`, {}, [{ content: Buffer.from(text) }]);
      expect(findHtmlFaults(body)).toEqual([]);
      const value = (name: string) =>
        (new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '').replaceAll('&quot;', '"');
      const fields = ['households', 'named', 'idempotencyKey'].map((name) => [name, value(name)]);
      return { body, fields: Object.fromEntries(fields) as Record<string, string> };
    };
    const press = async (fields: Record<string, string>) =>
      endOf(browser, await browser.submit(`${VILLAGE}/roster/imports`, fields));

    test('come with new households, and for those on the list, with one act for each', async () => {
      const text =
        '户主,姓名,与户主关系,组别\n郑一家,郑一家,户主,东头组\n,周二妹,配偶,\n陈来福,陈来福,户主,东头组\n,王花,妻,\n林小满,林小满,户主,西头组';
      const { body, fields } = await show(text);
      expect(body).toContain('新登记 1 户，补上成员姓名 2 户，不用动 0 户，有问题 0 户');
      expect(await members()).toEqual({});
      const done = await press(fields);
      expect(done).toContain('登记了 1 户');
      expect(done).toContain('记上了 5 个人的姓名');
      const named = { 郑一家: '郑一家、周二妹', 陈来福: '陈来福、王花', 林小满: '林小满' };
      expect(await members()).toEqual(named);
      // The same press, and the same file.
      expect(await press(fields)).toContain('记上了 5 个人的姓名');
      const again = await show(text);
      expect(again.body).toContain('补上成员姓名 0 户，不用动 3 户，有问题 0 户');
      expect([again.fields.households, again.fields.named]).toEqual(['[]', '[]']);
      expect(await members()).toEqual(named);
      const acts = await world.database.ownerSql<{ leaf: Buffer }[]>`
        select leaf from act where type = 'household.join'`;
      expect(acts).toHaveLength(3);
      for (const { leaf } of acts) expect(leaf.toString('utf8')).not.toMatch(/王花|周二妹/);
      await checkWorld(world.database.ownerSql);
    });

    test('that a household has no room for, or that somebody gave meanwhile, change nothing', async () => {
      const full = await show('户主,组别,家庭人口,家庭成员\n陈来福,东头组,4,陈一、陈二、陈三');
      expect(full.body).toContain('名单上这一户没有这么多人');
      const { fields } = await show('户主,组别,家庭人口,家庭成员\n陈来福,东头组,4,陈一、陈二\n吴半路,东头组,1,');
      const [card] = await world.database.ownerSql<{ number: string }[]>`
        select number from card join household using (village_id, household_id) where head_name = '陈来福'`;
      const page = `${VILLAGE}/cards/${card?.number}/changes/naming`;
      await browser.get(page);
      await browser.submit(page, { names: '陈三', reason: '', idempotencyKey: 'meanwhile' });
      expect(await press(fields)).toContain('刚才有人改了名单，什么也没有记');
      expect(await members()).toMatchObject({ 陈来福: '陈来福、王花、陈三' });
      const [found] = await world.database.ownerSql`select 1 from household where head_name = '吴半路'`;
      expect(found).toBeUndefined();
      const forged = [...'一二'].map(() => [card?.number, ['陈四']]);
      expect(await press({ ...fields, idempotencyKey: 'twice', named: JSON.stringify(forged) })).toContain(
        '没有传完整，什么也没有记',
      );
      await checkWorld(world.database.ownerSql);
    });

    test('go out with the list, and what went out changes nothing when it comes in', async () => {
      const { rawPayload } = await browser.get(`${VILLAGE}/lists/cards.xlsx`);
      const sheet = await readSheet(rawPayload);
      if ('refused' in sheet) throw new Error(sheet.refused);
      expect(sheet.find((row) => row.includes('陈来福'))).toContain('陈来福、王花、陈三');
      const roster = readRoster(sheet);
      if ('refused' in roster) throw new Error(roster.refused);
      const villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
      const { added, named, problems, known } = await previewRoster(world.db.sql, villageId, roster.households);
      expect([added, named, problems]).toEqual([[], [], []]);
      expect(known).toHaveLength(sheet.filter((row) => row.some((cell) => /^\d{6} \d{4}$/.test(cell))).length);
    });
  });

  test('takes the rows to be mended away, mends them there, and imports them', async () => {
    const { body } = await preview();
    const rows = (/name="rows" value="([^"]*)"/.exec(body)?.[1] ?? '').replaceAll('&quot;', '"');
    const file = await browser.submit(`${VILLAGE}/roster/problems`, { rows });
    expect(file.headers['content-disposition']).toContain('attachment');
    const read = await readSheet(file.rawPayload);
    if ('refused' in read) throw new Error(read.refused);
    expect(read).toEqual([
      ['联系电话', '户主姓名', '组别', '家庭人口', '哪里不对'],
      ['', '毛没组', '北头组', '3', '村里没有这个小组'],
    ]);
    const mended = Buffer.from(
      read
        .map((row) => row.join(','))
        .join('\n')
        .replace('北头组', '东头组'),
    );
    const again = await browser.upload(`${VILLAGE}/roster/previews`, {}, [{ content: mended }]);
    expect(again.body).toContain('新登记 1 户，补上成员姓名 0 户，不用动 0 户，有问题 0 户');
    expect((await browser.submit(`${VILLAGE}/roster/problems`, { rows: '{' })).statusCode).toBe(422);
  });

  test('gets a form with the headings that are understood and the names of the groups', async () => {
    const file = await browser.get(`${VILLAGE}/roster/template.xlsx`);
    expect(await readSheet(file.rawPayload)).toEqual([['户主姓名', '小组', '家庭人口', '联系电话', '家庭成员']]);
  });

  test('is told what to do where a file or a form is not what it should be', async () => {
    const nothing = await browser.upload(`${VILLAGE}/roster/previews`, {}, []);
    expect([nothing.statusCode, nothing.body.includes('还没有选文件')]).toEqual([422, true]);
    const picture = await browser.upload(`${VILLAGE}/roster/previews`, {}, [{ content: Buffer.from([1, 0, 2]) }]);
    expect([picture.statusCode, picture.body.includes('另存为 .xlsx')]).toEqual([422, true]);
    for (const households of ['', 'no json', '{}', '[[1,2]]']) {
      const answer = await browser.submit(`${VILLAGE}/roster/imports`, { households, idempotencyKey: 'forged' });
      expect(answer.statusCode).toBe(422);
    }
    const households = JSON.stringify([[1, 999_999, '不在组', 1, null, []]]);
    const forged = await browser.submit(`${VILLAGE}/roster/imports`, { households, idempotencyKey: 'forged' });
    expect(await endOf(browser, forged)).toContain('没有传完整，什么也没有记');
    expect(await count()).toBe(2);
  });

  // The last one: a process that has just done so much may ask the next request to wait.
  test('registers a list of 3,000, and knows each of them again', { timeout: 240_000 }, async () => {
    const rows = Array.from({ length: 3_000 }, (_, n) => [
      '东头组',
      `柳${String.fromCodePoint(0x4e00 + n)}`,
      `${(n % 9) + 2}人`,
      n % 10 === 0 ? '柳小' : '',
    ]);
    const roster = readRoster([['组别', '户主姓名', '家庭人口', '家庭成员'], ...rows]);
    if ('refused' in roster) throw new Error(roster.refused);
    const { sql } = world.db;
    const villageId = (await findVillage(sql, willowCode))?.villageId ?? 0;
    const shown = await previewRoster(sql, villageId, roster.households);
    expect([shown.added.length, shown.known.length, shown.problems.length]).toEqual([3_000, 0, 0]);
    const households = JSON.stringify(
      shown.added.map(({ row, groupId, headName, memberCount, phone, names }) => [
        row,
        groupId,
        headName,
        memberCount,
        phone,
        names,
      ]),
    );
    await browser.get(`${VILLAGE}/roster`);
    const pressed = await browser.submit(`${VILLAGE}/roster/imports`, { households, idempotencyKey: 'three thousand' });
    expect(await endOf(browser, pressed)).toContain('记上了 600 个人的姓名');
    const again = await previewRoster(sql, villageId, roster.households);
    expect([again.added.length, again.known.length, again.problems.length]).toEqual([0, 3_000, 0]);
    await checkWorld(world.database.ownerSql);
  });
});

/** One file in an archive, deflated; its directory may say another size than it has. */
function packed(name: string, content: Buffer, said = content.length): Buffer {
  const data = deflateRawSync(content);
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(said, 22);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const entry = Buffer.alloc(46 + name.length);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(data.length, 20);
  entry.writeUInt32LE(said, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length + data.length, 16);
  return Buffer.concat([local, data, entry, end]);
}
