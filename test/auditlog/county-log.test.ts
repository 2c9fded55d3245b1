/** The county's log: what it takes in and when, what an audit makes of it, and that a rewritten village stands out in it. */
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditVillages } from '../../src/audit/audit-county.ts';
import { auditLog } from '../../src/audit/audit-log.ts';
import { recordCheckpoints } from '../../src/auditlog/county-log.ts';
import { decideRecording } from '../../src/auditlog/decide-recording.ts';
import { openPublicLogs, openRounds, type PublicLogs } from '../../src/auditlog/index.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { findRegion, findVillage } from '../../src/people/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, countyCode, must, poplarCode, townshipCode, willowCode } from '../support/cast.ts';

let served: TestApp;
let countyId: number;
let willowId: number;

beforeAll(async () => {
  served = await createTestApp();
  countyId = (await findRegion(served.db.sql, countyCode))?.regionId ?? 0;
  willowId = (await findVillage(served.db.sql, willowCode))?.villageId ?? 0;
});

afterAll(() => served.close());

const reports: string[] = [];
const report = (_facts: unknown, line: string) => reports.push(line);

function openLogs(): PublicLogs {
  const config = { dataDir: served.dataDir, host: '127.0.0.1', port: 3000, publicOrigin: undefined };
  return openPublicLogs({ config, db: served.db, report });
}

/** A round as if every signature and the last recording were made long ago. */
async function walk(recordingPauseMs = 0): Promise<void> {
  const past = new Date(Date.now() - 60_000);
  const folder = join(served.dataDir, 'log');
  for (const file of readdirSync(served.dataDir).includes('log') ? readdirSync(folder) : []) {
    if (file.endsWith('.note')) utimesSync(join(folder, file), past, past);
  }
  const { db, dataDir } = served;
  await openRounds({ config: { dataDir }, db, logs: openLogs(), report, recordingPauseMs }).walk();
}

const award = async () => {
  const act = { villageId: willowId, recordedBy: 1, today: '2026-10-15', occurredOn: '2026-10-14' };
  const key = crypto.randomUUID();
  await must(awardPoints(served.db, { ...act, idempotencyKey: key, rule: 'AD-LAB-01', cards: [cards.单小花] }));
};

const fetchOf = (code: string) => async (path: string) => {
  const answer = await served.app.inject(`/log/${code}/${path}`);
  if (answer.statusCode !== 200 && answer.statusCode !== 404) throw new Error(answer.body);
  return answer.statusCode === 200 ? answer.rawPayload : null;
};

async function auditCounty() {
  const vkey = (await served.app.inject(`/log/${countyCode}/vkey`)).body.trim();
  const county = await auditLog({ fetch: fetchOf(countyCode), vkey });
  if ('finding' in county) return county;
  const villages = await auditVillages({ county, fetchOf });
  return 'finding' in villages ? villages : { county, logs: villages.logs };
}

const acts = () => served.db.sql<{ village: string; size: number }[]>`
  select facts ->> 'village' as village,
         split_part(facts ->> 'checkpoint', chr(10), 2)::integer as size
    from act
   where village_id = ${countyId}
   order by seq`;

test('nothing is there before the first round', async () => {
  expect((await served.app.inject(`/log/${countyCode}/checkpoint`)).statusCode).toBe(404);
  expect((await served.app.inject(`/log/${townshipCode}/checkpoint`)).statusCode).toBe(404);
  const page = await served.app.inject({ url: `/regions/${countyCode}/log`, headers: { 'accept-language': 'zh-CN' } });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('还没有留底');
});

test('each village that has grown is taken in, and no other', async () => {
  await walk();
  expect(await acts()).toEqual([
    { village: willowCode, size: 7 },
    { village: poplarCode, size: 2 },
  ]);
  await walk();
  expect(await acts()).toHaveLength(2);
  await award();
  await walk(60_000);
  expect(await acts()).toHaveLength(2);
  await walk();
  expect((await acts()).slice(2)).toEqual([{ village: willowCode, size: 8 }]);
  expect(reports).toEqual([]);
});

test('an audit proves the county and every village in it', async () => {
  const outcome = await auditCounty();
  expect(outcome).toMatchObject({
    county: { checkpoint: { size: 3 }, registered: [{ code: willowCode }, { code: poplarCode }] },
    logs: [{ checkpoint: { size: 8 } }, { checkpoint: { size: 2 } }],
  });
  expect((await verifyEverything(served.db.sql, served.dataDir)).bad).toEqual([]);
});

