/** After a restore from an older backup: the log freezes, is closed with a last word, and another one goes on in its place. */
import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditVillages } from '../../src/audit/audit-county.ts';
import { auditLog } from '../../src/audit/audit-log.ts';
import { followLog } from '../../src/audit/follow-log.ts';
import { closeLog, openPublicLogs, openRounds, openSigner } from '../../src/auditlog/index.ts';
import { readClosedLog } from '../../src/auditlog/log-names.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, countyCode, must, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

let served: TestApp;
let villageId: number;

beforeEach(async () => {
  served = await createTestApp();
  villageId = (await findVillage(served.db.sql, willowCode))?.villageId ?? 0;
});

afterEach(() => served.close());

const config = () => ({ dataDir: served.dataDir, host: '127.0.0.1', port: 3000, publicOrigin: undefined });
const openLogs = () => openPublicLogs({ config: config(), db: served.db, report: () => {} });
const guardFile = (name = willowCode) => join(served.dataDir, 'log', `${name}.note`);

function letTimePass(): void {
  for (const name of [willowCode, `${willowCode}-2`, `${willowCode}-3`]) {
    if (existsSync(guardFile(name))) utimesSync(guardFile(name), new Date(0), new Date(0));
  }
}

/** As a server that was just started. */
async function sign() {
  letTimePass();
  return openLogs().published({ villageId, code: willowCode });
}

const award = async () => {
  const act = { villageId, recordedBy: 1, today: '2026-10-15', occurredOn: '2026-10-14', rule: 'AD-HON-03' };
  await must(awardPoints(served.db, { ...act, idempotencyKey: crypto.randomUUID(), cards: [cards.单小花] }));
};

/** What an older copy of the database would hold: nothing of what was done since. */
async function rollBackTo(size: number): Promise<void> {
  await served.database.ownerSql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    const lost = tx`village_id = ${villageId} and seq >= ${size}`;
    await tx`
      update account
         set balance_centipoints = balance_centipoints - lost.amount,
             last_n = last_n - lost.count
        from (select account_id, sum(amount_centipoints)::bigint as amount, count(*) as count from entry where ${lost} group by account_id) as lost
       where account.village_id = ${villageId}
         and account.account_id = lost.account_id`;
    await tx`delete from entry where ${lost}`;
    await tx`delete from disclosure where ${lost}`;
    await tx`delete from act where ${lost}`;
    await tx`delete from operation where village_id = ${villageId} and first_seq >= ${size}`;
    await tx`update log_head set size = ${size} where village_id = ${villageId}`;
  });
}

const close = (keptNote?: string) =>
  closeLog({
    sql: served.database.ownerSql,
    dataDir: served.dataDir,
    signer: openSigner(config()),
    log: { villageId, code: willowCode },
    keptNote,
  });

const fetchOf = (name: string) => async (path: string) => {
  const answer = await served.app.inject(`/log/${name}/${path}`);
  if (answer.statusCode !== 200 && answer.statusCode !== 404) throw new Error(answer.body);
  return answer.statusCode === 200 ? answer.rawPayload : null;
};

const follow = (vkey: string, kept: { name: string; note: string }[] = [], name = willowCode) =>
  followLog({ fetchOf, name, vkey, savedOf: (origin) => kept.filter(({ note }) => note.startsWith(`${origin}\n`)) });

async function signedBefore(): Promise<{ vkey: string; kept: { name: string; note: string }[] }> {
  const first = await sign();
  for (let turn = 0; turn < 5; turn += 1) await award();
  const second = await sign();
  if ('refused' in first || 'refused' in second) throw new Error('it is frozen');
  if (first.checkpoint.size !== 7 || second.checkpoint.size !== 12) throw new Error('the cast has other acts');
  return { vkey: first.vkey, kept: [first, second].map(({ note }) => ({ name: 'a board', note })) };
}

