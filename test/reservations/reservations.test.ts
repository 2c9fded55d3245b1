import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeHousehold, expirePoints, openCards, registerHouseholds, villagerGroups } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods, setTerms, shelf } from '../../src/goods/index.ts';
import { reverseActs, verifyBooks } from '../../src/ledger/index.ts';
import { foundVillage } from '../../src/oversight/index.ts';
import { findRegion } from '../../src/people/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import {
  decideHolding,
  keptUntil,
  nextState,
  type ReservationEvent,
  type ReservationState,
  stateOf,
} from '../../src/reservations/decide-reservation.ts';
import {
  cancelReservation,
  handOver,
  lapseReservations,
  reserveGoods,
  verifyReservations,
} from '../../src/reservations/index.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { recordedAt } from '../support/another-day.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, townshipCode, willowCode } from '../support/cast.ts';
import { phonePhoto } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

const NO = null;

const STATES: Record<ReservationState, Record<ReservationEvent, ReservationState | null>> = {
  basket: { hold: 'held', hand_over: NO, cancel: NO, lapse: NO, close: NO },
  held: { hold: NO, hand_over: 'handed_over', cancel: 'cancelled', lapse: 'lapsed', close: NO },
  handed_over: { hold: NO, hand_over: NO, cancel: NO, lapse: NO, close: 'closed' },
  closed: { hold: NO, hand_over: NO, cancel: NO, lapse: NO, close: NO },
  cancelled: { hold: NO, hand_over: NO, cancel: NO, lapse: NO, close: NO },
  lapsed: { hold: NO, hand_over: NO, cancel: NO, lapse: NO, close: NO },
};

describe('every state of a reservation and everything that may happen to it', () => {
  const cases = Object.entries(STATES).flatMap(([state, events]) =>
    Object.entries(events).map(([event, next]) => [state, event, next] as const),
  );
  test.each(cases)('%s, %s: %s', (state, event, next) => {
    const outcome = nextState(state as ReservationState, event as ReservationEvent);
    expect(outcome).toEqual(next === null ? { refused: 'reservation_over', state } : { state: next });
  });

  test.each([
    ['held', null, null],
    ['cancelled', 'cancelled', null],
    ['lapsed', 'lapsed', null],
    ['handed_over', 'fetched', '2026-11-22'],
    ['closed', 'fetched', '2026-11-21'],
  ] as const)('the acts say that it is %s', (state, cause, fetchedOn) => {
    expect(stateOf({ cause, fetchedOn }, '2026-11-22')).toBe(state);
  });

  test('kept no longer than the village keeps it, nor than the goods are good', () => {
    expect(keptUntil('2026-12-07', [null, '2099-01-01'])).toBe('2026-12-07');
    expect(keptUntil('2026-12-07', ['2026-11-30', '2026-12-01', null])).toBe('2026-11-30');
  });

  test.each([
    [null, { isByHousehold: false, mayHouseholds: false, heldCount: 2 }],
    [{ refused: 'households_do_not_reserve' }, { isByHousehold: true, mayHouseholds: false, heldCount: 3 }],
    [
      { refused: 'too_many_reservations', most: 3 },
      { isByHousehold: true, mayHouseholds: true, heldCount: 3 },
    ],
  ])('%j', (refusal, basis) => {
    expect(decideHolding(basis)).toEqual(refusal);
  });
});