test('of ten servers that record at once one does', async () => {
  await award();
  const logs = openLogs();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const signed = await logs.published({ villageId: willowId, code: willowCode });
  if ('refused' in signed) throw new Error(signed.refused);
  const before = (await acts()).length;
  const done = await Promise.all(
    Array.from({ length: 10 }, () =>
      recordCheckpoints(served.db, countyId, [{ code: willowCode, signed }], { pauseMs: 0 }),
    ),
  );
  expect(done.reduce((sum, count) => sum + count)).toBe(1);
  expect(await acts()).toHaveLength(before + 1);
});

test('the database takes nothing else there, and nothing of it in a village', async () => {
  const operation = (type: string) =>
    JSON.stringify({
      operationId: 'x',
      kind: 'x',
      idempotencyKey: 'x',
      requestHash: '00',
      recordedBy: 0,
      occurredOn: '2026-10-15',
      expectedSize: 0,
      acts: [{ id: 'X', type, facts: {}, head: '{"at":"', middle: '"}', tail: '' }],
    });
  const record = (place: number, type: string) =>
    served.db.sql`select record_checkpoints(${place}, ${operation(type)}::text::jsonb)`;
  await expect(record(willowId, 'log.checkpoint')).rejects.toThrow('only checkpoints');
  await expect(record(countyId, 'points.award')).rejects.toThrow('only checkpoints');
});

test('the page says in plain sentences what is kept, and is linked from the villages', async () => {
  const get = (url: string) => served.app.inject({ url, headers: { 'accept-language': 'zh-CN' } });
  const page = await get(`/regions/${countyCode}/log`);
  expect(page.statusCode).toBe(200);
  for (const text of ['柳树村', '9 条', `/villages/${willowCode}/log`, `/log/${countyCode}`, 'npm run audit']) {
    expect(page.body).toContain(text);
  }
  expect(findHtmlFaults(page.body)).toEqual([]);
  for (const from of ['/', `/villages/${willowCode}/log`]) {
    expect((await get(from)).body).toContain(`href="/regions/${countyCode}/log"`);
  }
  expect((await get(`/regions/${townshipCode}/log`)).statusCode).toBe(404);
  expect((await get(`/regions/${willowCode}/log`)).headers.location).toBe(`/villages/${willowCode}/log`);
});

describe('a village whose past was written anew and signed again', () => {
  test('is named by the audit of the county, and by no audit of the village', async () => {
    // Whoever owns the whole server: acts, tiles, and the guard with its signature.
    await served.database.ownerSql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`
        update act
           set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"opening":10000', '"opening":20000'), 'UTF8')
         where village_id = ${willowId}
           and seq = 0`;
      await tx`update act set leaf_hash = sha256('\\x00'::bytea || leaf) where village_id = ${willowId} and seq = 0`;
      await tx`delete from public_log where village_id = ${willowId}`;
    });
    const guard = join(served.dataDir, 'log', `${willowCode}.note`);
    const kept = readFileSync(guard, 'utf8');
    rmSync(guard);
    await new Promise((resolve) => setTimeout(resolve, 1_100));

    const vkey = (await served.app.inject(`/log/${willowCode}/vkey`)).body.trim();
    expect(await auditLog({ fetch: fetchOf(willowCode), vkey })).toMatchObject({ checkpoint: { size: 9 } });
    expect(await auditCounty()).toMatchObject({
      finding: {
        step: 'known',
        origin: `127.0.0.1:3000/log/${willowCode}`,
        sentence: "the first 7 entries are not the ones of number 0 of the county's log",
      },
    });
    writeFileSync(guard, kept);
  });
});

test.each<[string, Parameters<typeof decideRecording>, string[]]>([
  [
    'what is new',
    [[{ code: 'a', size: 1, recordedSize: null }], { lastRecordedMs: null, nowMs: 0, pauseMs: 9 }],
    ['a'],
  ],
  ['no empty log', [[{ code: 'a', size: 0, recordedSize: null }], { lastRecordedMs: null, nowMs: 0, pauseMs: 9 }], []],
  ['what has grown', [[{ code: 'a', size: 2, recordedSize: 1 }], { lastRecordedMs: 0, nowMs: 9, pauseMs: 9 }], ['a']],
  ['nothing too soon', [[{ code: 'a', size: 2, recordedSize: 1 }], { lastRecordedMs: 1, nowMs: 9, pauseMs: 9 }], []],
  ['nothing shorter', [[{ code: 'a', size: 1, recordedSize: 2 }], { lastRecordedMs: 0, nowMs: 9, pauseMs: 9 }], []],
])('%s is due', (_what, [villages, when], due) => {
  expect(decideRecording(villages, when)).toEqual(due);
});
