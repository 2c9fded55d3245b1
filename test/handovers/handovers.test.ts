import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  decideOpening,
  decideSigning,
  type HandoverEvent,
  type HandoverState,
  nextState,
} from '../../src/handovers/decide-handover.ts';
import {
  dueHandovers,
  listOpenItems,
  openHandover,
  signHandover,
  verifyHandovers,
  waiveHandover,
} from '../../src/handovers/index.ts';
import { appoint, hashPassword } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { recordFinding } from '../../src/problems/index.ts';
import { moveOn, openStocktake, postStocktake, saveCounts } from '../../src/stocktakes/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { must, PASSWORD, people, poplarCode, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const NO = null;

const STATES: Record<HandoverState, Record<HandoverEvent, HandoverState | null>> = {
  opened: { count: 'counted', list: NO, sign: NO, complete: NO, cancel: 'cancelled', waive: 'waived' },
  counted: { count: NO, list: 'listed', sign: NO, complete: NO, cancel: 'cancelled', waive: 'waived' },
  listed: { count: NO, list: 'listed', sign: 'listed', complete: 'complete', cancel: 'cancelled', waive: 'waived' },
  complete: { count: NO, list: NO, sign: NO, complete: NO, cancel: NO, waive: NO },
  cancelled: { count: NO, list: NO, sign: NO, complete: NO, cancel: NO, waive: NO },
  waived: { count: NO, list: NO, sign: NO, complete: NO, cancel: NO, waive: NO },
};

describe('every state of a handover and everything that may happen to it', () => {
  const cases = Object.entries(STATES).flatMap(([state, events]) =>
    Object.entries(events).map(([event, next]) => [state, event, next] as const),
  );
  test.each(cases)('%s, %s: %s', (state, event, next) => {
    const outcome = nextState(state as HandoverState, event as HandoverEvent);
    expect(outcome).toEqual(next === null ? { refused: 'handover_not_so_far', state } : { state: next });
  });
});

describe('who may hand over to whom', () => {
  const basis = { fromHolds: true, toHolds: true, hasEverHadGoods: true, isUnderWay: false };
  const pair = { fromPersonId: 1, toPersonId: 2 };
  test.each([
    ['handover_needs_two', { ...basis, fromHolds: false }, pair, 1],
    ['handover_needs_two', { ...basis, toHolds: false }, pair, 1],
    ['handover_needs_two', { ...basis, hasEverHadGoods: false }, { fromPersonId: 1, toPersonId: 1 }, 1],
    ['not_your_handover', { ...basis, hasEverHadGoods: false }, pair, 3],
    ['handover_nothing_there', { ...basis, hasEverHadGoods: false, isUnderWay: true }, pair, 2],
    ['handover_open_already', { ...basis, isUnderWay: true }, pair, 2],
  ] as const)('%s', (refused, given, between, personId) => {
    expect(decideOpening(given, between, personId)).toEqual({ refused });
  });

  test('a signature is under the list that was read, by one of the two', () => {
    const listed = { state: 'listed', fromPersonId: 1, toPersonId: 2, listedAt: 'then' } as const;
    expect(decideSigning(listed, 2, 'then')).toEqual({ state: 'listed' });
    expect(decideSigning(listed, 3, 'then')).toEqual({ refused: 'not_your_handover' });
    expect(decideSigning(listed, 1, 'before')).toEqual({ refused: 'handover_list_changed' });
    expect(decideSigning({ ...listed, state: 'counted' }, 1, 'then')).toEqual({
      refused: 'handover_not_so_far',
      state: 'counted',
    });
  });
});

