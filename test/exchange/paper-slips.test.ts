/** Exchanges on numbered paper, entered afterwards: once for each number, with two names, at the prices of their day. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Leaf } from '../../src/audit/leaf.ts';
import { openShop } from '../../src/audit/shop.ts';
import { decidePaperSlip } from '../../src/exchange/decide-paper-slip.ts';
import { redeemOnPaper } from '../../src/exchange/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, FOUNDED_ON, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const PAPER = { slip: 12, day: '2026-11-20', handedOutBy: '李某', witness: '周某' };
const BASIS = { today: '2026-11-22', foundedOn: '2026-09-01', rateChangedOn: null, usedBySeq: null };

describe('a slip', () => {
  test.each([
    ['is taken', {}, {}, { facts: { paper: 12 }, disclosed: { confirmedBy: '李某、周某' } }],
    ['of tomorrow', { day: '2026-11-23' }, {}, { refused: 'date_in_future', occurredOn: '2026-11-23' }],
    ['of a month ago', { day: '2026-10-22' }, {}, { facts: { paper: 12 } }],
    ['of more than a month ago', { day: '2026-10-21' }, {}, { refused: 'paper_slip_too_old', days: 31 }],
    ['from before the village', {}, { foundedOn: '2026-11-21' }, { refused: 'paper_slip_too_old', days: 31 }],
    ['that was used', {}, { usedBySeq: 7 }, { refused: 'paper_slip_used', slip: 12, seq: 7 }],
    ['of one person', { witness: '李某' }, {}, { refused: 'paper_slip_one_person' }],
  ])('%s', (_, paper, basis, outcome) => {
    expect(decidePaperSlip({ ...PAPER, ...paper }, { ...BASIS, ...basis })).toMatchObject(outcome);
  });
});

test('the verifier from outside finds a number that stands in the record twice', () => {
  const shop = openShop();
  const leaf = { type: 'points.redeem', occurred: '2026-11-20', at: '2026-11-20T02:00:00.000Z', goods: [], paper: 12 };
  shop.enter(leaf as unknown as Leaf, 7);
  expect(() => shop.enter(leaf as unknown as Leaf, 9)).toThrow('its paper slip 12 stands behind number 7 already');
});

describe('in a village', () => {
  let world: TestApp;
  let villageId: number;
  let manager: TestBrowser;

  beforeAll(async () => {
    world = await createTestApp();
    villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
    manager = await world.browser(people.manager);
  });

  afterAll(() => world.close());

  const today = addDays(FOUNDED_ON, 3);
  const on = (slip: number, key = crypto.randomUUID()) => ({
    villageId,
    idempotencyKey: key,
    recordedBy: 1,
    today,
    card: cards.赵满仓,
    lines: [{ code: 'WA003', quantity: 1 }],
    paper: { slip, day: addDays(FOUNDED_ON, 1), handedOutBy: '李某', witness: '周某' },
  });

  test('it counts for the day on the paper, and everybody can see that it was on paper', async () => {
    const { acts } = await must(redeemOnPaper(world.db, on(1)));
    const [act] = await world.db.sql<{ day: string; facts: unknown }[]>`
      select occurred_on as day,
             facts
        from act
       where village_id = ${villageId}
         and seq = ${acts[0]?.seq ?? 0}`;
    expect(act).toMatchObject({ day: addDays(FOUNDED_ON, 1), facts: { paper: 1 } });
    const seen = await (await world.browser()).get(`/villages/${willowCode}/acts/${acts[0]?.seq}`);
    expect(seen.body).toContain('纸条 1 号');
    expect(seen.body).not.toContain('周某');
    await checkWorld(world.database.ownerSql);
  });

  test('a number is used once, also by two at once; a repeat of the same press is answered as the first time', async () => {
    const key = crypto.randomUUID();
    const first = await must(redeemOnPaper(world.db, on(2, key)));
    expect(await must(redeemOnPaper(world.db, on(2, key)))).toMatchObject({ operationId: first.operationId });
    expect(await redeemOnPaper(world.db, on(2))).toMatchObject({ refused: 'paper_slip_used', slip: 2 });
    const both = await Promise.all([redeemOnPaper(world.db, on(3)), redeemOnPaper(world.db, on(3))]);
    expect(both.filter((outcome) => 'refused' in outcome)).toEqual([
      expect.objectContaining({ refused: 'paper_slip_used', slip: 3 }),
    ]);
    await checkWorld(world.database.ownerSql);
  });

  test('a program enters it and learns which numbers are missing', async () => {
    const url = `/api/v1/villages/${willowCode}/paper-slips`;
    const headers = { authorization: `Bearer ${await world.apiToken(people.manager)}`, 'idempotency-key': 'slip five' };
    const day = villageDay(new Date());
    const payload = {
      slip: 5,
      day,
      handedOutBy: '李某',
      witness: '周某',
      card: cards.赵满仓,
      lines: [{ goods: 'WA003', quantity: 1 }],
    };
    const done = await world.app.inject({ method: 'POST', url, headers, payload });
    expect(done.statusCode, done.body).toBe(201);
    expect(done.json()).toMatchObject({ card: cards.赵满仓, spentCentipoints: 300 });
    expect((await world.app.inject({ method: 'POST', url, headers, payload })).json()).toEqual(done.json());
    const again = { ...headers, 'idempotency-key': 'slip five again' };
    const twice = await world.app.inject({ method: 'POST', url, headers: again, payload });
    expect([twice.statusCode, twice.json<{ code: string }>().code]).toEqual([409, 'paper_slip_used']);
    const alone = { ...payload, slip: 6, witness: '李某' };
    expect((await world.app.inject({ method: 'POST', url, headers: again, payload: alone })).statusCode).toBe(422);
    expect((await world.app.inject({ url, headers })).json()).toEqual({ missing: [4], next: 6 });
    // Too many digits on one slip: as many are listed as anybody reads.
    const far = { ...headers, 'idempotency-key': 'slip far away' };
    const typed = await world.app.inject({
      method: 'POST',
      url,
      headers: far,
      payload: { ...payload, slip: 999_999_999 },
    });
    expect(typed.statusCode, typed.body).toBe(201);
    const { missing, next } = (await world.app.inject({ url, headers })).json<{ missing: number[]; next: number }>();
    expect([missing.length, missing[0], missing[1], next]).toEqual([60, 4, 6, 1_000_000_000]);
    expect((await world.app.inject({ method: 'POST', url, payload })).statusCode).toBe(401);
    await checkWorld(world.database.ownerSql);
  });

  test('the form keeps what was typed, shows what the press takes, and takes it', async () => {
    const form = `/villages/${willowCode}/paper-slips`;
    await manager.get(`${form}/new`);
    const typed = {
      idempotencyKey: crypto.randomUUID(),
      slip: '9',
      day: villageDay(new Date()),
      card: '单小花',
      'code.0': 'WA003',
      'quantity.0': '1',
      handedOutBy: '李某',
      witness: '李某',
    };
    const one = await manager.submit(form, typed);
    expect(one.statusCode).toBe(422);
    expect(one.body).toContain('不能是同一个人');
    expect(one.body).toContain('value="单小花"');
    const which = await manager.submit(form, { ...typed, card: '王建国' });
    expect([which.statusCode, which.body.includes('有几户都像')]).toEqual([422, true]);
    expect(which.body).toContain(`value="${cards.王建国二}"`);
    const two = { ...typed, card: 'sxh', witness: '周某' };
    const shown = await manager.submit(form, two);
    expect(shown.body).toMatch(/补录：用 [\d.]+ 分，剩 [\d.]+ 分/);
    const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(shown.body)?.[1] ?? '';
    const seen = { confirmed: 'yes', quoted: hidden('quoted'), seen: hidden('seen') };
    const other = await manager.submit(form, { ...two, ...seen, card: '赵满仓' });
    expect(other.statusCode).toBe(200);
    const done = await manager.submit(form, { ...two, ...seen });
    expect(done.statusCode).toBe(303);
    expect((await manager.get(done.headers.location ?? '')).body).toContain('写在纸条 9 号上');
    expect((await manager.get(`${form}/new`)).body).toContain('4、6、7、8');
    await checkWorld(world.database.ownerSql);
  });
});