describe('a log that was closed', () => {
  let before: Awaited<ReturnType<typeof signedBefore>>;
  let frozen: Awaited<ReturnType<typeof sign>>;
  let closing: Awaited<ReturnType<typeof close>>;

  beforeEach(async () => {
    before = await signedBefore();
    await rollBackTo(9);
    frozen = await sign();
    closing = await close();
    await award();
    await sign();
    // The server answers what it found within the last second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  });

  test('goes on under another name and key, with an act that names the old one', async () => {
    expect(frozen).toEqual({ refused: 'log_rolled_back', signed: 12, found: 9 });
    expect(closing).toMatchObject({
      closed: { size: 12 },
      because: 'log_rolled_back',
      origin: `127.0.0.1:3000/log/${willowCode}-2`,
      seq: 9,
    });
    const signed = await sign();
    expect(signed).toMatchObject({ checkpoint: { origin: `127.0.0.1:3000/log/${willowCode}-2`, size: 11 } });
    const vkey = (await served.app.inject(`/log/${willowCode}-2/vkey`)).body.trim();
    const begin = JSON.parse((await served.app.inject(`/log/${willowCode}-2/entries.jsonl`)).body.split('\n')[9] ?? '');
    expect(begin).toMatchObject({
      type: 'log.begin',
      origin: `127.0.0.1:3000/log/${willowCode}`,
      size: 12,
      successor: vkey,
    });
    expect(begin.vkey).toBe(before.vkey);
    expect(vkey).not.toBe(before.vkey);
    expect((await verifyEverything(served.db.sql, served.dataDir)).bad).toEqual([]);
    await checkWorld(served.database.ownerSql);
  });

  test('keeps its last word and all that was not lost', async () => {
    const get = (path: string) => served.app.inject(`/log/${willowCode}/${path}`);
    const last = (await get('checkpoint')).body;
    expect(last).toMatch(/^\S+\n12\n\S+\nsuccessor \S+-2\+[0-9a-f]{8}\+\S+\n\n— /);
    expect((await get('vkey')).body.trim()).toBe(before.vkey);
    expect((await get('tile/entries/000.p/9')).statusCode).toBe(200);
    expect((await get('entries.jsonl')).body.trimEnd().split('\n')).toHaveLength(9);
    for (const path of ['tile/entries/000.p/10', 'tile/0/000.p/12', 'receipt/3']) {
      expect((await get(path)).statusCode).toBe(404);
    }
    for (const name of [`${willowCode}-3`, `${willowCode}-1`, `${willowCode}-02`]) {
      expect((await served.app.inject(`/log/${name}/checkpoint`)).statusCode).toBe(404);
    }
  });

  test('is followed by an audit that knows nothing but the old key', async () => {
    expect(await follow(before.vkey, before.kept)).toMatchObject({
      checkpoint: { origin: `127.0.0.1:3000/log/${willowCode}-2`, size: 11 },
      succeeded: [{ origin: `127.0.0.1:3000/log/${willowCode}`, size: 12, entry: 9 }],
    });
  });

  test('says so on its page', async () => {
    const page = await served.app.inject({
      url: `/villages/${willowCode}/log`,
      headers: { 'accept-language': 'zh-CN' },
    });
    expect(page.statusCode).toBe(200);
    for (const text of ['以前的账本停用了', `/log/${willowCode}/checkpoint`, `/log/${willowCode}-2`, '签到第 12 条']) {
      expect(page.body).toContain(text);
    }
    expect(findHtmlFaults(page.body)).toEqual([]);
    const acts = await served.app.inject({
      url: `/villages/${willowCode}/acts`,
      headers: { 'accept-language': 'zh-CN' },
    });
    expect(acts.body).toContain('旧账本签到 12 条为止');
  });

  test('cannot be closed again while it signs, and can when it is lost again', async () => {
    expect(await close()).toEqual({ refused: 'log_not_frozen' });
    await rollBackTo(10);
    expect(await close()).toMatchObject({
      closed: { size: 11 },
      origin: `127.0.0.1:3000/log/${willowCode}-3`,
      seq: 10,
    });
    expect(await sign()).toMatchObject({ checkpoint: { size: 11 } });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await follow(before.vkey)).toMatchObject({ succeeded: [{ entry: 9 }, { entry: 10, size: 11 }] });
  });

  test('is not signed when a backup without its first act is restored again', async () => {
    rmSync(guardFile(`${willowCode}-2`));
    await served.database.ownerSql`alter table public_log disable trigger all`;
    await served.database.ownerSql`delete from public_log where origin like '%-2'`;
    await rollBackTo(8);
    expect(await sign()).toEqual({ refused: 'log_beginning_lost' });
  });

  test('that the new one contradicts is found', async () => {
    const path = join(served.dataDir, 'log', `${willowCode}.closed`);
    const good = readFileSync(path, 'utf8');
    writeFileSync(path, good.replace('\n12\n', '\n13\n'));
    expect(await follow(before.vkey)).toMatchObject({ finding: { step: 'checkpoint' } });
    writeFileSync(path, good);
    await served.database.ownerSql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update act set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"opening":10000', '"opening":20000'), 'UTF8') where village_id = ${villageId} and seq = 0`;
      await tx`update act set leaf_hash = sha256('\\x00'::bytea || leaf) where village_id = ${villageId} and seq = 0`;
      await tx`delete from public_log where origin like '%-2'`;
    });
    rmSync(guardFile(`${willowCode}-2`));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await follow(before.vkey)).toMatchObject({ checkpoint: { size: 11 } });
    expect(await follow(before.vkey, before.kept)).toMatchObject({ finding: { step: 'succession' } });
  });

  test('stands in the log of the county under both names', async () => {
    const { db, dataDir } = served;
    const walk = () =>
      openRounds({ config: { dataDir }, db, logs: openLogs(), report: () => {}, recordingPauseMs: 0 }).walk();
    await walk();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const vkey = (await served.app.inject(`/log/${countyCode}/vkey`)).body.trim();
    const county = await auditLog({ fetch: fetchOf(countyCode), vkey });
    if ('finding' in county) throw new Error(county.finding.sentence);
    expect(await auditVillages({ county, fetchOf })).toMatchObject({ logs: [{ checkpoint: { size: 11 } }, {}] });
  });
});

