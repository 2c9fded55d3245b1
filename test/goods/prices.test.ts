import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redeemGoods } from '../../src/exchange/index.ts';
import { decideProposal, type ProposalEvent, type ProposalState } from '../../src/goods/decide-proposal.ts';
import { approveProposal, priceByRate, proposeChange, setTerms, shelf } from '../../src/goods/index.ts';
import { verifyBooks } from '../../src/ledger/index.ts';
import { addDays, villageDay } from '../../src/platform/clock.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const base = `/villages/${willowCode}`;
const today = villageDay(new Date());
const tomorrow = addDays(today, 1);

const STATES: Record<ProposalState, Record<ProposalEvent, ProposalState | 'proposal_decided'>> = {
  open: { approve: 'approved', decline: 'declined', withdraw: 'withdrawn' },
  approved: { approve: 'proposal_decided', decline: 'proposal_decided', withdraw: 'proposal_decided' },
  declined: { approve: 'proposal_decided', decline: 'proposal_decided', withdraw: 'proposal_decided' },
  withdrawn: { approve: 'proposal_decided', decline: 'proposal_decided', withdraw: 'proposal_decided' },
};

describe('every state of a proposal and everything that may happen to it', () => {
  const cases = Object.entries(STATES).flatMap(([state, events]) =>
    Object.entries(events).map(([event, outcome]) => [state, event, outcome] as const),
  );
  test.each(cases)('%s, %s: %s', (state, event, outcome) => {
    const personId = event === 'withdraw' ? 1 : 2;
    const decided = decideProposal(
      { state: state as ProposalState, proposedBy: 1, addedBy: null },
      event as ProposalEvent,
      personId,
    );
    expect('refused' in decided ? decided.refused : decided.state).toBe(outcome);
  });

  test('whoever asked does not decide, and nobody else withdraws', () => {
    const open = { state: 'open', proposedBy: 1, addedBy: 3 } as const;
    expect(decideProposal(open, 'approve', 1)).toEqual({ refused: 'own_proposal' });
    expect(decideProposal(open, 'decline', 1)).toEqual({ refused: 'own_proposal' });
    expect(decideProposal(open, 'approve', 3)).toEqual({ refused: 'own_proposal' });
    expect(decideProposal(open, 'withdraw', 2)).toEqual({ refused: 'not_own_proposal' });
    expect(decideProposal(null, 'approve', 1)).toEqual({ refused: 'unknown_proposal' });
  });
});

