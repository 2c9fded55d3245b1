/** 导入花名册: the same list as .xlsx, .ods, GB 18030 and UTF-8 text; nothing before the press, nothing twice after it. */
import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { writeOds, writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSheet } from '../../src/platform/sheets/read-sheet.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';
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
    expect(body).toContain('新登记 2 户，已经在名单上 1 户，有问题 1 户');
    expect(body).toContain('村里没有这个小组');
    expect(body).toContain('没有读进来');
    expect(await count()).toBe(0);
  });

  test('registers them with one press, however often it comes', async () => {
    const { households, idempotencyKey } = await preview();
    const press = () => browser.submit(`${VILLAGE}/roster/imports`, { households, idempotencyKey });
    const answers = await Promise.all([press(), press(), press()]);
    expect(answers.map(({ headers }) => headers.location)).toEqual(
      Array.from({ length: 3 }, () => `${VILLAGE}/roster/done?count=2`),
    );
    expect(await count()).toBe(2);
    const [registered] = await world.database.ownerSql`
      select phone, member_count as "memberCount", account.status
        from household
        join account on account.village_id = household.village_id and account.holder_id = household.household_id
       where head_name = '陈来福'`;
    expect(registered).toEqual({ phone: '13800000001', memberCount: 4, status: 'registered' });
    await checkWorld(world.database.ownerSql);
  });

  test('imports the same file again without harm', async () => {
    const { body, households } = await preview();
    expect(body).toContain('新登记 0 户，已经在名单上 3 户，有问题 1 户');
    expect(households).toBe('[]');
    expect(await count()).toBe(2);
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
    expect(again.body).toContain('新登记 1 户，已经在名单上 0 户，有问题 0 户');
    expect((await browser.submit(`${VILLAGE}/roster/problems`, { rows: '{' })).statusCode).toBe(422);
  });

  test('gets a form with the headings that are understood and the names of the groups', async () => {
    const file = await browser.get(`${VILLAGE}/roster/template.xlsx`);
    expect(await readSheet(file.rawPayload)).toEqual([['户主姓名', '小组', '家庭人口', '联系电话']]);
  });

  test('is told what to do where a file or a form is not what it should be', async () => {
    const nothing = await browser.upload(`${VILLAGE}/roster/previews`, {}, []);
    expect([nothing.statusCode, nothing.body.includes('还没有选文件')]).toEqual([422, true]);
    const picture = await browser.upload(`${VILLAGE}/roster/previews`, {}, [{ content: Buffer.from([1, 0, 2]) }]);
    expect([picture.statusCode, picture.body.includes('另存为 .xlsx')]).toEqual([422, true]);
    const forged = [{ row: 1, groupId: 999_999, headName: '不在组', memberCount: 1, phone: null }];
    for (const households of ['', 'no json', '{}', JSON.stringify(forged)]) {
      const answer = await browser.submit(`${VILLAGE}/roster/imports`, { households, idempotencyKey: 'forged' });
      expect(answer.statusCode).toBe(422);
    }
    expect(await count()).toBe(2);
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
