import { readXlsx } from 'hucre/xlsx';
import { renderToString } from 'preact-render-to-string';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addMonths, monthOf, villageDay } from '../../src/platform/clock.ts';
import { drawPicture } from '../../src/platform/draw-picture.ts';
import { hashContent } from '../../src/publication/publish-record.ts';
import { recordContent } from '../../src/publication/record-schema.ts';
import { longPicture } from '../../views/publication/long-picture.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { codesIn } from '../support/read-picture.ts';
import { checkWorld } from '../support/world.ts';

const TODAY = villageDay(new Date());
const THIS_MONTH = monthOf(TODAY);
const FOUNDED = '2026-09';
const HOME = `/villages/${willowCode}/publications`;
const API = `/api/v1/villages/${willowCode}/publications`;
const NAMES = /赵满仓|单小花|曾有田|王建国|李未开/;

let world: TestApp;
let villageId: number;

beforeAll(async () => {
  world = await createTestApp();
  const { db } = world;
  villageId = (await findVillage(db.sql, willowCode))?.villageId ?? 0;
  const by = () => ({ villageId, recordedBy: 1, today: TODAY, occurredOn: TODAY, idempotencyKey: crypto.randomUUID() });
  await must(awardPoints(db, { ...by(), rule: 'AD-LAB-01', cards: [cards.赵满仓, cards.王建国] }));
  await must(awardPoints(db, { ...by(), rule: 'AD-ENV-08', cards: [cards.单小花] }));
  const lines = [{ code: 'WA003', quantity: 3 }];
  await must(receiveGoods(db, { ...by(), source: { kind: 'donation', name: '=HYPERLINK("http://x")' }, lines }));
  await must(redeemGoods(db, { ...by(), card: cards.曾有田, lines: [{ code: 'GR001', quantity: 1 }] }));
});

afterAll(() => world.close());

const send = async (username: string, url: string, payload: object, key?: string) =>
  world.app.inject({
    method: 'POST',
    url,
    payload,
    headers: {
      authorization: `Bearer ${await world.apiToken(username)}`,
      ...(key !== undefined && { 'idempotency-key': key }),
    },
  });

test('only the first secretary publishes, and may do nothing that is published', async () => {
  expect((await send(people.manager, API, { period: FOUNDED })).statusCode).toBe(403);
  expect((await send(people.township, API, { period: FOUNDED })).statusCode).toBe(403);
  expect((await world.app.inject({ method: 'POST', url: API, payload: { period: FOUNDED } })).statusCode).toBe(401);
  const award = { rule: 'AD-LAB-01', cards: [cards.赵满仓] };
  expect((await send(people.supervisor, `/api/v1/villages/${willowCode}/awards`, award)).statusCode).toBe(403);
  const redemption = { card: cards.赵满仓, lines: [{ goods: 'GR001', quantity: 1 }] };
  expect((await send(people.supervisor, `/api/v1/villages/${willowCode}/redemptions`, redemption)).statusCode).toBe(
    403,
  );
  const manager = await world.browser(people.manager);
  expect((await manager.get(`${HOME}/new`)).statusCode).toBe(403);
  expect((await manager.get(HOME)).body).not.toContain('要公示的月份');
});

test('the API publishes a month, answers a repeat as the first time, and names its refusals', async () => {
  const first = await send(people.supervisor, API, { period: FOUNDED }, 'september');
  expect(first.statusCode).toBe(201);
  expect(first.json()).toMatchObject({
    period: FOUNDED,
    version: 1,
    totals: { openedCount: 5, openedCentipoints: 50_000, closingCentipoints: 50_000, receivedValueFen: 85_900 },
  });
  await checkWorld(world.database.ownerSql);
  expect((await send(people.supervisor, API, { period: FOUNDED }, 'september')).json()).toEqual(first.json());
  expect((await send(people.supervisor, API, { period: THIS_MONTH }, 'september')).statusCode).toBe(422);
  const nothing = await send(people.supervisor, API, { period: FOUNDED });
  expect(nothing.statusCode).toBe(409);
  expect(nothing.json()).toMatchObject({ code: 'nothing_to_correct', version: 1 });
  const future = await send(people.supervisor, API, { period: addMonths(THIS_MONTH, 1) });
  expect(future.statusCode).toBe(422);
  expect(future.json()).toMatchObject({ code: 'month_in_future' });
  expect((await send(people.supervisor, API, { period: '2026-08' })).json()).toMatchObject({
    code: 'month_before_founding',
  });
  expect((await send(people.supervisor, API, { period: '2026-13' })).statusCode).toBe(422);

  const list = (await world.app.inject(API)).json<{ items: { period: string; version: number }[] }>();
  expect(list.items).toMatchObject([{ period: FOUNDED, version: 1, changeCount: 0 }]);
  const one = (await world.app.inject(`${API}/${FOUNDED}/1`)).json<{ contentHash: string; content: unknown }>();
  expect(hashContent(recordContent.parse(one.content))).toBe(one.contentHash);
  expect((await world.app.inject(`${API}/${FOUNDED}/2`)).json()).toMatchObject({ code: 'unknown_publication' });
});