describe('in a village', () => {
  const base = `/villages/${willowCode}`;
  const today = villageDay(new Date());
  let world: TestApp;
  let villageId: number;
  let managerId: number;
  let keys = 0;

  beforeAll(async () => {
    world = await createTestApp();
    const [found] = await world.db.sql<{ villageId: number; managerId: number }[]>`
      select region_id as "villageId",
             (select person_id from person where username = ${people.manager}) as "managerId"
        from region
       where code = ${willowCode}`;
    villageId = found?.villageId ?? 0;
    managerId = found?.managerId ?? 0;
  });

  afterAll(() => world.close());

  const by = () => {
    keys += 1;
    return { villageId, idempotencyKey: `key-${keys}`, recordedBy: managerId, today };
  };
  const lines = (code: string, quantity = 1) => [{ code, quantity }];
  const reserve = (card: string, code: string, quantity = 1) =>
    reserveGoods(world.db, { ...by(), card, lines: lines(code, quantity), isByHousehold: false });
  const seqOf = (outcome: { acts: { seq: number }[] }) => outcome.acts[0]?.seq ?? 0;
  const balance = async (card: string) => {
    const [row] = await world.db.sql<{ centipoints: number }[]>`
      select balance_centipoints as centipoints
        from account
        join card on card.village_id = account.village_id and card.household_id = account.holder_id
       where card.number = ${card}
         and account.kind = 'spendable'`;
    return row?.centipoints ?? 0;
  };
  const onShelf = async (code: string) =>
    (await shelf(world.db.sql, villageId, today)).find((item) => item.code === code)?.quantityOnHand ?? 0;

  test('reserved at the desk, shown on card and shelf, fetched at the price of that day with a slip', async () => {
    const manager = await world.browser(people.manager);
    const { ownerSql } = world.database;
    const page = await manager.get(`${base}/reservations/new?card=${cards.赵满仓}`);
    expect(findHtmlFaults(page.body)).toEqual([]);
    const bad = await manager.submit(`${base}/reservations`, { card: '12', goods: ['', ''], count: ['1', ''] });
    expect([bad.statusCode, bad.body.includes('请至少选一样东西')]).toEqual([422, true]);
    const idempotencyKey = /name="idempotencyKey" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const [riceBefore, pointsBefore] = [await onShelf('GR001'), await balance(cards.赵满仓)];
    const form = { card: '赵满仓', goods: ['GR001', ''], count: ['2', ''], idempotencyKey };
    const which = await manager.submit(`${base}/reservations`, { ...form, card: '王建国' });
    expect([which.statusCode, findHtmlFaults(which.body), which.body.includes('有几户都像')]).toEqual([422, [], true]);
    expect(which.body).toContain(`value="${cards.王建国二}"`);
    const reserved = await manager.submit(`${base}/reservations`, form);
    expect(reserved.statusCode).toBe(303);
    // A second press of the same form reserves nothing more.
    expect((await manager.submit(`${base}/reservations`, form)).headers.location).toBe(reserved.headers.location);
    const one = String(reserved.headers.location);
    const price = (await shelf(world.db.sql, villageId, today)).find(({ code }) => code === 'GR001')?.priceCentipoints;
    const spent = 2 * (price ?? 0);
    expect(await onShelf('GR001')).toBe(riceBefore - 2);
    expect(await balance(cards.赵满仓)).toBe(pointsBefore - spent);
    await checkWorld(ownerSql);

    const shown = await manager.get(one);
    expect(findHtmlFaults(shown.body)).toEqual([]);
    expect(shown.body).toContain('已预留');
    for (const list of ['shelf', 'goods']) {
      expect((await manager.get(`${base}/${list}`)).body).toContain('另有 2 袋已预留');
    }
    const packing = await manager.get(`${base}/reservations/packing`);
    expect(findHtmlFaults(packing.body)).toEqual([]);
    expect(packing.body).toContain('东头组，1 包');
    const [card] = await ownerSql<{ token: string }[]>`select token from card where number = ${cards.赵满仓}`;
    const own = await (await world.browser()).get(`/C/${card?.token}`);
    expect(own.body).toContain('已预留，先占用');
    expect(own.body).toContain('预留占用');
    const statement = await (await world.browser()).get(`/C/${card?.token}/statement`);
    expect(statement.body).toContain('预留占用');

    // From tomorrow on it is dearer; who reserved pays what it cost then.
    await ownerSql`update goods set price_centipoints = price_centipoints + 100 where code = 'GR001'`;
    await manager.get(one);
    const fetched = await manager.submit(`${one}/deliveries`, { idempotencyKey: 'fetch' });
    expect(fetched.statusCode).toBe(303);
    await ownerSql`update goods set price_centipoints = price_centipoints - 100 where code = 'GR001'`;
    const redemption = String(fetched.headers.location);
    expect(redemption).toContain('/redemptions/');
    expect((await manager.get(`${redemption}/slip`)).statusCode).toBe(200);
    expect(await onShelf('GR001')).toBe(riceBefore - 2);
    expect(await balance(cards.赵满仓)).toBe(pointsBefore - spent);
    expect((await manager.submit(`${one}/deliveries`, { idempotencyKey: 'fetch' })).headers.location).toBe(redemption);
    expect((await manager.submit(`${one}/deliveries`, { idempotencyKey: 'again' })).statusCode).toBe(409);
    expect((await manager.submit(`${one}/cancellations`, {})).statusCode).toBe(409);
    expect((await manager.get(`${base}/reservations/packing`)).body).toContain('✓ 第');
    const record = (await (await world.browser()).get(`${base}/acts`)).body;
    expect(record).toContain('预留 大米');
    expect(record).toContain('的东西来取了');
    expect((await (await world.browser()).get(`/C/${card?.token}`)).body).not.toContain('预留占用');
    await checkWorld(ownerSql);

    // The exchange is one like any other, and so is its reversal; the reservation itself has none.
    const operationId = redemption.split('/').at(-1) ?? '';
    const [hold] = [Number(one.split('/').at(-1))];
    const reversal = { ...by(), reason: '拿错了' };
    expect(await reverseActs(world.db, { ...reversal, which: { seq: hold } })).toMatchObject({
      refused: 'reservation_stays',
    });
    await must(reverseActs(world.db, { ...reversal, which: { operationId } }));
    expect(await onShelf('GR001')).toBe(riceBefore);
    expect(await balance(cards.赵满仓)).toBe(pointsBefore);
    expect(await verifyBooks(ownerSql, { villageId })).toMatchObject({ moves: expect.any(Number) });
    await checkWorld(ownerSql);
  });

  test('the last kettle: counter against reservation, and one wins', async () => {
    const counter = { ...by(), card: cards.单小花, lines: lines('AP001') };
    await world.database.ownerSql`update goods set price_centipoints = 100 where code = 'AP001'`;
    const outcomes = await Promise.all([
      redeemGoods(world.db, counter),
      reserve(cards.曾有田, 'AP001'),
      reserve(cards.曾有田, 'AP001'),
    ]);
    expect(outcomes.filter((outcome) => !('refused' in outcome))).toHaveLength(1);
    expect(outcomes.filter((outcome) => 'refused' in outcome && outcome.refused === 'out_of_stock')).toHaveLength(2);
    expect(await onShelf('AP001')).toBe(0);
    const [winner] = outcomes.filter((outcome) => !('refused' in outcome));
    if (winner && 'acts' in winner && winner.acts[0]?.type === 'points.hold') {
      await must(cancelReservation(world.db, { ...by(), seq: seqOf(winner) }));
    }
    await checkWorld(world.database.ownerSql);
  });

  test('what nobody fetched goes back by itself, once, whoever comes at the same moment', async () => {
    const [riceBefore, pointsBefore] = [await onShelf('GR001'), await balance(cards.王建国)];
    const seqs: number[] = [];
    for (let round = 0; round < 3; round += 1) seqs.push(seqOf(await must(reserve(cards.王建国, 'GR001'))));
    expect(await reserve(cards.王建国, 'GR001')).toEqual({ refused: 'too_many_reservations', most: 3 });
    const paid = (pointsBefore - (await balance(cards.王建国))) / 3;
    expect(await lapseReservations(world.db, { villageId, today: addDays(today, 15) })).toBe(0);
    const [fetchedSeq = 0, cancelledSeq = 0, lapsedSeq = 0] = seqs;
    const rivals = await Promise.all([
      handOver(world.db, { ...by(), seq: fetchedSeq }),
      cancelReservation(world.db, { ...by(), seq: fetchedSeq }),
      handOver(world.db, { ...by(), seq: fetchedSeq }),
    ]);
    expect(rivals.filter((outcome) => !('refused' in outcome))).toHaveLength(1);
    expect(rivals.flatMap((outcome) => ('refused' in outcome ? [outcome.refused] : []))).toEqual([
      'reservation_over',
      'reservation_over',
    ]);
    const wasFetched = rivals.some((outcome) => 'acts' in outcome && outcome.acts[0]?.type === 'points.redeem');
    await must(cancelReservation(world.db, { ...by(), seq: cancelledSeq }));
    await checkWorld(world.database.ownerSql);

    // Sixteen days later: the round against somebody who comes at last.
    const later = addDays(today, 16);
    const [lapsed, late] = await recordedAt(world.database, `${later}T04:00:00Z`, (db) =>
      Promise.all([
        lapseReservations(db, { villageId, today: later }),
        handOver(db, { ...by(), seq: lapsedSeq, today: later }),
      ]),
    );
    const cameInTime = !('refused' in late);
    expect(lapsed).toBe(cameInTime ? 0 : 1);
    const out = Number(wasFetched) + Number(cameInTime);
    expect(await onShelf('GR001')).toBe(riceBefore - out);
    expect(await balance(cards.王建国)).toBe(pointsBefore - out * paid);
    expect(await lapseReservations(world.db, { villageId, today: later })).toBe(0);
    await checkWorld(world.database.ownerSql);
  });

  test('goods that were given up before their last day was over are found', async () => {
    const kept = seqOf(await must(reserve(cards.王建国, 'GR001')));
    const over = addDays(today, 16);
    // The first moment of the day after.
    const lapsed = await recordedAt(world.database, `${addDays(over, -1)}T16:00:00Z`, (db) =>
      lapseReservations(db, { villageId, today: over }),
    );
    expect(lapsed).toBe(1);
    expect(await verifyReservations(world.db.sql, villageId)).toBeNull();
    const undone = world.database.ownerSql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`
        update act
           set recorded_at = recorded_at - interval '1 second'
         where village_id = ${villageId}
           and reverses_seq = ${kept}`;
      expect(await verifyReservations(tx, villageId)).toMatchObject({
        table: 'act',
        sentence: `it gives up goods that are kept until ${addDays(over, -1)}`,
      });
      throw new Error('nothing of it stays');
    });
    await expect(undone).rejects.toThrow('nothing of it stays');
  });

  test('a household reserves from its card where the village lets it, and only its own is its own', async () => {
    const { ownerSql } = world.database;
    const tokens = await ownerSql<{ number: string; token: string }[]>`select number, token from card`;
    const tokenOf = (number: string) => tokens.find((card) => card.number === number)?.token ?? '';
    const browser = await world.browser();
    const address = `/C/${tokenOf(cards.单小花)}/reservations`;
    const closed = await browser.get(address);
    expect(closed.body).toContain('现在没有给您留着的东西');
    const form = { goods: ['WA003'], count: ['1'], idempotencyKey: 'own' };
    // The page has no form yet, so the token comes from another one.
    await browser.get(`/C/${tokenOf(cards.单小花)}/claims/new`);
    const refused = await browser.submit(address, form);
    expect([refused.statusCode, refused.body.includes('没有开通自己预留')]).toEqual([403, true]);
    await must(changeSettings(world.db, { ...by(), wanted: { householdsReserve: true }, reason: '代表会议' }));
    const open = await browser.get(address);
    expect(findHtmlFaults(open.body)).toEqual([]);
    expect((await browser.submit(address, form)).statusCode).toBe(303);
    const mine = await browser.get(address);
    const seq = /name="seq" value="?(\d+)/.exec(mine.body)?.[1] ?? '';
    expect(seq).not.toBe('');
    const other = await world.browser();
    const elsewhere = `/C/${tokenOf(cards.王建国二)}/reservations`;
    await other.get(elsewhere);
    expect((await other.submit(`${elsewhere}/cancellations`, { seq })).statusCode).toBe(404);
    const given = await browser.submit(`${address}/cancellations`, { seq });
    const after = await browser.get(String(given.headers.location));
    expect(after.body).toContain('占用的积分已经退回');
    expect(after.body).toContain('现在没有给您留着的东西');
    await ownerSql`
      insert into card_pin (village_id, household_id, pin_hash)
      select village_id, household_id, ''
        from card
       where number = ${cards.单小花}`;
    const asked = await browser.submit(address, { ...form, idempotencyKey: 'with-digits' });
    expect(asked.body).toContain('密码');
    await ownerSql`delete from card_pin`;
    await checkWorld(ownerSql);
  });

  test('a household with something kept is not merged or left by its last member; a limit counts what is kept', async () => {
    const held = await must(reserve(cards.王建国二, 'GR001'));
    const change = { kind: 'merger', card: cards.王建国二, into: cards.王建国, reason: '一起过' } as const;
    expect(await changeHousehold(world.db, { ...by(), change })).toMatchObject({ refused: 'goods_held', count: 1 });
    const departure = { kind: 'departure', card: cards.王建国二, leaving: 1, newHead: null, reason: '搬走' } as const;
    expect(await changeHousehold(world.db, { ...by(), change: departure })).toMatchObject({ refused: 'goods_held' });
    await must(changeSettings(world.db, { ...by(), wanted: { quotasHold: true }, reason: '代表会议' }));
    const terms = { code: 'GR001', monthMax: 1, yearMax: null, reorder: null };
    await must(setTerms(world.db, { ...by(), ...terms, reason: '代表会议' } as Parameters<typeof setTerms>[1]));
    expect(await reserve(cards.王建国二, 'GR001')).toMatchObject({ refused: 'month_quota_reached', taken: 1 });
    await must(cancelReservation(world.db, { ...by(), seq: seqOf(held) }));
    await must(cancelReservation(world.db, { ...by(), seq: seqOf(await must(reserve(cards.王建国二, 'GR001'))) }));
    await checkWorld(world.database.ownerSql);
  });

  test('through the API', async () => {
    const call = async (who: string, method: 'GET' | 'POST', url: string, payload?: object) =>
      world.app.inject({
        method,
        url: `/api/v1${base}/reservations${url}`,
        ...(payload && { payload }),
        headers: { authorization: `Bearer ${await world.apiToken(who)}` },
      });
    const body = { card: cards.王建国二, lines: [{ goods: 'WA003', quantity: 1 }] };
    expect((await call(people.supervisor, 'POST', '', body)).statusCode).toBe(403);
    const made = await call(people.manager, 'POST', '', body);
    expect(made.statusCode).toBe(201);
    const { seq } = made.json<{ seq: number }>();
    const list = await call(people.supervisor, 'GET', '');
    expect(list.json<{ items: object[] }>().items[0]).toMatchObject({ seq, state: 'held', card: cards.王建国二 });
    expect((await call(people.manager, 'POST', `/${seq}/deliveries`, {})).statusCode).toBe(201);
    expect((await call(people.manager, 'POST', `/${seq}/cancellations`, {})).json()).toMatchObject({
      code: 'reservation_over',
    });
    expect((await call(people.manager, 'POST', '/999999/cancellations', {})).statusCode).toBe(404);
    await checkWorld(world.database.ownerSql);
  });

  test('a photo confirms who fetched what was kept, with the word of whoever is on it', async () => {
    const manager = await world.browser(people.manager);
    const address = `${base}/reservations/${seqOf(await must(reserve(cards.王建国二, 'WA003')))}`;
    const shown = await manager.get(address);
    expect(findHtmlFaults(shown.body)).toEqual([]);
    expect(shown.body).toContain('name="photoConsent"');
    const pictures = [{ content: await phonePhoto({ width: 300, height: 200, hue: 120 }) }];
    const form = { idempotencyKey: 'fetched with a photo' };
    const silent = await manager.upload(`${address}/deliveries`, form, pictures);
    expect(silent.statusCode).toBe(422);
    expect(silent.body).toContain('value="fetched with a photo"');
    const done = await manager.upload(`${address}/deliveries`, { ...form, photoConsent: 'yes' }, pictures);
    expect(done.statusCode, done.body).toBe(303);
    const slip = await manager.get(String(done.headers.location));
    const href = /src="([^"]+\/photos\/[A-Z2-9]{16})"/.exec(slip.body)?.[1] ?? '';
    expect((await manager.get(href)).statusCode).toBe(200);
    await checkWorld(world.database.ownerSql);
  });

  test('points that are put aside do not expire meanwhile, and come back as old as they were', async () => {
    const { sql } = world.db;
    const township = await findRegion(sql, townshipCode);
    const { villageId: pine } = await sql.begin((tx) =>
      must(
        foundVillage(tx, {
          code: '990100001003',
          name: '松树村',
          townshipId: township?.regionId ?? 0,
          isMadeUp: true,
          groups: ['一组'],
          terms: { openingCentipoints: 10_000, fenPerPoint: 300, earnedMonths: 24, openingMonths: 12 },
          recordedBy: managerId,
          foundedOn: '2026-01-05',
        }),
      ),
    );
    const [group] = await villagerGroups(sql, pine);
    const draft = { groupId: group?.groupId ?? 0, memberCount: 3, phone: null, headName: '林松年' };
    const [card = ''] = await registerHouseholds(sql, pine, [draft]);
    const on = (day: string) => ({ ...by(), villageId: pine, today: day, occurredOn: day });
    await must(openCards(world.db, { ...on('2026-01-10'), cards: [card] }));
    const source = { kind: 'purchase', name: '' } as const;
    await must(receiveGoods(world.db, { ...on('2026-01-10'), source, lines: lines('WA003', 5) }));
    const asked = { card, lines: lines('WA003'), isByHousehold: false };
    const held = await must(reserveGoods(world.db, { ...on('2027-01-05'), ...asked }));
    const kept = 10_000 - (await balance(card));
    expect(kept).toBeGreaterThan(0);
    // A year after the opening all that is left is too old; what is put aside is not touched.
    await must(expirePoints(world.db, on('2027-01-10')));
    expect(await balance(card)).toBe(0);
    await must(cancelReservation(world.db, { ...on('2027-01-11'), seq: seqOf(held) }));
    expect(await balance(card)).toBe(kept);
    await checkWorld(world.database.ownerSql);
    // As old as it was: the next sweep says so in an act of its own.
    await must(expirePoints(world.db, on('2027-01-12')));
    expect(await balance(card)).toBe(0);
    expect(await verifyBooks(world.database.ownerSql, { villageId: pine })).toMatchObject({ moves: 3 });
    await checkWorld(world.database.ownerSql);
  });
});
