/** 本户资料: a household gets everything that is held about it, nothing about others, and each copy leaves its trace. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { changeHousehold } from '../../src/cards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { eraseHousehold } from '../../src/privacy/index.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, PASSWORD, people, willowCode } from '../support/cast.ts';

const VILLAGE = `/villages/${willowCode}`;
const PHONE = '13800000000';
const TODAY = '2026-10-15';

let world: TestApp;
let villageId: number;

interface Copied {
  household: Record<string, unknown>;
  accounts: { pseudonym: string; balanceCentipoints: number }[];
  cards: { number: string; endedAt: string | null }[];
  acts: {
    seq: number;
    type: string;
    recordedBy: string;
    amountCentipoints: number | null;
    ruleName: string | null;
    goods: { name: string }[];
    facts: Record<string, unknown>;
    openings: [string, string, string][];
  }[];
  views: { by: string; kind: string }[];
  nextSeq: number | null;
}

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  await world.database.ownerSql`
    update household set phone = ${PHONE} where head_name = '赵满仓' and village_id = ${villageId}`;
  const by = () => ({ villageId, recordedBy: 1, today: TODAY, idempotencyKey: crypto.randomUUID() });
  const award = await must(
    awardPoints(world.db, {
      ...by(),
      rule: 'AD-LAB-01',
      occurredOn: '2026-10-14',
      cards: [cards.赵满仓, cards.曾有田],
      note: '修村口的路',
    }),
  );
  await must(redeemGoods(world.db, { ...by(), card: cards.赵满仓, lines: [{ code: 'GR001', quantity: 1 }] }));
  await must(reverseActs(world.db, { ...by(), which: { seq: award.acts[0]?.seq ?? 0 }, reason: '记错了户' }));
  const change = { kind: 'replacement', card: cards.赵满仓, reason: '卡丢了' } as const;
  await must(changeHousehold(world.db, { ...by(), change }));
  const merger = { kind: 'merger', card: cards.单小花, into: cards.曾有田, reason: '回娘家住' } as const;
  await must(changeHousehold(world.db, { ...by(), change: merger }));
});

afterAll(() => world.close());

async function numberOf(headName: string): Promise<string> {
  const [found] = await world.db.sql<{ number: string }[]>`
    select number
      from card
      join household using (village_id, household_id)
     where village_id = ${villageId}
       and head_name = ${headName}
       and ended_at is null`;
  return found?.number ?? '';
}

async function copyOf(number: string, query = ''): Promise<Copied> {
  const headers = { authorization: `Bearer ${await world.apiToken(people.manager)}` };
  const answer = await world.app.inject({ url: `/api/v1${VILLAGE}/cards/${number}/copy${query}`, headers });
  expect(answer.statusCode).toBe(200);
  return answer.json<Copied>();
}

test('the file holds the household in full, its cards, and every act with who recorded it', async () => {
  const number = await numberOf('赵满仓');
  const manager = await world.browser(people.manager);
  const answer = await manager.get(`${VILLAGE}/cards/${number}/copy.json`);
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="household-\d{10}-[\d-]{10}\.json"$/);
  expect(answer.headers['cache-control']).toBe('no-store');
  const copy = answer.json<Copied>();
  expect(copy.household).toMatchObject({ headName: '赵满仓', phone: PHONE, memberCount: 4, isErased: false });
  expect(copy.cards.map((card) => [card.number, card.endedAt === null])).toEqual([
    [cards.赵满仓, false],
    [number, true],
  ]);
  expect(copy.acts.map(({ type }) => type)).toEqual([
    'points.open',
    'points.award',
    'points.redeem',
    'points.reverse',
    'card.replace',
  ]);
  const [opened, awarded, redeemed, reversed, replaced] = copy.acts;
  expect(opened?.recordedBy).toBe('钱管理');
  expect(awarded).toMatchObject({ ruleName: expect.any(String), recordedBy: '高县管' });
  expect(awarded?.openings.map(([, name, value]) => [name, value])).toContainEqual(['note', '修村口的路']);
  expect(redeemed?.goods).toEqual([expect.objectContaining({ name: '大米' })]);
  expect(reversed?.openings.map(([, name, value]) => [name, value])).toContainEqual(['reason', '记错了户']);
  expect(replaced).toMatchObject({ amountCentipoints: null });
  expect(replaced?.openings.map(([, name]) => name)).toContain('formerCard');
  const sum = copy.acts.reduce((total, act) => total + (act.amountCentipoints ?? 0), 0);
  expect(copy.accounts.map(({ balanceCentipoints }) => balanceCentipoints)).toEqual([sum]);
  expect(answer.body).not.toContain('曾有田');
  const tokens = await world.db.sql<{ token: string }[]>`select token from card`;
  expect(tokens.filter(({ token }) => answer.body.includes(token))).toEqual([]);
});

test('with the salts of the file anybody finds the digests in the public log', async () => {
  const { acts } = await copyOf(await numberOf('赵满仓'));
  const lines = (await world.app.inject(`/log/${willowCode}/entries.jsonl`)).body.trim().split('\n');
  let found = 0;
  for (const { seq, openings } of acts) {
    const leaf = JSON.parse(lines[seq] ?? '{}') as { commit: string[] };
    for (const opening of openings) {
      const text = Buffer.from(JSON.stringify(opening)).toString('base64url');
      expect(leaf.commit).toContain(createHash('sha256').update(text).digest('base64url'));
      found += 1;
    }
  }
  expect(found).toBeGreaterThan(8);
});

test('a merger is told to both, and neither learns the name of the other', async () => {
  const gone = await copyOf(cards.单小花);
  const grown = await copyOf(cards.曾有田);
  expect(gone.acts.map(({ type }) => type)).toContain('household.merge');
  expect(JSON.stringify(gone)).not.toContain('曾有田');
  expect(JSON.stringify(gone)).not.toContain(cards.曾有田);
  const merger = grown.acts.find(({ type }) => type === 'household.merge');
  expect(merger).toMatchObject({ openings: [] });
  expect(JSON.stringify(grown)).not.toContain('单小花');
});

test('it comes in parts where there is much, and each part goes on where the last one ended', async () => {
  const number = await numberOf('赵满仓');
  const whole = await copyOf(number);
  const from = whole.acts[2]?.seq ?? 0;
  const rest = await copyOf(number, `?from=${from}`);
  expect(rest.acts).toEqual(whole.acts.slice(2));
  expect(whole.nextSeq).toBeNull();
});

test('the page is there to print, and says who made it', async () => {
  const number = await numberOf('赵满仓');
  const supervisor = await world.browser(people.supervisor);
  const chinese = { 'accept-language': 'zh-CN' };
  expect((await supervisor.get(`${VILLAGE}/cards/${number}`, chinese)).body).toContain(`/cards/${number}/copy"`);
  const page = await supervisor.get(`${VILLAGE}/cards/${number}/copy`, chinese);
  expect(page.statusCode).toBe(200);
  for (const words of ['赵满仓家的全部资料', PHONE, '修村口的路', '记错了户', '孙书记做于', cards.赵满仓, '补卡']) {
    expect(page.body).toContain(words);
  }
  expect(findHtmlFaults(page.body)).toEqual([]);
  expect((await supervisor.get(`${VILLAGE}/cards/0010019999/copy`)).statusCode).toBe(404);
});

test('each copy stands in the security log and among those who looked; strangers get none', async () => {
  const before = await world.db.sql<{ count: number }[]>`select count(*)::integer as count from security_event`;
  const stranger = await world.browser(people.otherManager);
  for (const path of ['copy', 'copy.json']) {
    expect((await stranger.get(`${VILLAGE}/cards/${cards.曾有田}/${path}`)).statusCode).toBe(403);
  }
  const county = await world.browser(people.county);
  await county.get(`${VILLAGE}/cards/${cards.曾有田}/copy.json`);
  const events = await world.db.sql<{ username: string; details: object }[]>`
    select username, details
      from security_event
      join person using (person_id)
     where kind = 'household.copied'
       and event_id > ${before[0]?.count ?? 0}`;
  expect(events).toContainEqual({ username: people.county, details: { card: cards.曾有田, form: 'file' } });
  expect(events.filter(({ username }) => username === people.otherManager)).toEqual([]);
  const { views } = await copyOf(cards.曾有田);
  expect(views).toContainEqual(expect.objectContaining({ by: '冯县干', kind: 'copy' }));
  const administrator = await world.browser(people.administrator);
  const log = await administrator.get('/regions/990100000000/security', { 'accept-language': 'zh-CN' });
  expect(log.body).toContain('复制一户的全部资料');
});

test('who signed in a while ago proves again who they are before a copy is made', async () => {
  const address = `${VILLAGE}/cards/${cards.曾有田}/copy`;
  const manager = await world.browser(people.manager);
  const headers = { authorization: `Bearer ${await world.apiToken(people.manager)}` };
  await world.database.ownerSql`update session set proved_at = now() - interval '1 hour'`;
  const count = () => world.db.sql`select from security_event where kind = 'household.copied'`;
  const before = (await count()).length;
  expect((await world.app.inject({ url: `/api/v1${address}`, headers })).json()).toMatchObject({
    status: 403,
    code: 'proof_too_old',
  });
  const asked = await manager.get(`${address}.json`, { 'accept-language': 'zh-CN' });
  expect(asked.statusCode).toBe(403);
  expect(asked.body).not.toContain('曾有田');
  expect((await count()).length).toBe(before);
  const proved = await manager.submit(`${address}.json`, { identityProof: PASSWORD });
  expect(proved.headers.location).toBe(`${address}.json`);
  expect((await manager.get(`${address}.json`)).json<Copied>().household).toMatchObject({ headName: '曾有田' });
});

test('what was erased is gone from the copy too, and the copy says so', async () => {
  await must(
    eraseHousehold(world, {
      villageId,
      number: cards.单小花,
      reason: '书面申请',
      idempotencyKey: 'erase',
      recordedBy: 1,
      today: TODAY,
    }),
  );
  const copy = await copyOf(cards.单小花);
  expect(copy.household).toMatchObject({ headName: '已按要求删除', phone: null, isErased: true });
  expect(copy.acts.at(-1)).toMatchObject({ type: 'erasure' });
  expect(copy.acts.slice(0, -1).flatMap(({ openings }) => openings)).toEqual([]);
  expect(JSON.stringify(copy)).not.toContain('单小花');
});