test('what does not agree stands before everything else, and nothing is published', async () => {
  const { ownerSql } = world.database;
  await ownerSql`update log_head set size = size + 1 where village_id = ${villageId}`;
  const supervisor = await world.browser(people.supervisor);
  const review = (await supervisor.get(`${HOME}/new?month=${THIS_MONTH}`)).body;
  const main = review.slice(review.indexOf('<main'));
  expect(main.indexOf('1 项核对不符')).toBeGreaterThan(0);
  expect(main.indexOf('1 项核对不符')).toBeLessThan(main.indexOf('<h2'));
  expect(main).not.toMatch(/发布公示（/);
  const pressed = await supervisor.submit(HOME, { month: THIS_MONTH, idempotencyKey: 'disagrees' });
  expect(pressed.statusCode).toBe(409);
  await ownerSql`update log_head set size = size - 1 where village_id = ${villageId}`;
  expect(await world.db.sql`select from publication where month = ${THIS_MONTH}`).toHaveLength(0);
});

test('the first secretary sees what is due, looks through it, and publishes with one press', async () => {
  const supervisor = await world.browser(people.supervisor);
  const list = (await supervisor.get(HOME)).body;
  expect(list).toContain('要公示的月份');
  expect(list).toContain(`${HOME}/new?month=${THIS_MONTH}`);
  const review = (await supervisor.get(`${HOME}/new?month=${THIS_MONTH}`)).body;
  expect(review).toContain('还没有过完');
  expect(review).toContain('8 项核对全部相符');
  expect(review).toMatch(/发布公示（/);
  const idempotencyKey = /name="idempotencyKey" value="([^"]+)"/.exec(review)?.[1] ?? '';
  const answer = await supervisor.submit(HOME, { month: THIS_MONTH, idempotencyKey });
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toBe(`${HOME}/${THIS_MONTH}/1`);
  await checkWorld(world.database.ownerSql);
  expect((await supervisor.submit(HOME, { month: THIS_MONTH, idempotencyKey })).headers.location).toBe(
    `${HOME}/${THIS_MONTH}/1`,
  );
  const again = await supervisor.submit(HOME, { month: THIS_MONTH, idempotencyKey: 'another' });
  expect(again.statusCode).toBe(409);
  expect(again.body).toContain('完全一样');
  const page = (await supervisor.get(`${HOME}/${THIS_MONTH}/1`)).body;
  expect(page).toContain('下一步');
  expect(page).toContain('曾*田 0003');
});

test('everybody reads the frozen record and its notice, and no full name is in either', async () => {
  const visitor = await world.browser();
  const record = await visitor.get(`${HOME}/${THIS_MONTH}/1`);
  expect(record.statusCode).toBe(200);
  expect(record.body).not.toMatch(NAMES);
  expect(record.body).not.toContain('下一步');
  expect(record.body).toContain('（扣分）经提醒后仍乱堆乱倒');

  const notice = (await visitor.get(`${HOME}/${THIS_MONTH}/1/print`)).body;
  expect(notice).toContain('<thead>');
  expect(notice).toContain('村委会盖章');
  expect(notice).toContain('监督：第一书记 孙书记');
  expect(notice).toContain('管理员：钱管理');
  expect(notice).toMatch(/内容指纹：[0-9a-f]{64}/);
  expect(notice).not.toMatch(NAMES);
  expect(notice).not.toMatch(/\d{17}[\dXx]/);

  expect((await visitor.get(`${HOME}/${THIS_MONTH}/9`)).statusCode).toBe(404);
  expect((await visitor.get(`${HOME}/2026-99/1`)).statusCode).toBe(404);
  expect((await visitor.get(`${HOME}/${THIS_MONTH}/x`)).statusCode).toBe(404);
  expect((await visitor.get(`${HOME}/${THIS_MONTH}/9.xlsx`)).statusCode).toBe(404);
});

