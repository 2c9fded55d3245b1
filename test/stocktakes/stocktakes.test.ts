import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redeemGoods } from '../../src/exchange/index.ts';
import { shelf } from '../../src/goods/index.ts';
import { verifyBooks } from '../../src/ledger/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { problems } from '../../src/problems/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import {
  decidePosting,
  nextState,
  type StocktakeBasis,
  type StocktakeEvent,
  type StocktakeLine,
  type StocktakeState,
} from '../../src/stocktakes/decide-stocktake.ts';
import {
  moveOn,
  nameCauses,
  openStocktake,
  postStocktake,
  saveCounts,
  verifyShopLists,
} from '../../src/stocktakes/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const NO = null;

const STATES: Record<StocktakeState, Record<StocktakeEvent, StocktakeState | null>> = {
  counting: { count: 'counting', review: 'reviewing', recount: NO, post: NO, abandon: 'abandoned' },
  reviewing: { count: NO, review: NO, recount: 'counting', post: 'posted', abandon: 'abandoned' },
  posted: { count: NO, review: NO, recount: NO, post: NO, abandon: NO },
  abandoned: { count: NO, review: NO, recount: NO, post: NO, abandon: NO },
};

describe('every state of a count and everything that may happen to it', () => {
  const cases = Object.entries(STATES).flatMap(([state, events]) =>
    Object.entries(events).map(([event, next]) => [state, event, next] as const),
  );
  test.each(cases)('%s, %s: %s', (state, event, next) => {
    const outcome = nextState(state as StocktakeState, event as StocktakeEvent);
    expect(outcome).toEqual(next === null ? { refused: 'stocktake_not_so_far', state } : { state: next });
  });
});

const line: StocktakeLine = {
  goodsId: 1,
  code: 'GR001',
  expected: 10,
  counted: 7,
  countedBy: 1,
  cause: 'damaged',
  lots: [
    { lotId: 4, quantityOnHand: 2, unitValueFen: 2_800 },
    { lotId: 5, quantityOnHand: 8, unitValueFen: 3_000 },
  ],
  newest: { lotId: 5, unitValueFen: 3_000 },
};

const basis: StocktakeBasis = {
  state: 'reviewing',
  kind: 'monthly',
  cursor: 30,
  openedBy: 1,
  lines: [line],
  logSize: 40,
  limitFen: 5_000,
};

describe('what a count leads to', () => {
  test('missing pieces leave the lots that expire first, with what those were worth', () => {
    expect(decidePosting(basis, 2)).toEqual({
      varianceFen: 8_600,
      finding: '盘点差数合 86 元，超过 50 元',
      acts: [
        { type: 'stocktake', facts: { kind: 'monthly', cursor: 30, counted: 1, surplusFen: 0, shortageFen: 8_600 } },
        {
          type: 'stock.adjust',
          facts: { goods: [{ code: 'GR001', quantity: -3 }], cause: 'damaged', stocktake: 40 },
          moves: [
            { lotId: 4, quantity: -2 },
            { lotId: 5, quantity: -1 },
          ],
        },
      ],
    });
  });

  test('surplus pieces join the newest lot; a count without a difference is one act', () => {
    const more = decidePosting({ ...basis, lines: [{ ...line, counted: 11 }] }, 2);
    expect(more).toMatchObject({ acts: [{ facts: { surplusFen: 3_000 } }, { moves: [{ lotId: 5, quantity: 1 }] }] });
    const equal = decidePosting({ ...basis, lines: [{ ...line, counted: 10, cause: null }] }, 1);
    expect(equal).toMatchObject({ varianceFen: 0, acts: [{ type: 'stocktake' }] });
  });

  test.each([
    ['explained and below the limit', { limitFen: 8_600 }, 'damaged', null],
    ['one fen above the limit', { limitFen: 8_599 }, 'damaged', '盘点差数合 86 元，超过 85.99 元'],
    ['unexplained', { limitFen: 8_600 }, 'unexplained', '盘点有 1 种差数原因不明'],
    ['both', {}, 'unexplained', '盘点差数合 86 元，超过 50 元；盘点有 1 种差数原因不明'],
  ] as const)('a difference that is %s is told of in the problem ledger, or not', (_what, change, cause, finding) => {
    expect(decidePosting({ ...basis, ...change, lines: [{ ...line, cause }] }, 2)).toMatchObject({ finding });
  });

  test.each([
    [{ refused: 'stocktake_not_so_far', state: 'counting' }, { ...basis, state: 'counting' }, 2],
    [
      { refused: 'not_all_counted', count: 1 },
      {
        ...basis,
        lines: [
          { ...line, cause: null },
          { ...line, code: 'X', counted: null },
        ],
      },
      1,
    ],
    [{ refused: 'cause_needed', count: 1 }, { ...basis, lines: [{ ...line, cause: null, lots: [] }] }, 1],
    [{ refused: 'count_again', goods: 'GR001' }, { ...basis, lines: [{ ...line, lots: [] }] }, 1],
    [
      { refused: 'never_received', goods: 'GR001' },
      { ...basis, lines: [{ ...line, expected: 0, newest: null, lots: [] }] },
      1,
    ],
    [{ refused: 'second_person_posts', varianceFen: 8_600, limitFen: 5_000 }, basis, 1],
    [
      { refused: 'second_person_posts', varianceFen: 8_600, limitFen: 5_000 },
      { ...basis, openedBy: 9, lines: [{ ...line, countedBy: 2 }] },
      2,
    ],
  ] as const)('%j', (refusal, given, personId) => {
    expect(decidePosting(given, personId)).toEqual(refusal);
  });
});