test('a log that signs is not closed', async () => {
  await signedBefore();
  expect(await close()).toEqual({ refused: 'log_not_frozen' });
  expect(readClosedLog(served.dataDir, willowCode)).toBeNull();
});

test('where the last signature is lost, a kept checkpoint takes its place, but only one of this very log', async () => {
  const { kept } = await signedBefore();
  rmSync(guardFile());
  expect(await sign()).toEqual({ refused: 'log_guard_lost' });
  expect(await close()).toEqual({ refused: 'last_checkpoint_unknown' });
  const other = (await served.app.inject(`/log/990100001002/checkpoint`)).body;
  for (const wrong of [other, 'nonsense', kept[1]?.note.replace('\n12\n', '\n13\n')]) {
    expect(await close(wrong)).toEqual({ refused: 'last_checkpoint_unknown' });
  }
  expect(await close(kept[1]?.note)).toMatchObject({ closed: { size: 12 }, seq: 12 });
  expect(await sign()).toMatchObject({ checkpoint: { size: 13 } });
});

test('with another secret of all keys the log is closed by its own last note', async () => {
  const { vkey } = await signedBefore();
  rmSync(join(served.dataDir, 'log-seed'));
  expect(await sign()).toEqual({ refused: 'log_key_changed' });
  expect(await close()).toMatchObject({ closed: { size: 12 }, because: 'log_key_changed' });
  expect(readClosedLog(served.dataDir, willowCode)).toMatchObject({ size: 12, successorVkey: null });
  expect(await sign()).toMatchObject({ checkpoint: { size: 13 } });
  expect(vkey).toContain(`/log/${willowCode}+`);
});

test('a closing that broke off between its two steps is finished by the next one', async () => {
  await signedBefore();
  await rollBackTo(9);
  await close();
  rmSync(join(served.dataDir, 'log', `${willowCode}.closed`));
  expect(await sign()).toMatchObject({ refused: 'log_rolled_back' });
  expect(await close()).toMatchObject({ seq: 9, origin: `127.0.0.1:3000/log/${willowCode}-2` });
  expect(await sign()).toMatchObject({ checkpoint: { size: 10 } });
});