test('the workbook holds the same figures as numbers, and no text that a spreadsheet would compute', async () => {
  const answer = await world.app.inject(`${HOME}/${THIS_MONTH}/1.xlsx`);
  expect(answer.headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  expect(answer.headers['content-disposition']).toContain(`filename="${willowCode}-${THIS_MONTH}-v1.xlsx"`);
  const { sheets } = await readXlsx(new Uint8Array(answer.rawPayload));
  expect(sheets.map(({ name }) => name)).toEqual([
    '汇总',
    '按细则加分和扣分',
    '各户得分和兑换',
    '兑换记录',
    '兑出的货',
    '收到的货和捐赠',
    '月底库存',
    '核对',
  ]);
  // As an office's form: title and version above the table, and below it who signs.
  for (const { name, rows, merges } of sheets) {
    expect(rows[0]?.[0]).toMatch(new RegExp(`^柳树村 .*${name}$`));
    expect(rows[1]?.[0]).toMatch(/^第 1 版，.*公示，公开账本第 \d+ 号$/);
    expect(rows.at(-1)?.[0]).toMatch(/^制表：.*盖章/);
    expect(merges).toHaveLength(3);
  }
  const sheet = (name: string) => sheets.find((candidate) => candidate.name === name)?.rows.slice(2, -2) ?? [];
  const { content } = (await world.app.inject(`${API}/${THIS_MONTH}/1`)).json<{ content: unknown }>();
  const { totals } = recordContent.parse(content).record;
  const figure = (label: string) => sheet('汇总').find(([name]) => name === label)?.[1];
  expect(figure('加分')).toBe(totals.givenCentipoints / 100);
  expect(figure('兑换用分')).toBe(9.5);
  expect(figure('月底结存')).toBe(totals.closingCentipoints / 100);
  expect(sheet('按细则加分和扣分').map((row) => row.slice(1))).toEqual([
    ['次数', '户数', '积分'],
    [2, 2, 6],
    [1, 1, -2],
    [3, null, 4],
  ]);
  expect(sheet('兑换记录')[1]?.slice(2)).toEqual(['曾*田 0003', '东头组', '大米 5kg/袋 × 1', 9.5, 90.5]);
  const cells = sheets.flatMap(({ rows }) => rows.flat());
  expect(cells.filter((cell) => typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  expect(cells).toContain(`'=HYPERLINK("http://x")`);
  expect(cells.join(' ')).not.toMatch(NAMES);
});

test('the long picture holds every line by the names that were published, and no others', async () => {
  const { content } = (await world.app.inject(`${API}/${THIS_MONTH}/1`)).json<{ content: unknown }>();
  const published = recordContent.parse(content);
  const dates = { publishedOn: TODAY, windowFrom: TODAY, windowTo: TODAY };
  const codes = { contentHashHex: 'ab'.repeat(32), liveUrl: 'https://example.cn/1', checkpointNote: 'signed' };
  const props = {
    seq: 7,
    ...dates,
    ...codes,
    supervisorName: '孙书记',
    t: translate('zh-CN'),
    locale: 'zh-CN',
  } as const;
  const stripsOf = (shown: typeof published) =>
    longPicture({ ...props, content: shown }).map((strip) => renderToString(strip));
  const heightOf = (strips: string[]) =>
    strips.reduce((sum, strip) => sum + Number(/ height="(\d+)"/.exec(strip)?.[1]), 0);
  const strips = stripsOf(published);
  const svg = strips.join('');
  expect(svg).not.toMatch(NAMES);
  expect(svg).not.toMatch(/\d{17}[\dXx]/);
  for (const { household, goods } of published.record.exchanges) {
    expect(svg).toContain(household.name);
    expect(svg).toContain(goods[0]?.name);
  }
  expect(svg).toContain('柳树村');
  expect(svg.match(/shape-rendering="crispEdges"/g)).toHaveLength(2);
  expect(svg).not.toContain('扫下面的码看全');

  const { exchanges } = published.record;
  const many = Array.from({ length: 3_000 }, (_, at) => exchanges[at % exchanges.length]).filter(
    (line) => line !== undefined,
  );
  const huge = stripsOf({ ...published, record: { ...published.record, exchanges: many } });
  expect(huge.join('')).toContain('扫下面的码看全');
  expect(heightOf(huge)).toBeGreaterThan(heightOf(strips));
  expect(heightOf(huge)).toBeLessThan(32_767);
});

test('the long picture is a PNG for the width of a phone, sent once; a machine without a Chinese font says so', {
  timeout: 120_000,
}, async () => {
  const page = await world.app.inject(`${HOME}/${THIS_MONTH}/1`);
  expect(page.body).toContain(`href="${HOME}/${THIS_MONTH}/1.png"`);
  const picture = () => world.app.inject(`${HOME}/${THIS_MONTH}/1.png`);
  let drawn = await picture();
  // A busy machine asks to come again.
  while (drawn.body.includes('长图还在画')) drawn = await picture();
  expect((await world.app.inject(`${HOME}/${THIS_MONTH}/9.png`)).statusCode).toBe(404);
  if (drawn.statusCode === 409) {
    expect(drawn.body).toContain('没有中文字体');
    return;
  }
  expect(drawn.statusCode).toBe(200);
  expect(drawn.headers['content-type']).toBe('image/png');
  expect(drawn.rawPayload.readUInt32BE(16)).toBe(1080);
  const [live = ''] = await codesIn(drawn.rawPayload, 300);
  expect(new URL(live).pathname).toBe(`${HOME}/${THIS_MONTH}/1`);
  expect((await world.app.inject(new URL(live).pathname)).body).toContain('第 1 版');
  const headers = { 'if-none-match': String(drawn.headers.etag) };
  expect((await world.app.inject({ url: `${HOME}/${THIS_MONTH}/1.png`, headers })).statusCode).toBe(304);
});

test('pictures are drawn one at a time, the same one once, and what cannot be drawn is a refusal', {
  timeout: 120_000,
}, async () => {
  const strip = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="15"/>';
  const wanted = [
    drawPicture('test 1', () => [strip, strip]),
    drawPicture('test 2', () => ['no picture']),
    drawPicture('test 1', () => [strip]),
    drawPicture('test 3', () => [strip]),
  ];
  const [drawn, failed, same, tooMany] = await Promise.all(wanted);
  expect(tooMany).toEqual({ refused: 'too_many_pictures', retryAfterSeconds: 20 });
  expect(same).toEqual(drawn);
  if (!Buffer.isBuffer(drawn)) return expect(drawn).toEqual({ refused: 'picture_needs_font' });
  expect([drawn.readUInt32BE(16), drawn.readUInt32BE(20)]).toEqual([20, 30]);
  expect(failed).toEqual({ refused: 'picture_not_drawn' });
});

test('who has waited long is asked to come again, and the drawing goes on', { timeout: 120_000 }, async () => {
  const strip = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="15"/>';
  let times = 0;
  const strips = () => {
    times += 1;
    return [strip];
  };
  const early = await drawPicture('test 5', strips, 1);
  expect(early).toEqual({ refused: 'picture_being_drawn', retryAfterSeconds: 20 });
  await drawPicture('test 5', strips);
  expect(times).toBe(1);
});

test('after a late exchange the list says so, and the corrected version says what changed', async () => {
  const payload = { card: cards.王建国, lines: [{ goods: 'WA003', quantity: 1 }] };
  expect((await send(people.manager, `/api/v1/villages/${willowCode}/redemptions`, payload)).statusCode).toBe(201);
  const award = { rule: 'AD-LAB-01', cards: [cards.王建国] };
  const refused = await send(people.manager, `/api/v1/villages/${willowCode}/awards`, award);
  expect(refused.json()).toMatchObject({ code: 'month_published', month: THIS_MONTH });
  const supervisor = await world.browser(people.supervisor);
  expect((await supervisor.get(HOME)).body).toContain('公示后又有 1 笔新记录');
  expect((await send(people.supervisor, API, { period: THIS_MONTH })).json()).toMatchObject({ version: 2 });
  const visitor = await world.browser();
  const corrected = (await visitor.get(`${HOME}/${THIS_MONTH}/2`)).body;
  expect(corrected).toContain('这一版改了什么');
  expect(corrected).toMatch(/新增兑换第 \d+ 号：王\*国（西头组 0004） 洗洁精 1kg\/瓶 × 1，用 3 分/);
  expect(corrected).toContain('兑换用分 9.5 → 12.5 分');
  expect((await visitor.get(`${HOME}/${THIS_MONTH}/1`)).body).toContain('以第 2 版为准');
  expect((await visitor.get(`${HOME}/${THIS_MONTH}/2/print`)).body).toContain('更正说明（和第 1 版相比）');
  await checkWorld(world.database.ownerSql);
});
