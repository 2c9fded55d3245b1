/** The books of a village checked on a page, against whoever owns the database and can switch the triggers off. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { decideFinding } from '../../src/oversight/decide-finding.ts';
import { startVillageCheck, villageCheck } from '../../src/oversight/village-check.ts';
import { findVillage, type Village } from '../../src/people/index.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { until } from '../platform/server-process.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';

const PAGE = `/villages/${willowCode}/verify`;

let world: TestApp;
let village: Village;
let supervisor: TestBrowser;

beforeAll(async () => {
  world = await createTestApp();
  const found = await findVillage(world.db.sql, willowCode);
  if (!found) throw new Error('no village');
  village = found;
  supervisor = await world.browser(people.supervisor);
  const act = { villageId: village.villageId, recordedBy: 1, today: '2026-10-15', occurredOn: '2026-10-14' };
  for (let turn = 0; turn < 3; turn += 1) {
    await must(
      awardPoints(world.db, {
        ...act,
        idempotencyKey: `award ${turn}`,
        rule: 'AD-LAB-01',
        cards: [cards.赵满仓, cards.王建国],
      }),
    );
  }
});

afterAll(() => world.close());

/** As somebody who presses, waits and looks again. */
async function check(): Promise<string> {
  await supervisor.get(PAGE);
  const pressed = await supervisor.submit(PAGE, {});
  expect(pressed.headers.location).toBe(PAGE);
  return until(async () => {
    const { body } = await supervisor.get(PAGE);
    return body.includes('正在核对') ? null : body;
  });
}

async function alter(statement: string): Promise<void> {
  await world.database.ownerSql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(statement);
  });
}

test('a village whose books hold is told so, with figures, and when it was checked', async () => {
  expect((await supervisor.get(PAGE)).body).toContain('还没有核对过');
  const page = await check();
  expect(page).toContain('全部对得上');
  expect(page).toMatch(/公开账本 13 条、积分 11 笔/);
  expect(page).toMatch(/上次核对：.+孙书记/);
  expect(findHtmlFaults(page)).toEqual([]);
});

test('one run at a time: a second press follows the first, and a run that fell silent is given up', async () => {
  const { sql } = world.db;
  const { villageId } = village;
  const ask = () =>
    startVillageCheck(world.db, {
      village,
      startedBy: 1,
      dataDir: world.dataDir,
      signal: new AbortController().signal,
    });
  const started = await Promise.all([ask(), ask(), ask()]);
  const begun = started.filter((run) => run !== null);
  expect(begun).toHaveLength(1);
  await Promise.all(begun.map(({ finished }) => finished));

  const lost = `update village_check set run_id = 'LOST', run_by = 1, run_started_at = now(), run_heard_of_at = now()`;
  await world.database.ownerSql.unsafe(`${lost} where village_id = ${villageId}`);
  const running = (await supervisor.get(PAGE)).body;
  expect(running).toContain('正在核对');
  expect(running).toContain('hx-trigger="every 1s"');
  expect(running).toContain('看看到哪了');
  expect(running).toContain('上次核对');
  expect(await ask()).toBe(null);
  await world.database.ownerSql`update village_check set run_heard_of_at = now() - interval '1 minute'`;
  expect((await supervisor.get(PAGE)).body).toContain('中途停了');
  await (await ask())?.finished;
  expect(await villageCheck(sql, villageId)).toMatchObject({ run: null, last: { findings: [] } });
});

test('a run that waits for its turn keeps nobody waiting and is not given up', async () => {
  const background = connect(world.database.options, { applicationName: 'background', max: 1 });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const other = background.begin(() => held);
  const run = await startVillageCheck(
    { ...world.db, background },
    { village, startedBy: 1, dataDir: world.dataDir, signal: new AbortController().signal },
  );
  const { villageId } = village;
  const heardOf = async () => {
    const [row] = await world.db.sql<{ at: Date }[]>`
      select run_heard_of_at as at from village_check where village_id = ${villageId}`;
    return row?.at.getTime() ?? 0;
  };
  const begunAt = await heardOf();
  await expect.poll(heardOf, { timeout: 10_000 }).toBeGreaterThan(begunAt);
  release();
  await Promise.all([other, run?.finished]);
  expect(await villageCheck(world.db.sql, villageId)).toMatchObject({ run: null, last: { findings: [] } });
  await background.end();
});

test('a run ends with its process and says that it broke off', async () => {
  const ending = new AbortController();
  const run = await startVillageCheck(world.db, {
    village,
    startedBy: 1,
    dataDir: world.dataDir,
    signal: ending.signal,
  });
  ending.abort(new Error('the server is closing'));
  await expect(run?.finished).rejects.toThrow('closing');
  expect((await villageCheck(world.db.sql, village.villageId)).run).not.toBe(null);
  await world.database.ownerSql`update village_check set run_heard_of_at = now() - interval '1 minute'`;
});

test('htmx is answered with the part that changes', async () => {
  const part = await supervisor.get(PAGE, { 'hx-request': 'true' });
  expect(part.body).toMatch(/^<div class="flow" id="check-state"/);
  expect(part.headers['vary']).toContain('HX-Request');
});

test('one old row that was updated in the database is named, with what to do', async () => {
  await alter(`update entry set amount_centipoints = amount_centipoints + 100 where n = 2 and account_id = (
    select account_id from account join household on household_id = holder_id where head_name = '赵满仓' limit 1)`);
  const page = await check();
  expect(page).toContain('赵满仓家存折的第 2 笔对不上');
  expect(page).toContain(`/villages/${willowCode}/cards/${cards.赵满仓}/statement`);
  expect(page).toContain('不要改任何数据');
  expect(page).toContain('entry, account');
  expect(findHtmlFaults(page)).toEqual([]);
});

test('an act that was rewritten is named by its number', async () => {
  await alter(
    `update act set facts = facts || '{"rule":"AD-LAB-02"}' where village_id = ${village.villageId} and seq = 8`,
  );
  const page = await check();
  expect(page).toContain('公开账本第 8 号和当初写的不一样');
  expect(page).toContain(`/villages/${willowCode}/acts/8`);
});

test.each([
  ['entry', 'account 7, n 3', 'it is missing', { kind: 'entry', isMissing: true, accountId: 7, n: 3 }],
  ['entry', 'seq 12', 'it is missing: its act moved points', { kind: 'entry', isMissing: true, seq: 12 }],
  ['account', 'account 7', 'it holds 1', { kind: 'account', isMissing: false, accountId: 7 }],
  ['stock_move', 'lot 4, n 2', 'it leaves 3', { kind: 'move', isMissing: false, lotId: 4, n: 2 }],
  ['act', 'seq 0 to 263', 'they do not', { kind: 'acts', isMissing: false, seq: 263 }],
  ['log_tile', 'level 0, index 0', 'its root', { kind: 'log', isMissing: false }],
  ['log/', 'the file of the last signature', 'it is damaged', { kind: 'signature', isMissing: false }],
  ['a new table', 'whatever', 'is wrong', { kind: 'other', isMissing: false }],
])('%s, %s: %s', (table, row, sentence, finding) => {
  expect(decideFinding({ table, row, sentence })).toEqual(finding);
});