describe('in a village', () => {
  const base = `/villages/${willowCode}`;
  const today = villageDay(new Date());
  let world: TestApp;
  let villageId: number;
  let ids: Record<string, number>;

  beforeAll(async () => {
    world = await createTestApp();
    const [village] = await world.db.sql<{ villageId: number }[]>`
      select region_id as "villageId"
        from region
       where code = ${willowCode}`;
    villageId = village?.villageId ?? 0;
    const found = await world.db.sql<{ username: string; personId: number }[]>`
      select username,
             person_id as "personId"
        from person`;
    ids = Object.fromEntries(found.map(({ username, personId }) => [username, personId]));
  });

  afterAll(() => world.close());

  const managerId = () => ids[people.manager] ?? 0;
  const supervisorId = () => ids[people.supervisor] ?? 0;
  const onHand = async () => {
    const there = await shelf(world.db.sql, villageId, today);
    return new Map(there.map(({ code, quantityOnHand }) => [code, quantityOnHand]));
  };
  const redeem = (key: string, code: string, quantity: number, card: string = cards.赵满仓) =>
    redeemGoods(world.db, {
      villageId,
      recordedBy: managerId(),
      today,
      idempotencyKey: key,
      card,
      lines: [{ code, quantity }],
    });
  const receivedCodes = async () => {
    const rows = await world.db.sql<{ code: string }[]>`
      select distinct code
        from stock_lot
        join goods using (village_id, goods_id)
       where village_id = ${villageId}`;
    return rows.map(({ code }) => code);
  };

  test('opened, counted blind while the counter goes on, differences with causes, posted by somebody else', async () => {
    const manager = await world.browser(people.manager);
    const list = await manager.get(`${base}/stocktakes`);
    expect(findHtmlFaults(list.body)).toEqual([]);
    const alone = await manager.submit(`${base}/stocktakes`, { kind: 'first', secondCounter: '钱管理' });
    expect([alone.statusCode, alone.body.includes('要是另一个人')]).toEqual([422, true]);
    expect((await manager.submit(`${base}/stocktakes`, { kind: 'first', secondCounter: ' ' })).statusCode).toBe(422);
    const opened = await manager.submit(`${base}/stocktakes`, { kind: 'first', secondCounter: '李会计' });
    expect(opened.statusCode).toBe(303);
    const one = String(opened.headers.location);
    expect((await manager.submit(`${base}/stocktakes`, { kind: 'first', secondCounter: '李会计' })).statusCode).toBe(
      409,
    );

    const before = await onHand();
    const blind = await manager.get(one);
    expect(findHtmlFaults(blind.body)).toEqual([]);
    for (const code of await receivedCodes()) {
      expect(blind.body).toMatch(new RegExp(`name="counted.${code}"[^>]*value(="")?[ />]`));
    }
    expect(blind.body).not.toContain('账上');
    expect(findHtmlFaults((await manager.get(`${one}/sheet`)).body)).toEqual([]);
    const wrong = await manager.submit(`${one}/counts`, { 'counted.GR001': 'x', countedAt: '29:00' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('请填 0 到 99999 的整数');

    await must(redeem('while-counting', 'GR001', 1));
    const counts = Object.fromEntries([...before].filter(([, held]) => held > 0).map(([code, held]) => [code, held]));
    // One bag was handed out and three are missing.
    const typed: Record<string, number> = { ...counts, GR001: (counts['GR001'] ?? 0) - 4 };
    const { WA003, ...allButOne } = typed;
    const fields = (all: Record<string, number>) =>
      Object.fromEntries(Object.entries(all).map(([code, held]) => [`counted.${code}`, String(held)]));
    const early = await manager.submit(`${one}/counts`, { ...fields(allButOne), do: 'review' });
    expect([early.statusCode, early.body.includes('还有 1 种没有数')]).toEqual([409, true]);
    const reviewed = await manager.submit(`${one}/counts`, { ...fields({ WA003: WA003 ?? 0 }), do: 'review' });
    expect(reviewed.statusCode).toBe(303);
    // What goes out after the count does not disturb it.
    await must(redeem('after-counting', 'GR001', 1));
    const review = await manager.get(one);
    expect(findHtmlFaults(review.body)).toEqual([]);
    expect(review.body).toContain('有 1 种对不上');
    expect(review.body).toContain('−3');
    expect((await manager.submit(`${one}/postings`, {})).body).toContain('还没有原因');
    expect((await manager.submit(`${one}/reviews`, { do: 'causes', 'cause.GR001': 'damaged' })).statusCode).toBe(303);
    const own = await manager.submit(`${one}/postings`, {});
    expect([own.statusCode, own.body.includes('没有参加盘点的人')]).toEqual([409, true]);

    const supervisor = await world.browser(people.supervisor);
    await supervisor.get(one);
    expect((await supervisor.submit(`${one}/postings`, {})).statusCode).toBe(303);
    const done = await supervisor.get(one);
    expect(done.body).toContain('盘点已经记账');
    expect((await onHand()).get('GR001')).toBe((before.get('GR001') ?? 0) - 5);
    const record = await (await world.browser()).get(`${base}/acts?kind=stock`);
    expect(record.body).toContain('盘点调整（破损）');
    const [problem, ...others] = await problems(world.db.sql, villageId);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ n: 1, origin: 'stocktake', state: 'found', what: '盘点差数合 84 元，超过 50 元' });
    expect((await supervisor.get(`${base}/problems/1`)).body).toContain(`/acts/${problem?.act}`);
    expect(await verifyBooks(world.database.ownerSql, { villageId })).toMatchObject({ moves: expect.any(Number) });
    await checkWorld(world.database.ownerSql);
  });

  async function counted(less: Record<string, number>): Promise<number> {
    const { sql } = world.db;
    const asker = { villageId, personId: managerId() };
    const { stocktakeId } = await must(openStocktake(sql, { ...asker, kind: 'monthly', secondCounter: '李会计' }));
    const counts = [...(await onHand())].map(([code, held]) => ({ code, counted: held - (less[code] ?? 0) }));
    await must(saveCounts(sql, { ...asker, stocktakeId, counts }));
    await must(moveOn(sql, { ...asker, stocktakeId }, 'review'));
    const causes = Object.keys(less).map((code) => ({ code, cause: 'lost' as const }));
    await must(nameCauses(sql, { villageId, stocktakeId, causes }));
    return stocktakeId;
  }

  test('two who post one count at once: it is posted once', async () => {
    await must(
      changeSettings(world.db, {
        villageId,
        wanted: { stocktakeLimitFen: 1_000_000 },
        reason: '村民代表会议',
        idempotencyKey: 'limit',
        recordedBy: managerId(),
        today,
      }),
    );
    const before = (await onHand()).get('WA003') ?? 0;
    const stocktakeId = await counted({ WA003: 2 });
    const outcomes = await Promise.all(
      [managerId(), supervisorId(), managerId()].map((personId) =>
        postStocktake(world.db, { villageId, personId, stocktakeId, today }),
      ),
    );
    const winners = outcomes.flatMap((outcome) => ('refused' in outcome ? [] : [outcome.operationId]));
    expect(new Set(winners).size).toBe(1);
    // Within the limit and explained: no other problem.
    expect(await problems(world.db.sql, villageId)).toHaveLength(1);
    expect((await onHand()).get('WA003')).toBe(before - 2);
    await checkWorld(world.database.ownerSql);
  });

  test('a count that is called posted without an act is found', async () => {
    const { ownerSql } = world.database;
    expect(await verifyShopLists(ownerSql, villageId)).toBeNull();
    const [made] = await ownerSql<{ stocktakeId: number }[]>`
      insert into stocktake
        (village_id, kind, state, opened_by, opened_at, cursor, second_counter, closed_by, closed_at, operation_id)
      values (${villageId}, 'monthly', 'posted', 1, now(), 0, '李会计', 1, now(), 'NOSUCHOPERATION')
      returning stocktake_id as "stocktakeId"`;
    expect(await verifyShopLists(ownerSql, villageId)).toEqual({
      table: 'stocktake',
      row: `number ${made?.stocktakeId}`,
      sentence: 'it is posted, but no act says so',
    });
    await ownerSql`delete from stocktake where operation_id = 'NOSUCHOPERATION'`;
  });

  test('two tills and the last item while a count is posted: nothing falls below nothing', async () => {
    const before = (await onHand()).get('GR001') ?? 0;
    const stocktakeId = await counted({ GR001: before - 1 });
    const [posted, ...taken] = await Promise.all([
      postStocktake(world.db, { villageId, personId: supervisorId(), stocktakeId, today }),
      redeem('till-1', 'GR001', 1, cards.单小花),
      redeem('till-2', 'GR001', 1, cards.曾有田),
    ]);
    const out = taken.filter((outcome) => !('refused' in outcome)).length;
    const left = (await onHand()).get('GR001') ?? 0;
    if ('refused' in posted) {
      // What was counted as missing went over the counter meanwhile.
      expect(posted).toEqual({ refused: 'count_again', goods: 'GR001' });
      expect(left).toBe(before - out);
      await must(moveOn(world.db.sql, { villageId, personId: managerId(), stocktakeId }, 'abandon'));
    } else {
      expect(left).toBe(1 - out);
      expect(out).toBeLessThanOrEqual(1);
    }
    await checkWorld(world.database.ownerSql);
  });

  test('a scanner counts piece by piece, and what was handed out in between is counted anew', async () => {
    const manager = await world.browser(people.manager);
    const opened = await manager.submit(`${base}/stocktakes`, { kind: 'monthly', secondCounter: '李会计' });
    const one = String(opened.headers.location);
    expect((await manager.get(one)).body).toMatch(/<input [^>]*name="code"[^>]*data-scan/);
    const [goods] = await world.db.sql<{ barcode: string }[]>`
      select barcode
        from goods
       where village_id = ${villageId}
         and code = 'WA003'`;
    const barcode = goods?.barcode ?? '';
    const scan = (fields: Record<string, string>) => manager.submit(`${one}/counts`, fields);
    const first = await scan({ code: barcode });
    expect([first.statusCode, first.headers.location]).toEqual([303, `${one}?scanned=WA003`]);
    // An input method was on, and eleven more of it stand in a box.
    await scan({ code: `１１*${barcode}`, 'counted.WA003': '1' });
    const shown = await manager.get(`${one}?scanned=WA003`);
    expect(shown.body).toContain('数到 12');
    expect(findHtmlFaults(shown.body)).toEqual([]);
    const unknown = await scan({ code: '00000000', 'counted.WA003': '12' });
    expect(unknown.statusCode).toBe(422);
    expect(unknown.body).toContain('没有这个条码的货');
    await must(redeem('while it is scanned', 'WA003', 1));
    const moved = await scan({ code: 'wa003', 'counted.WA003': '12' });
    expect([moved.statusCode, moved.body.includes('请重新数一遍')]).toEqual([422, true]);
    const [line] = await world.db.sql<{ counted: number }[]>`
      select counted
        from stocktake_line
       where village_id = ${villageId}
         and stocktake_id = ${Number(one.split('/').at(-1))}`;
    expect(line?.counted).toBe(12);
    await manager.submit(`${one}/abandonments`, {});
  });

  test('through the API, and an abandoned count changes nothing', async () => {
    const token = await world.apiToken(people.manager);
    const call = (url: string, payload?: object) =>
      world.app.inject({
        method: payload === undefined ? 'GET' : 'POST',
        url: `/api/v1${base}/stocktakes${url}`,
        ...(payload && { payload }),
        headers: { authorization: `Bearer ${token}` },
      });
    const before = await onHand();
    const { stocktakeId } = (await call('', { kind: 'yearly', secondCounter: '李会计' })).json<{
      stocktakeId: number;
    }>();
    const saved = await call(`/${stocktakeId}/counts`, { counts: [{ code: 'WA003', counted: 0 }] });
    expect(saved.json()).toEqual({ saved: 1 });
    expect((await call(`/${stocktakeId}/postings`, {})).statusCode).toBe(409);
    expect((await call(`/${stocktakeId}/steps`, { step: 'abandon' })).statusCode).toBe(201);
    expect((await call('')).json<{ items: object[] }>().items[0]).toMatchObject({ state: 'abandoned', seq: null });
    expect((await call('/999/steps', { step: 'abandon' })).statusCode).toBe(404);
    expect(await onHand()).toEqual(before);
  });
});
