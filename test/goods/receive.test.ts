import { afterAll, beforeAll, expect, test } from 'vitest';
import { redeemGoods } from '../../src/exchange/index.ts';
import { shelf } from '../../src/goods/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const base = `/villages/${willowCode}`;
const check = `${base}/receipts/check`;
const today = villageDay(new Date());

type Fields = Record<string, string | string[]>;

let world: TestApp;
let manager: TestBrowser;
let villageId: number;

beforeAll(async () => {
  world = await createTestApp();
  manager = await world.browser(people.manager);
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
});

afterAll(() => world.close());

const source = { kind: 'donation', sourceName: '县慈善会', occurredOn: today };

function rows(...lines: [goods: string, quantity: string, value?: string, useBy?: string][]): Fields {
  return {
    goods: lines.map(([goods]) => goods),
    quantity: lines.map(([, quantity]) => quantity),
    value: lines.map(([, , value = '']) => value),
    useBy: lines.map(([, , , useBy = '']) => useBy),
  };
}

/** The hidden fields of the page that is checked, as a browser would post them. */
function hiddenFields(html: string): Fields {
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const fields: Record<string, string[]> = {};
  for (const [, name = '', value = ''] of main.matchAll(/type="hidden" name="([^"]+)" value(?:="([^"]*)")?/g)) {
    fields[name] = [...(fields[name] ?? []), value];
  }
  return fields;
}

const onHand = async (wanted: string) =>
  (await shelf(world.db.sql, villageId, today)).find(({ code }) => code === wanted)?.quantityOnHand;

test('goods come in: form, check with the stock before and after, one press, a page of its own', async () => {
  const form = await manager.get(`${base}/receipts/new`);
  expect(form.statusCode).toBe(200);
  expect(findHtmlFaults(form.body)).toEqual([]);
  const key = hiddenFields(form.body).idempotencyKey ?? [];

  const preview = await manager.submit(check, {
    ...source,
    ...rows(['加碘食盐', '20'], ['', ''], ['WA003', '4', '7.5', addDays(today, 400)]),
    idempotencyKey: key,
    do: 'check',
  });
  expect(preview.statusCode).toBe(200);
  expect(preview.body).toContain('确认进货 24 件，80 元');
  expect(preview.body).toMatch(/data-label="现有">(<div>)?20 瓶/);
  expect(preview.body).toMatch(/<strong>24 瓶/);
  expect(findHtmlFaults(preview.body)).toEqual([]);
  expect(await onHand('WA003')).toBe(20);

  const fields = hiddenFields(preview.body);
  const [first, second] = await Promise.all([
    manager.submit(`${base}/receipts`, fields),
    manager.submit(`${base}/receipts`, fields),
  ]);
  expect(first.statusCode).toBe(303);
  expect(second.headers.location).toBe(first.headers.location);
  expect(await onHand('WA003')).toBe(24);
  expect(await onHand('GR010')).toBe(20);
  await checkWorld(world.database.ownerSql);

  const done = await manager.get(first.headers.location ?? '');
  expect(done.body).toContain('县慈善会：加碘食盐 20 袋、洗洁精 4 瓶，共 80 元');
  expect(done.body).toMatch(/公开账本第 \d+ 号/);
  expect(done.body).toContain('/reversals/new?operation=');
  const list = await manager.get(`${base}/receipts`);
  expect(list.body).toContain(first.headers.location);
  expect(findHtmlFaults(list.body)).toEqual([]);
});

test('back from the check everything that was typed is there', async () => {
  await manager.get(`${base}/receipts/new`);
  const preview = await manager.submit(check, { ...source, ...rows(['GR001', '3', '27', '2035-01-01']), do: 'check' });
  expect(preview.body).toContain('比保质期还长');
  const form = await manager.submit(check, { ...hiddenFields(preview.body), do: 'change' });
  for (const typed of ['县慈善会', '大米 5kg/袋（dm GR001）', 'value="3"', 'value="27"', 'value="2035-01-01"']) {
    expect(form.body).toContain(typed);
  }
});

test('a switch of language on the way leads back to a form', async () => {
  const answer = await manager.get(check);
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toBe(`${base}/receipts/new`);
});

