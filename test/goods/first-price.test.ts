/** 第一次定价: what a village adds to its goods by itself nobody may have before somebody else has agreed to what it costs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { redeemGoods } from '../../src/exchange/index.ts';
import { importGoods, previewGoods } from '../../src/goods/import-goods.ts';
import { addGoods, approveProposal, priceByRate, receiveGoods, verifyGoods } from '../../src/goods/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { changeSettings } from '../../src/settings/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const base = `/villages/${willowCode}`;
const today = villageDay(new Date());

let world: TestApp;
let villageId: number;
const ids: Record<string, number> = {};

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const rows = await world.db.sql<{ personId: number; username: string }[]>`
    select person_id as "personId", username from person`;
  for (const { personId, username } of rows) ids[username] = personId;
  const wanted = { firstPriceNeedsSecond: true };
  await must(changeSettings(world.db, { ...by(people.manager), wanted, reason: '村民代表会议' }));
});

afterAll(() => world.close());

const by = (who: string) => ({
  villageId,
  recordedBy: ids[who] ?? 0,
  today,
  idempotencyKey: crypto.randomUUID(),
});

const codeOf = async (name: string) => {
  const [found] = await world.db.sql<{ code: string }[]>`
    select code from goods where village_id = ${villageId} and name = ${name}`;
  return found?.code ?? '';
};

const proposalOf = async (name: string) => {
  const [found] = await world.db.sql<{ proposalId: number }[]>`
    select proposal_id as "proposalId"
      from goods_proposal
      join goods using (village_id, goods_id)
     where goods.name = ${name}
       and state = 'open'`;
  return found?.proposalId ?? 0;
};

const operationCount = async () => {
  const [found] = await world.database.ownerSql<{ count: number }[]>`
    select count(*)::integer as count from operation where village_id = ${villageId}`;
  return found?.count ?? 0;
};

const take = (code: string) =>
  redeemGoods(world.db, { ...by(people.manager), card: cards.赵满仓, lines: [{ code, quantity: 1 }] });

test('what is added waits: it comes in, but stands on no shelf and goes to nobody', async () => {
  const manager = await world.browser(people.manager);
  expect((await manager.get(`${base}/goods/new`)).body).toContain('同意以后才能兑换');
  const kettle = { name: '铸铁锅', unit: '个', value: '40', zone: 'DAILY', spec: '30cm', barcode: '6901234567892' };
  expect((await manager.submit(`${base}/goods`, { ...kettle, idempotencyKey: 'kettle' })).statusCode).toBe(303);
  const code = await codeOf('铸铁锅');
  const source = { kind: 'purchase', name: '供销社' } as const;
  const lines = [{ code, quantity: 3 }];
  await must(receiveGoods(world.db, { ...by(people.manager), occurredOn: today, source, lines }));
  expect(await take(code)).toMatchObject({ refused: 'unknown_goods' });
  expect(await priceByRate(world.db, { ...by(people.manager), code })).toEqual({ refused: 'first_price_waits' });
  const everybody = await world.browser();
  expect((await everybody.get(`${base}/shelf`)).body).not.toContain('铸铁锅');
  const price = await everybody.get(`${base}/shelf/${code}`);
  expect([findHtmlFaults(price.body), price.body.includes('分值还没有人同意')]).toEqual([[], true]);
  expect((await everybody.get(`${base}/acts?kind=stock`)).body).toContain('“铸铁锅 30cm”，13.5 分，等第二人同意');
  const list = await manager.get(`${base}/goods?q=铸铁锅`);
  expect([findHtmlFaults(list.body), list.body.includes('分值等人同意')]).toEqual([[], true]);
  expect(await verifyGoods(world.database.ownerSql, villageId)).toBeNull();
  await checkWorld(world.database.ownerSql);
});

test('whoever added it decides nothing; declined with a reason it waits on, asked for again and approved it is on the shelf', async () => {
  const code = await codeOf('铸铁锅');
  const input = { villageId, proposalId: await proposalOf('铸铁锅'), today };
  const own = await approveProposal(world.db, { ...input, recordedBy: ids[people.manager] ?? 0 });
  expect(own).toEqual({ refused: 'own_proposal' });
  const manager = await world.browser(people.manager);
  const decisions = `${base}/goods-proposals/${input.proposalId}/decisions`;
  expect((await manager.submit(decisions, { decision: 'approve' })).statusCode).toBe(403);

  const supervisor = await world.browser(people.supervisor);
  const asked = await supervisor.get(`${base}/goods-proposals`);
  expect([findHtmlFaults(asked.body), asked.body.includes('第一次定价 13.5 分')]).toEqual([[], true]);
  const silent = await supervisor.submit(decisions, { decision: 'decline', why: ' ' });
  expect([silent.statusCode, silent.body.includes('请先填不同意的原因')]).toEqual([422, true]);
  expect((await supervisor.submit(decisions, { decision: 'decline', why: '比镇上贵' })).statusCode).toBe(303);
  expect((await manager.get(`${base}/goods-proposals`)).body).toContain('比镇上贵');
  expect(await take(code)).toMatchObject({ refused: 'unknown_goods' });

  const item = await manager.get(`${base}/goods/${code}`);
  expect([findHtmlFaults(item.body), item.body.includes('第一次定的分值')]).toEqual([[], true]);
  const again = { kind: 'price', price: '12', reason: '按镇上的价' };
  expect((await manager.submit(`${base}/goods/${code}/proposals`, again)).statusCode).toBe(303);
  const second = `${base}/goods-proposals/${await proposalOf('铸铁锅')}/decisions`;
  expect((await supervisor.submit(second, { decision: 'approve' })).statusCode).toBe(303);

  const everybody = await world.browser();
  expect((await everybody.get(`${base}/shelf`)).body).toContain('铸铁锅');
  expect((await everybody.get(`${base}/shelf/${code}`)).body).toContain('第一次定价，第二人同意');
  expect((await everybody.get(`${base}/acts?kind=stock`)).body).toContain('铸铁锅 30cm 第一次定价 12 分');
  const { acts } = await must(take(code));
  const [entry] = await world.db.sql<{ amount: number }[]>`
    select amount_centipoints as amount
      from entry
     where village_id = ${villageId}
       and seq = ${acts[0]?.seq ?? 0}`;
  expect(entry?.amount).toBe(-1_200);
  expect(await verifyGoods(world.database.ownerSql, villageId)).toBeNull();
  await checkWorld(world.database.ownerSql);
});

test('who added goods has no say in their first price, whoever asks for it again', async () => {
  const umbrella = { name: '遮阳伞', spec: '', unit: '把', zone: 'DAILY', barcode: null, unitValueFen: 1_500 };
  await must(addGoods(world.db, { ...by(people.supervisor), ...umbrella }));
  const ask = { villageId, proposalId: await proposalOf('遮阳伞'), today };
  await world.database.ownerSql`
    update goods_proposal set proposed_by = ${ids[people.manager] ?? 0} where proposal_id = ${ask.proposalId}`;
  const adder = await approveProposal(world.db, { ...ask, recordedBy: ids[people.supervisor] ?? 0 });
  expect(adder).toEqual({ refused: 'own_proposal' });
  await must(approveProposal(world.db, { ...ask, recordedBy: ids[people.township] ?? 0 }));
});

test('offered without the word of a second person, or kept back in spite of it, is found', async () => {
  const { ownerSql } = world.database;
  await must(
    addGoods(world.db, {
      ...by(people.manager),
      name: '蒸锅',
      spec: '',
      unit: '个',
      zone: 'APPL',
      barcode: null,
      unitValueFen: 6_000,
    }),
  );
  const offer = (name: string, isOffered: boolean) =>
    ownerSql`update goods set is_offered = ${isOffered} where village_id = ${villageId} and name = ${name}`;
  for (const [name, wrong, sentence] of [
    ['蒸锅', true, 'it is offered, but nobody has approved its first price'],
    ['遮阳伞', false, 'it is not offered, but may be'],
  ] as const) {
    await offer(name, wrong);
    expect(await verifyGoods(ownerSql, villageId)).toMatchObject({ table: 'goods', sentence });
    await offer(name, !wrong);
  }
  expect(await verifyGoods(ownerSql, villageId)).toBeNull();
});

test('after a big table somebody else sees all that wait and approves or declines them together, in one operation', async () => {
  const row = (place: number) => ({
    row: place,
    code: '',
    goods: { name: `剪刀${place}号`, spec: '', unit: '把', zone: 'DAILY' as const, barcode: null, unitValueFen: 600 },
    faults: [],
    limits: {},
  });
  const rows = Array.from({ length: 120 }, (_, place) => row(place + 1));
  const { lookedAt } = await previewGoods(world.db.sql, villageId, rows);
  await must(importGoods(world.db, { ...by(people.manager), rows, lookedAt }));
  const page = `${base}/first-prices`;
  const manager = await world.browser(people.manager);
  expect((await manager.get(page)).statusCode).toBe(403);
  const supervisor = await world.browser(people.supervisor);
  expect((await supervisor.get(`${base}/goods-proposals`)).body).toMatch(/href="[^"]+first-prices"/);
  // Nothing that waits falls between two pages of the list.
  const second = /href="([^"]+\?before=w\d+)"/.exec((await supervisor.get(`${base}/goods-proposals`)).body)?.[1] ?? '';
  expect((await supervisor.get(second)).body).toContain('剪刀60号');
  const list = await supervisor.get(page);
  expect([findHtmlFaults(list.body), list.body.includes('剪刀120号'), list.body.includes('看全部 121 种')]).toEqual([
    [],
    true,
    true,
  ]);
  const next = /href="([^"]+before=\d+)"[^>]*rel="next"/.exec(list.body)?.[1] ?? '';
  expect((await supervisor.get(next)).body).toContain('剪刀1号');
  expect((await supervisor.get(`${page}?q=jd7h`)).body).toContain('看全部 1 种');

  const nothing = await supervisor.submit(`${page}/checks`, { q: '', which: 'ticked' });
  expect([nothing.statusCode, nothing.body.includes('还没有勾选')]).toEqual([422, true]);
  const checked = async (fields: Record<string, string | string[]>) => {
    const { body } = await supervisor.submit(`${page}/checks`, fields);
    expect(findHtmlFaults(body)).toEqual([]);
    return {
      body,
      proposals: [...body.matchAll(/name="proposals" value="(\d+)"/g)].map(([, id = '']) => id),
      idempotencyKey: /name="idempotencyKey" value="([^"]+)"/.exec(body)?.[1] ?? '',
    };
  };
  const two = [String(await proposalOf('剪刀1号')), String(await proposalOf('剪刀2号'))];
  const some = await checked({ q: '', which: 'ticked', proposals: two });
  expect(some.body).toContain('不同意这 2 种');
  const declining = { proposals: two, decision: 'decline', idempotencyKey: some.idempotencyKey };
  const silent = await supervisor.submit(`${page}/decisions`, declining);
  expect([silent.statusCode, silent.body.includes('请先填不同意的原因')]).toEqual([422, true]);
  for (const _ of ['sent', 'sent again']) {
    const declined = await supervisor.submit(`${page}/decisions`, { ...declining, why: '太贵' });
    expect([declined.statusCode, declined.headers.location]).toEqual([303, `${page}?done=declined&count=2`]);
  }

  // One that was decided meanwhile stands against all; the page then shows those that are left.
  const all = await checked({ q: '剪刀', which: 'all' });
  expect([all.proposals.length, all.body.includes('同意这 118 种')]).toEqual([118, true]);
  const other = { villageId, proposalId: await proposalOf('剪刀3号'), today, recordedBy: ids[people.township] ?? 0 };
  await must(approveProposal(world.db, other));
  const approving = { proposals: all.proposals, decision: 'approve', idempotencyKey: all.idempotencyKey };
  const late = await supervisor.submit(`${page}/decisions`, approving);
  expect([late.statusCode, late.body.includes('“剪刀3号”已经有人定了'), late.body.includes('同意这 117 种')]).toEqual([
    409,
    true,
    true,
  ]);
  const left = { ...approving, proposals: all.proposals.filter((id) => id !== String(other.proposalId)) };
  const before = await operationCount();
  for (const _ of ['sent', 'sent again']) {
    const done = await supervisor.submit(`${page}/decisions`, left);
    expect([done.statusCode, done.headers.location]).toEqual([303, `${page}?done=approved&count=117`]);
  }
  expect((await supervisor.get(`${page}?done=approved&count=117`)).body).toContain('117 种新物品的分值已经同意');
  expect(await operationCount()).toBe(before + 1);
  expect(await verifyGoods(world.database.ownerSql, villageId)).toBeNull();
  await checkWorld(world.database.ownerSql);
});

test('by API several first prices are decided together or not at all, and a repeat answers as the first time', async () => {
  const authorization = `Bearer ${await world.apiToken(people.supervisor)}`;
  const add = async (who: string, name: string) =>
    world.app.inject({
      method: 'POST',
      url: `/api/v1${base}/goods`,
      headers: { authorization: `Bearer ${await world.apiToken(who)}`, 'idempotency-key': `add ${name}` },
      payload: { name, unit: '把', zone: 'DAILY', unitValueFen: 900 },
    });
  const added = await add(people.manager, '铁锹');
  expect([added.statusCode, added.json()]).toEqual([
    201,
    expect.objectContaining({ priceCentipoints: 300, waits: true }),
  ]);
  expect((await add(people.manager, '铁锹')).json()).toEqual(added.json());
  await add(people.manager, '锄头');
  const url = `/api/v1${base}/first-prices`;
  const waiting = (await world.app.inject({ url: `${url}?q=tq`, headers: { authorization } })).json();
  expect(waiting.items).toMatchObject([{ name: '铁锹', priceCentipoints: 300, isOwn: false }]);
  const decide = (payload: object, key: string) =>
    world.app.inject({
      method: 'POST',
      url: `${url}/decisions`,
      headers: { authorization, 'idempotency-key': key },
      payload,
    });
  const proposals = [await proposalOf('铁锹'), await proposalOf('锄头')];
  const strange = await decide({ decision: 'approve', proposals: [...proposals, 999_999] }, 'strange');
  expect([strange.statusCode, strange.json().code]).toEqual([404, 'unknown_proposal']);
  const mop = { name: '拖把', spec: '', unit: '把', zone: 'DAILY', barcode: null, unitValueFen: 900 } as const;
  await must(addGoods(world.db, { ...by(people.supervisor), ...mop }));
  const own = await decide({ decision: 'approve', proposals: [...proposals, await proposalOf('拖把')] }, 'own');
  expect([own.statusCode, own.json().code]).toEqual([409, 'own_first_price']);
  const office = { villageId, proposalId: await proposalOf('拖把'), today, recordedBy: ids[people.township] ?? 0 };
  await must(approveProposal(world.db, office));
  expect(await proposalOf('铁锹')).toBe(proposals[0]);
  const done = await decide({ decision: 'approve', proposals }, 'both');
  expect([done.statusCode, done.json().seqs.length]).toEqual([201, 2]);
  expect((await decide({ decision: 'approve', proposals }, 'both')).json()).toEqual(done.json());
  expect((await decide({ decision: 'approve', proposals }, 'again')).json()).toMatchObject({
    code: 'first_price_decided',
  });
  expect((await decide({ decision: 'decline', proposals, why: '不行' }, 'no')).statusCode).toBe(409);
  expect((await decide({ decision: 'decline', proposals }, 'why')).statusCode).toBe(422);
  await checkWorld(world.database.ownerSql);
});

test('goods out of a table wait like any other; by API they are listed, declined and approved', async () => {
  const row = (place: number, name: string) => ({
    row: place,
    code: '',
    goods: { name, spec: '', unit: '件', zone: 'CLOTH', barcode: null, unitValueFen: 900 },
    faults: [],
    limits: {},
  });
  const rows = [row(1, '雨衣'), row(2, '雨鞋')];
  const { rows: seen, lookedAt } = await previewGoods(world.db.sql, villageId, rows);
  expect(seen).toMatchObject([{ waits: true }, { waits: true }]);
  await must(importGoods(world.db, { ...by(people.manager), rows, lookedAt }));
  const headers = { authorization: `Bearer ${await world.apiToken(people.supervisor)}` };
  const url = `/api/v1${base}/goods-proposals`;
  const { items } = (await world.app.inject({ url, headers })).json<{ items: { kind: string; state: string }[] }>();
  expect(items.filter(({ kind, state }) => kind === 'first' && state === 'open')).toHaveLength(3);
  const decide = async (name: string, payload: object) =>
    world.app.inject({ method: 'POST', url: `${url}/${await proposalOf(name)}/decisions`, headers, payload });
  expect((await decide('雨衣', { decision: 'decline' })).json()).toMatchObject({ code: 'decline_reason_missing' });
  expect((await decide('雨衣', { decision: 'decline', why: '太薄' })).statusCode).toBe(201);
  expect((await decide('雨鞋', { decision: 'approve' })).statusCode).toBe(201);
  const shelf = (await world.app.inject({ url: `/api/v1${base}/goods` })).json<{ items: { name: string }[] }>();
  const names = shelf.items.map(({ name }) => name);
  expect([names.includes('雨衣'), names.includes('雨鞋')]).toEqual([false, true]);
  expect(await verifyGoods(world.database.ownerSql, villageId)).toBeNull();
  await checkWorld(world.database.ownerSql);
});

test('more than one table brings are decided in one press and one operation', async () => {
  const row = (place: number) => ({
    row: place,
    code: '',
    goods: { name: `瓷碗${place}号`, spec: '', unit: '个', zone: 'DAILY' as const, barcode: null, unitValueFen: 600 },
    faults: [],
    limits: {},
  });
  for (const [first, last] of [
    [1, 500],
    [501, 560],
  ] as const) {
    const rows = Array.from({ length: last - first + 1 }, (_, place) => row(first + place));
    const { lookedAt } = await previewGoods(world.db.sql, villageId, rows);
    await must(importGoods(world.db, { ...by(people.manager), rows, lookedAt }));
  }
  const supervisor = await world.browser(people.supervisor);
  const page = `${base}/first-prices`;
  expect((await supervisor.get(`${page}?q=瓷碗`)).body).toContain('看全部 560 种');
  const { body } = await supervisor.submit(`${page}/checks`, { q: '瓷碗', which: 'all' });
  expect([findHtmlFaults(body), body.includes('同意这 560 种')]).toEqual([[], true]);
  const proposals = [...body.matchAll(/name="proposals" value="(\d+)"/g)].map(([, id = '']) => id);
  const idempotencyKey = /name="idempotencyKey" value="([^"]+)"/.exec(body)?.[1] ?? '';
  const before = await operationCount();
  for (const _ of ['sent', 'sent again']) {
    const done = await supervisor.submit(`${page}/decisions`, { proposals, decision: 'approve', idempotencyKey });
    expect([done.statusCode, done.headers.location]).toEqual([303, `${page}?done=approved&count=560`]);
  }
  expect(await operationCount()).toBe(before + 1);
  await checkWorld(world.database.ownerSql);
});
