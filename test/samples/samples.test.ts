/** 每月抽查: a seed on the record draws it, anybody draws the same from what everybody can download, and each line is looked at once. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addMonths } from '../../src/platform/clock.ts';
import {
  LINE_EVENTS,
  LINE_STATES,
  type LineState,
  nextLineState,
  refuseCheck,
  refuseDraw,
} from '../../src/samples/decide-sample.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, FOUNDED_ON, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const MONTH = FOUNDED_ON.slice(0, 7);

//                  draw        good    finding
const TABLE: Record<LineState, (LineState | null)[]> = {
  undrawn: ['waiting', null, null],
  waiting: [null, 'good', 'finding'],
  good: [null, null, null],
  finding: [null, null, null],
};

describe.each(LINE_STATES)('a line that is %s', (state) => {
  test.each(LINE_EVENTS.map((event, place) => [event, TABLE[state][place] ?? null] as const))(
    '%s: %s',
    (event, next) => {
      expect(nextLineState(state, event)).toBe(next);
    },
  );
});

test('a month is drawn when it is over, and once', () => {
  const basis = { today: '2026-10-01', drawn: new Set(['2026-08']) };
  expect(refuseDraw('2026-10', basis)).toEqual({ refused: 'sample_month_not_over', month: '2026-10' });
  expect(refuseDraw('2026-08', basis)).toEqual({ refused: 'sample_drawn', month: '2026-08' });
  expect(refuseDraw('2026-09', basis)).toBeNull();
});

test.each([
  ['unknown_sample', false, 'undrawn', ''],
  ['not_in_sample', true, 'undrawn', ''],
  ['sample_line_checked', true, 'good', ''],
  ['sample_finding_words', true, 'waiting', '缺'],
  [undefined, true, 'waiting', '缺货'],
] as const)('a look is refused: %s', (refused, isDrawn, state, note) => {
  expect(refuseCheck({ month: MONTH, isGood: false, note }, { isDrawn, state })?.refused).toBe(refused);
});

describe('in a village', () => {
  let world: TestApp;
  let supervisor: string;

  beforeAll(async () => {
    world = await createTestApp();
    supervisor = await world.apiToken(people.supervisor);
    const villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
    const by = () => ({
      villageId,
      recordedBy: 1,
      today: FOUNDED_ON,
      occurredOn: FOUNDED_ON,
      idempotencyKey: crypto.randomUUID(),
    });
    const numbers = [cards.赵满仓, cards.单小花, cards.曾有田, cards.王建国, cards.王建国二];
    await must(awardPoints(world.db, { ...by(), rule: 'AD-LAB-01', cards: numbers }));
    for (const card of numbers) {
      await must(redeemGoods(world.db, { ...by(), card, lines: [{ code: 'WA003', quantity: 1 }] }));
    }
    const wrong = await must(awardPoints(world.db, { ...by(), rule: 'AD-ENV-04', cards: numbers.slice(0, 2) }));
    await must(reverseActs(world.db, { ...by(), which: { operationId: wrong.operationId }, reason: '记错了' }));
  });

  afterAll(() => world.close());

  function post(token: string, path: string, payload: object, key: string = crypto.randomUUID()) {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key, 'accept-language': 'zh-CN' };
    return world.app.inject({ method: 'POST', url: `/api/v1${VILLAGE}${path}`, headers, payload });
  }

  /** Written without the program's own: with the public entries, a hash and a sort. */
  async function drawnByAStranger(): Promise<string[]> {
    const { body } = await world.app.inject(`/log/${willowCode}/entries.jsonl`);
    const entries = body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const at = entries.findIndex(({ type }) => type === 'sample.draw');
    const { seed, month, exchanges, awards, lots } = entries[at];
    const before = entries.slice(0, at).map((entry, seq) => ({ ...entry, seq }));
    const gone = new Set(before.map(({ reverses }) => reverses));
    const standing = before.filter(({ seq }) => !gone.has(seq));
    const keysOf = (type: string, kind: string) =>
      standing
        .filter((entry) => entry.type === type && (kind === 'lot' || entry.occurred.startsWith(month)))
        .flatMap(({ seq, goods }) =>
          kind === 'lot' ? goods.map(({ code }: { code: string }) => `lot:${seq}:${code}`) : [`${kind}:${seq}`],
        );
    const pick = (keys: string[], size: number) =>
      keys
        .map((key) => ({ key, lot: createHash('sha256').update(`${seed}:${key}`).digest('hex') }))
        .sort((one, other) => (one.lot < other.lot ? -1 : 1))
        .slice(0, size)
        .map(({ key }) => key);
    return [
      ...pick(keysOf('points.redeem', 'exchange'), exchanges),
      ...pick(keysOf('points.award', 'award'), awards),
      ...pick(keysOf('stock.in', 'lot'), lots),
    ];
  }

  test('only the first secretary draws, and a stranger with the public entries draws the same', async () => {
    const manager = await world.apiToken(people.manager);
    expect((await post(manager, '/samples', { month: MONTH })).statusCode).toBe(403);
    // A month before the village was founded has nothing to draw from.
    const form = (await (await world.browser(people.supervisor)).get(`/villages/${willowCode}/samples`)).body;
    expect(form).toContain(`value="${MONTH}"`);
    expect(form).not.toContain(`value="${addMonths(MONTH, -1)}"`);
    const drawn = await post(supervisor, '/samples', { month: MONTH });
    expect(drawn.statusCode, drawn.body).toBe(201);
    const lines: { kind: string; seq: number; item: string | null }[] = drawn.json().lines;
    expect(lines).toHaveLength(9);
    const keys = lines.map(({ kind, seq, item }) => `${kind}:${seq}${item === null ? '' : `:${item}`}`);
    expect(keys).toEqual(await drawnByAStranger());
    expect((await post(supervisor, '/samples', { month: MONTH })).json().code).toBe('sample_drawn');
  });

  test('what is recorded later changes nothing of the draw', async () => {
    const before = await drawnByAStranger();
    const villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
    const by = { villageId, recordedBy: 1, today: FOUNDED_ON, occurredOn: FOUNDED_ON, idempotencyKey: 'later' };
    await must(awardPoints(world.db, { ...by, rule: 'AD-LAB-01', cards: [cards.赵满仓] }));
    const page = await (await world.browser(people.supervisor)).get(`${VILLAGE}/samples/${MONTH}`);
    expect(page.body.match(/name="line" value="([^"]+)"/g)).toHaveLength(9);
    for (const key of before) expect(page.body).toContain(`value="${key}"`);
  });

  test('a line in order is done with, a finding becomes a problem, and neither is looked at twice', async () => {
    const [one, two] = await drawnByAStranger();
    const [kind, seq] = (one ?? '').split(':');
    const good = await post(supervisor, `/samples/${MONTH}/checks`, { kind, seq: Number(seq), good: true });
    expect(good.statusCode, good.body).toBe(201);
    const again = await post(supervisor, `/samples/${MONTH}/checks`, { kind, seq: Number(seq), good: true });
    expect([again.statusCode, again.json().code]).toEqual([409, 'sample_line_checked']);

    const browser = await world.browser(people.supervisor);
    const address = `${VILLAGE}/samples/${MONTH}`;
    await browser.get(address);
    const silent = await browser.submit(`${address}/checks`, {
      line: two ?? '',
      outcome: 'finding',
      idempotencyKey: 'a',
    });
    expect(silent.statusCode).toBe(422);
    const words = '他说没有来领过';
    const fields = { line: two ?? '', outcome: 'finding', note: words, idempotencyKey: 'b' };
    expect((await browser.submit(`${address}/checks`, fields)).statusCode).toBe(303);
    expect((await browser.get(`${VILLAGE}/problems`)).body).toContain(words);
    expect((await browser.get(`${address}/sheet`)).body).toContain('打电话问');
    await checkWorld(world.database.ownerSql);
  });

  test('both verifiers agree, the one from outside by drawing again', async () => {
    expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
    const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
    const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
    expect(await auditLog({ fetch, vkey })).toHaveProperty('totals');
  });
});