test('more rows, and a scan that ends with Enter, keep what was typed', async () => {
  await manager.get(`${base}/receipts/new`);
  const more = await manager.submit(check, { ...source, ...rows(['dm', '7'], ['WA003', '']), do: 'more' });
  expect(more.statusCode).toBe(200);
  expect(more.body.match(/<fieldset class="receive-row">/g)).toHaveLength(10);
  expect(more.body).toContain('<option value="GR001">');
  const scanned = await manager.submit(check, { ...source, ...rows(['WA003', '2'], ['WA003', '']) });
  expect(scanned.body).toMatch(/name="quantity"[^>]*value="3"/);
  expect(scanned.body).toContain('保质期 36 个月');
});

test.each([
  ['0', '1 到 9999'],
  ['-2', '1 到 9999'],
  ['2.5', '1 到 9999'],
  ['', '1 到 9999'],
])('a quantity of %j is marked at its field, before and at the press', async (quantity, words) => {
  await manager.get(`${base}/receipts/new`);
  for (const url of [check, `${base}/receipts`]) {
    const fields = { ...source, ...rows(['AP001', '1'], ['WA003', quantity]), idempotencyKey: 'wrong', do: 'check' };
    const answer = await manager.submit(url, fields);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(words);
    expect(answer.body).toContain('href="#field-quantity-1"');
    expect(answer.body).toMatch(/id="field-quantity-1"[^>]*aria-invalid="true"/);
    expect(answer.body).toContain('电热水壶 1.8L');
    expect(findHtmlFaults(answer.body)).toEqual([]);
  }
  expect(await onHand('AP001')).toBe(1);
});

test.each([
  ['a day to come', { occurredOn: addDays(today, 1) }, 422, '还没有到'],
  ['goods past their day', { useBy: addDays(today, -1) }, 422, '洗洁精 1kg/瓶 的到期日'],
])('%s is refused with everything that was typed', async (_, change, status, words) => {
  await manager.get(`${base}/receipts/new`);
  const fields = { ...source, ...rows(['WA003', '2']), idempotencyKey: 'refused', ...change };
  for (const [url, pressed] of [
    [check, 'check'],
    [`${base}/receipts`, ''],
  ] as const) {
    const answer = await manager.submit(url, { ...fields, do: pressed });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain(words);
    expect(answer.body).toContain('县慈善会');
  }
  await checkWorld(world.database.ownerSql);
});

test('who may not take goods in sees the stock, and neither form nor press', async () => {
  const supervisor = await world.browser(people.supervisor);
  const stock = await supervisor.get(`${base}/goods`);
  expect(stock.statusCode).toBe(200);
  expect(stock.body).not.toContain('/receipts/new');
  expect((await supervisor.get(`${base}/receipts/new`)).statusCode).toBe(403);
  const fields = { ...source, ...rows(['WA003', '2']), idempotencyKey: 'not mine' };
  expect((await supervisor.submit(`${base}/receipts`, fields)).statusCode).toBe(403);
});

test('the stock list has what ran out, and finds by initials', async () => {
  const soldOut = { villageId, recordedBy: 1, idempotencyKey: 'last kettle', today, card: cards.赵满仓 };
  await must(redeemGoods(world.db, { ...soldOut, lines: [{ code: 'AP001', quantity: 1 }] }));
  const stock = await manager.get(`${base}/goods`);
  expect(findHtmlFaults(stock.body)).toEqual([]);
  expect(stock.body).toMatch(/电热水壶[\s\S]*?<span class="tag tag-bad">无货/);
  expect(stock.body).toContain('还没有进过货');
  const none = await manager.get(`${base}/goods?only=none`);
  expect(none.body).toContain('电热水壶');
  expect(none.body).not.toContain('洗洁精');
  const found = await manager.get(`${base}/goods?q=xjj`);
  expect(found.body).toContain('找到 1 种');
});

test('everybody sees the shelf, and no yuan of a lot', async () => {
  const nobody = await world.browser();
  const page = await nobody.get(`${base}/shelf`);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('柳树村爱心超市 货架和分值');
  expect(page.body).toContain('9.5 分');
  expect(page.body).toContain(`href="${base}"`);
  expect(findHtmlFaults(page.body)).toEqual([]);
});