describe('in a village', () => {
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

  const manager = () => ({ villageId, recordedBy: ids[people.manager] ?? 0, today });
  const redeem = (key: string, lines: { code: string; quantity: number }[], more: object = {}) =>
    redeemGoods(world.db, { ...manager(), idempotencyKey: key, card: cards.赵满仓, lines, ...more });
  const priceOn = async (day: string, code: string) =>
    (await shelf(world.db.sql, villageId, day)).find((item) => item.code === code)?.priceCentipoints;

  test('a price set by hand waits for somebody else, holds from the next day on, and is a public act', async () => {
    const page = await world.browser(people.manager);
    expect(findHtmlFaults((await page.get(`${base}/goods/WA003`)).body)).toEqual([]);
    const wrong = await page.submit(`${base}/goods/WA003/proposals`, { kind: 'price', price: 'x', reason: '' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('分值请填数字');
    const odd = await page.submit(`${base}/goods/WA003/proposals`, { kind: 'price', price: '3.3', reason: '集体定' });
    expect([odd.statusCode, odd.body.includes('每 0.5 分一档')]).toEqual([422, true]);
    const asked = await page.submit(`${base}/goods/WA003/proposals`, { kind: 'price', price: '2', reason: '集体定' });
    expect(asked.statusCode).toBe(303);
    const twice = await page.submit(`${base}/goods/WA003/proposals`, { kind: 'price', price: '4', reason: '再定' });
    expect(twice.body).toContain('已经报过一次');
    expect((await page.get(`${base}/goods-proposals`)).body).not.toContain('value="approve"');

    const supervisor = await world.browser(people.supervisor);
    const list = await supervisor.get(`${base}/goods-proposals`);
    expect(findHtmlFaults(list.body)).toEqual([]);
    expect(list.body).toContain('3 分改为 2 分');
    const href = /action="([^"]+\/decisions)"/.exec(list.body)?.[1] ?? '';
    const done = await supervisor.submit(href, { decision: 'approve' });
    expect(done.statusCode).toBe(303);
    expect((await supervisor.submit(href, { decision: 'decline' })).statusCode).toBe(409);
    expect(await priceOn(today, 'WA003')).toBe(300);
    expect(await priceOn(tomorrow, 'WA003')).toBe(200);
    const history = await (await world.browser()).get(`${base}/shelf/WA003`);
    expect(findHtmlFaults(history.body)).toEqual([]);
    expect(history.body).toContain('另定，第二人同意');
    await checkWorld(world.database.ownerSql);
  });

  test('two who approve at once: one act; one who approves while the other declines: one of the two', async () => {
    const asked = await must(
      proposeChange(world.db.sql, {
        villageId,
        personId: ids[people.manager] ?? 0,
        today,
        change: { kind: 'price', code: 'GR010', priceCentipoints: 500, reason: '集体定' },
      }),
    );
    const input = { villageId, proposalId: asked.proposalId, today };
    const deciders = [ids[people.supervisor] ?? 0, ids[people.township] ?? 0];
    const outcomes = await Promise.all(
      deciders.map((recordedBy) => approveProposal(world.db, { ...input, recordedBy })),
    );
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([
      { refused: 'proposal_decided', state: 'approved' },
    ]);
    const [counted] = await world.db.sql<{ count: number }[]>`
      select count(*)::integer as count
        from act
       where type = 'goods.price'
         and facts ->> 'item' = 'GR010'`;
    expect(counted?.count).toBe(1);
  });

  test('a write-off takes its lot down only when somebody else has agreed, and never below nothing', async () => {
    const [lot] = await world.db.sql<{ lotId: number; held: number }[]>`
      select lot_id as "lotId",
             quantity_on_hand as held
        from stock_lot
        join goods using (village_id, goods_id)
       where village_id = ${villageId}
         and code = 'GR001'`;
    if (!lot) throw new Error('there is no rice');
    const ask = (quantity: number) =>
      proposeChange(world.db.sql, {
        villageId,
        personId: ids[people.manager] ?? 0,
        today,
        change: { kind: 'writeoff', code: 'GR001', lotId: lot.lotId, quantity, reason: 'damaged' },
      });
    expect(await ask(lot.held + 1)).toMatchObject({ refused: 'more_than_on_hand' });
    const { proposalId } = await must(ask(2));
    const input = { villageId, proposalId, today };
    expect(await approveProposal(world.db, { ...input, recordedBy: ids[people.manager] ?? 0 })).toEqual({
      refused: 'own_proposal',
    });
    const { acts } = await must(approveProposal(world.db, { ...input, recordedBy: ids[people.supervisor] ?? 0 }));
    expect(acts[0]?.type).toBe('stock.writeoff');
    const left = (await shelf(world.db.sql, villageId, today)).find(({ code }) => code === 'GR001')?.quantityOnHand;
    expect(left).toBe(lot.held - 2);
    const act = await (await world.browser()).get(`${base}/acts/${acts[0]?.seq}`);
    expect(act.body).toContain('报损（破损）');
    await checkWorld(world.database.ownerSql);
  });

  test('大米 9.5 + 菜籽油 24 + 洗洁精 3 from card 100 leaves 63.5: goods of 108 yuan for points of 109.5', async () => {
    const codes = ['GR001', 'GR005', 'WA003'];
    const there = (await shelf(world.db.sql, villageId, today)).filter(({ code }) => codes.includes(code));
    expect(Object.fromEntries(there.map(({ code, priceCentipoints }) => [code, priceCentipoints]))).toEqual({
      GR001: 950,
      GR005: 2_400,
      WA003: 300,
    });
    const spent = there.reduce((sum, { priceCentipoints }) => sum + priceCentipoints, 0);
    expect([spent, 10_000 - spent, (spent * 300) / 100]).toEqual([3_650, 6_350, 10_950]);
    expect(there.reduce((sum, { unitValueFen }) => sum + unitValueFen, 0)).toBe(10_800);
  });

  test('within its limits a household fetches; the piece too many is refused with a sentence, also at two tills', async () => {
    await must(
      setTerms(world.db, { ...manager(), idempotencyKey: 'terms', code: 'WA003', monthMax: 2, yearMax: 3, reorder: 4 }),
    );
    const over = [{ code: 'WA003', quantity: 3 }];
    await must(redeem('not-held', over));
    await must(
      changeSettings(world.db, {
        ...manager(),
        wanted: { quotasHold: true },
        reason: '村民代表会议',
        idempotencyKey: 'quotas',
      }),
    );
    const other = { card: cards.单小花 };
    expect(await redeem('too-many', over, other)).toEqual({
      refused: 'month_quota_reached',
      goods: 'WA003',
      most: 2,
      taken: 0,
      wanted: 3,
    });
    const outcomes = await Promise.all(
      ['a', 'b'].map((till) => redeem(`till-${till}`, [{ code: 'WA003', quantity: 2 }], other)),
    );
    expect(outcomes.filter((outcome) => 'refused' in outcome)).toMatchObject([
      { refused: 'month_quota_reached', taken: 2 },
    ]);
    await checkWorld(world.database.ownerSql);
  });

  test('by the rate a price is value ÷ rate in halves; rate 3 → 1 keeps what old lines cost and were worth', async () => {
    const { ownerSql } = world.database;
    const lines = () => ownerSql<{ facts: object; value: number }[]>`
      select facts,
             (
               select sum(stock_move.quantity * unit_value_fen)::bigint
                 from stock_move
                 join stock_lot using (village_id, lot_id)
                where stock_move.village_id = act.village_id
                  and stock_move.seq = act.seq
             ) as value
        from act
       where type = 'points.redeem'
       order by seq`;
    const before = await lines();
    await ownerSql`update village_terms set fen_per_point = 100 where village_id = ${villageId}`;
    await must(priceByRate(world.db, { ...manager(), idempotencyKey: 'rate', code: 'GR001' }));
    expect([await priceOn(today, 'GR001'), await priceOn(tomorrow, 'GR001')]).toEqual([950, 2_800]);
    expect(await lines()).toEqual(before);
    await ownerSql`update village_terms set fen_per_point = 300 where village_id = ${villageId}`;
    expect(await verifyBooks(ownerSql, { villageId })).toMatchObject({ moves: expect.any(Number) });
    await checkWorld(ownerSql);
  });

  test('restricted goods neither come in nor go out any more', async () => {
    const page = await world.browser(people.manager);
    await page.get(`${base}/goods/WA004`);
    expect((await page.submit(`${base}/goods/WA004/restrictions`, { idempotencyKey: 'restrict' })).statusCode).toBe(
      303,
    );
    expect(await redeem('restricted', [{ code: 'WA004', quantity: 1 }])).toEqual({
      refused: 'unknown_goods',
      goods: 'WA004',
    });
    await checkWorld(world.database.ownerSql);
  });
});