describe('in a village', () => {
  const base = `/villages/${willowCode}`;
  const today = villageDay(new Date());
  let world: TestApp;
  let villageId: number;
  let managerId: number;
  let successorId: number;
  let thirdId: number;

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

  async function employ(username: string, displayName: string): Promise<number> {
    const passwordHash = await hashPassword(PASSWORD);
    const draft = { username, displayName, role: 'manager', regionId: villageId } as const;
    const more = { startsOn: today, mustChangePassword: false };
    return (await world.db.sql.begin((tx) => must(appoint(tx, { ...draft, ...more }, passwordHash)))).personId;
  }

  /** By the two, of everything as it is; somebody else looks at nothing, for nothing differs. */
  async function count(stocktakeId: number, personId: number): Promise<void> {
    const asker = { villageId, personId, stocktakeId };
    const counts = await world.db.sql<{ code: string; counted: number }[]>`
      select code,
             sum(quantity_on_hand)::integer as counted
        from stock_lot
        join goods using (village_id, goods_id)
       where village_id = ${villageId}
       group by code`;
    await must(saveCounts(world.db.sql, { ...asker, counts: [...counts] }));
    await must(moveOn(world.db.sql, asker, 'review'));
    await must(postStocktake(world.db, { ...asker, today }));
  }

  test('counted, listed, signed by both in their own sessions, complete; until then nobody just leaves', async () => {
    const { sql } = world.db;
    expect(await dueHandovers(sql, { villageId, today })).toEqual([]);
    successorId = await employ('willow-next', '周接手');
    expect(await dueHandovers(sql, { villageId, today })).toMatchObject([{ fromName: '钱管理', toName: '周接手' }]);

    const manager = await world.browser(people.manager);
    const next = await world.browser('willow-next');
    expect((await manager.get(`${base}/desk`)).body).toContain('还没有移交给周接手，周接手今天接班');
    expect((await manager.get(`${base}/warnings`)).body).toContain('还没有移交给周接手');

    const administrator = await world.browser(people.administrator);
    const staff = await sql<{ appointmentId: number; county: string }[]>`
      select appointment_id as "appointmentId",
             (select code from region where level = 'county') as county
        from appointment
       where person_id = ${managerId}`;
    const ending = `/regions/${staff[0]?.county}/administration/people/${managerId}/endings`;
    await administrator.get(`/regions/${staff[0]?.county}/administration/people/${managerId}`);
    const refused = await administrator.submit(ending, { appointment: String(staff[0]?.appointmentId) });
    expect([refused.statusCode, refused.body.includes('还没有交')]).toEqual([409, true]);

    expect(findHtmlFaults((await manager.get(`${base}/handovers`)).body)).toEqual([]);
    const empty = await manager.submit(`${base}/handovers`, { from: `manager-${managerId}`, to: '' });
    expect([empty.statusCode, empty.body.includes('请选接手的人')]).toEqual([422, true]);
    const pair = { from: `manager-${managerId}`, to: String(successorId) };
    const opened = await manager.submit(`${base}/handovers`, pair);
    expect(opened.statusCode).toBe(303);
    const one = String(opened.headers.location);
    expect((await manager.submit(`${base}/handovers`, pair)).statusCode).toBe(409);

    await next.get(one);
    const early = await next.submit(`${one}/steps`, { step: 'list' });
    expect([early.statusCode, early.body.includes('已经不在这一步')]).toEqual([409, true]);
    // A monthly count does not count for it.
    await must(moveOn(sql, { ...(await monthly()), villageId, personId: managerId }, 'abandon'));
    const counting = await next.submit(`${one}/steps`, { step: 'count' });
    const stocktakeId = Number(String(counting.headers.location).split('/').at(-1));
    const page = await next.get(String(counting.headers.location));
    expect(page.body).toContain('移交盘点');
    expect(page.body).toContain('钱管理');
    await count(stocktakeId, successorId);

    const lock = { villageId, idempotencyKey: 'lock', recordedBy: managerId, today, what: '仓库的锁坏了' };
    await must(recordFinding(world.db, lock));
    expect((await next.submit(`${one}/steps`, { step: 'list' })).statusCode).toBe(303);
    const listed = await next.get(one);
    expect(findHtmlFaults(listed.body)).toEqual([]);
    // Which one it is, and the way to it.
    expect(listed.body).toContain(`<a href="${base}/problems/1">问题还没销号：仓库的锁坏了</a>`);
    const listedAt = /name="listedAt" value="([^"]+)"/.exec(listed.body)?.[1] ?? '';
    expect((await next.submit(`${one}/signatures`, { listedAt })).statusCode).toBe(303);
    // Listed again, what was signed is no longer what is there.
    await manager.get(one);
    expect((await manager.submit(`${one}/steps`, { step: 'list' })).statusCode).toBe(303);
    const stale = await manager.submit(`${one}/signatures`, { listedAt });
    expect([stale.statusCode, stale.body.includes('重新列过')]).toEqual([409, true]);
    const anew = /name="listedAt" value="([^"]+)"/.exec((await next.get(one)).body)?.[1] ?? '';
    expect((await next.submit(`${one}/signatures`, { listedAt: anew })).statusCode).toBe(303);
    expect((await next.get(one)).body).toContain('请另一个人登录后签字');
    expect((await manager.submit(`${one}/signatures`, { listedAt: anew })).statusCode).toBe(303);

    const done = await manager.get(one);
    expect(done.body).toContain('已交完');
    const paper = await manager.get(`${one}/certificate`);
    expect(findHtmlFaults(paper.body)).toEqual([]);
    for (const words of ['移交清册', '钱管理', '周接手', '村委会盖章', '没办完的事 1 件', '仓库的锁坏了'])
      expect(paper.body).toContain(words);
    const record = await (await world.browser()).get(`${base}/acts?kind=stock`);
    expect(record.body).toContain('管理员移交完成');
    expect(record.body).not.toContain('周接手');
    expect(await dueHandovers(sql, { villageId, today })).toEqual([]);
    expect((await manager.get(`${base}/desk`)).body).not.toContain('还没有移交给');
    await administrator.get('/account');
    const ended = await administrator.submit(ending, { appointment: String(staff[0]?.appointmentId) });
    expect(ended.statusCode).toBe(303);
    // Whoever handed it over is out at once, may still sign in, and reads why there is nothing to do.
    expect((await manager.get(`${base}/desk`)).headers.location).toContain('/sign-in');
    const former = await world.browser();
    await former.get('/sign-in');
    const again = await former.submit('/sign-in', { username: people.manager, password: PASSWORD, return: '' });
    expect(again.headers.location).toBe('/account');
    const account = (await former.get('/account')).body;
    expect([findHtmlFaults(account), /您从 \d+月\d+日 起不再担任柳树村的管理员。/.test(account)]).toEqual([[], true]);
    const desk = await former.get(`${base}/desk`);
    expect([desk.statusCode, desk.body.includes('您在柳树村的职务从')]).toEqual([403, true]);
    expect(await verifyHandovers(world.database.ownerSql, villageId)).toBeNull();
    await checkWorld(world.database.ownerSql);
  });

  async function monthly() {
    const asker = { villageId, personId: managerId, kind: 'monthly', secondCounter: '李会计' } as const;
    return must(openStocktake(world.db.sql, asker));
  }

  test('both sign at once: it is complete once', async () => {
    thirdId = await employ('willow-third', '吴再接');
    const { sql } = world.db;
    const pair = { role: 'manager', fromPersonId: successorId, toPersonId: thirdId } as const;
    const { handoverId } = await must(openHandover(sql, { villageId, personId: thirdId, ...pair, today }));
    const counting = { villageId, personId: thirdId, kind: 'handover', secondCounter: '周接手' } as const;
    const { stocktakeId } = await must(openStocktake(sql, counting));
    await count(stocktakeId, thirdId);
    await must(listOpenItems(sql, { villageId, personId: thirdId, handoverId }));
    const [row] = await sql<{ listedAt: Date }[]>`
      select listed_at as "listedAt" from handover where handover_id = ${handoverId}`;
    const seenListedAt = row?.listedAt.toISOString() ?? '';
    const outcomes = await Promise.all(
      [successorId, thirdId, successorId].map((personId) =>
        signHandover(world.db, { villageId, personId, handoverId, seenListedAt, today }),
      ),
    );
    const acts = outcomes.flatMap((outcome) => ('acts' in outcome ? outcome.acts.map(({ seq }) => seq) : []));
    expect(new Set(acts).size).toBe(1);
    expect(outcomes.filter((outcome) => 'refused' in outcome && outcome.refused !== 'handover_not_so_far')).toEqual([]);
    const [told] = await sql<{ count: number }[]>`
      select count(*)::integer as count from act where village_id = ${villageId} and type = 'handover'`;
    expect(told?.count).toBe(2);
    await checkWorld(world.database.ownerSql);
  });

  test('the township lets one be, with a reason; a shop that never had goods owes none', async () => {
    const fourthId = await employ('willow-fourth', '郑末接');
    expect(fourthId).toBeGreaterThan(0);
    expect(await dueHandovers(world.db.sql, { villageId, today })).toMatchObject([{ fromPersonId: thirdId }]);
    const township = await world.browser(people.township);
    const page = await township.get(`${base}/handovers`);
    expect(findHtmlFaults(page.body)).toEqual([]);
    const idempotencyKey = /name="idempotencyKey" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const waived = { waived: `manager-${thirdId}`, idempotencyKey };
    const bare = await township.submit(`${base}/handovers/waivers`, { ...waived, reason: '' });
    expect([bare.statusCode, bare.body.includes('请写原因')]).toEqual([422, true]);
    const reason = '外出务工，联系不上';
    expect((await township.submit(`${base}/handovers/waivers`, { ...waived, reason })).statusCode).toBe(303);
    expect(await dueHandovers(world.db.sql, { villageId, today })).toEqual([]);
    const record = await (await world.browser()).get(`${base}/acts?kind=stock`);
    expect(record.body).toContain('不办移交盘点');
    expect(record.body).not.toContain(reason);
    const again = { villageId, role: 'manager', fromPersonId: thirdId, reason, recordedBy: 1, today } as const;
    expect(await waiveHandover(world.db, { ...again, idempotencyKey: 'again' })).toEqual({
      refused: 'handover_not_needed',
    });
    const { ownerSql } = world.database;
    expect(await verifyHandovers(ownerSql, villageId)).toBeNull();
    await ownerSql`update handover set role = 'storekeeper' where village_id = ${villageId} and state = 'waived'`;
    expect(await verifyHandovers(ownerSql, villageId)).toMatchObject({ table: 'handover' });
    await ownerSql`update handover set role = 'manager' where village_id = ${villageId} and state = 'waived'`;
    await checkWorld(ownerSql);
  });

  test('through the API', async () => {
    const call = async (who: string, method: 'GET' | 'POST', url: string, payload?: object) =>
      world.app.inject({
        method,
        url: `/api/v1${url}`,
        ...(payload && { payload }),
        headers: { authorization: `Bearer ${await world.apiToken(who)}` },
      });
    const list = await call(people.supervisor, 'GET', `${base}/handovers`);
    expect(list.json()).toMatchObject({
      due: [],
      items: [{ state: 'waived' }, { state: 'complete' }, { state: 'complete', isSignedByTo: true }],
    });
    const opening = { role: 'manager', fromPersonId: 1, toPersonId: 2 };
    expect((await call(people.supervisor, 'POST', `${base}/handovers`, opening)).statusCode).toBe(403);
    expect((await call('willow-third', 'POST', `${base}/handovers`, opening)).statusCode).toBe(422);
    const elsewhere = `/villages/${poplarCode}/handovers/waivers`;
    const waiver = { role: 'manager', fromPersonId: 1, reason: '没有东西' };
    expect((await call(people.township, 'POST', elsewhere, waiver)).json()).toMatchObject({
      code: 'handover_not_needed',
    });
    expect((await call('willow-third', 'POST', `${base}/handovers/99/steps`, { step: 'list' })).statusCode).toBe(404);
  });
});
