/**
 * A log never signs two stories. Real logs died of a database from an old backup, of two servers, of a write that failed
 * halfway: each of them is tried here, and after each the log either goes on consistently or signs nothing more.
 */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openGuard, replaceDurably, type WriteFile } from '../../src/auditlog/guard.ts';
import type { LogRefusal, PublicLogs, SignedCheckpoint } from '../../src/auditlog/index.ts';
import { openPublicLogs } from '../../src/auditlog/index.ts';
import { rangeRoot } from '../../src/auditlog/merkle.ts';
import { consistencyPath, verifyConsistency } from '../../src/auditlog/proofs.ts';
import { readSubtrees } from '../../src/auditlog/stored-tree.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addLeaves } from './bulk-acts.ts';

const VILLAGE = { villageId: 1, code: '990100001001' };

let database: TestDatabase;
let db: Db;
let dataDir: string;
let reports: string[];

beforeEach(async () => {
  database = await createTestDatabase();
  db = createDb(database.sql);
  dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-guard-'));
  reports = [];
});

afterEach(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A server of its own, which remembers nothing of the others. */
function startServer({
  publicOrigin = 'https://shop.example',
  write,
}: {
  publicOrigin?: string;
  write?: WriteFile;
} = {}) {
  const config = { dataDir, host: '127.0.0.1', port: 3000, publicOrigin };
  const report = (_facts: unknown, line: string) => reports.push(line);
  return openPublicLogs({ config, db, report, ...(write && { guard: openGuard(dataDir, write) }) });
}

const guardFile = () => join(dataDir, 'log', `${VILLAGE.code}.note`);
/** As if the last signature was made a while ago. */
function letTimePass(): void {
  const past = new Date(Date.now() - 60_000);
  utimesSync(guardFile(), past, past);
}

const sign = (server: PublicLogs = startServer()) => server.published(VILLAGE);

async function signed(server?: PublicLogs): Promise<SignedCheckpoint> {
  const answer = await sign(server);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
}

async function expectConsistent(earlier: SignedCheckpoint, later: SignedCheckpoint): Promise<void> {
  const path = consistencyPath(earlier.checkpoint.size, later.checkpoint.size);
  const read = await readSubtrees(db.sql, VILLAGE.villageId, later.checkpoint.size, path);
  const proof = path.map((range) => rangeRoot(range, read));
  expect(verifyConsistency(earlier.checkpoint, later.checkpoint, proof)).toBe(true);
}

/** What nobody can do but the owner, and nobody should: the database of an older backup, or an altered one. */
async function alterActs(statement: string): Promise<void> {
  await database.ownerSql.begin(async (tx) => {
    await tx`alter table act disable trigger all`;
    await tx`alter table log_tile disable trigger all`;
    await tx.unsafe(statement);
    await tx`alter table act enable trigger all`;
    await tx`alter table log_tile enable trigger all`;
  });
}

async function rollBackTo(size: number): Promise<void> {
  await alterActs(`
    delete from act where seq >= ${size};
    delete from log_tile where (index + 1) * power(256, level + 1) > ${size};
    update log_head set size = ${size}`);
}

describe('while nothing is wrong', () => {
  test('an empty log is signed as an empty tree', async () => {
    await addLeaves(database.ownerSql, VILLAGE.villageId, 0);
    expect((await signed()).note).toMatch(
      /^shop\.example\/log\/990100001001\n0\n47DEQpj8HBSa\+\/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— shop\.example\/log\/990100001001 /,
    );
  });

  test('each later checkpoint continues the earlier one, across restarts', async () => {
    let last: SignedCheckpoint | null = null;
    let size = 0;
    for (const growth of [1, 254, 1, 1, 255, 1, 300]) {
      await addLeaves(database.ownerSql, VILLAGE.villageId, growth);
      size += growth;
      if (last) letTimePass();
      const next = await signed();
      expect(next.checkpoint.size).toBe(size);
      if (last) await expectConsistent(last, next);
      last = next;
    }
    expect(reports).toEqual([]);
  });

  test('a log is signed at most once a second, by however many servers', async () => {
    await addLeaves(database.ownerSql, VILLAGE.villageId, 3);
    const first = await signed();
    await addLeaves(database.ownerSql, VILLAGE.villageId, 3);
    const soon = await Promise.all(Array.from({ length: 4 }, () => signed()));
    expect(new Set(soon.map(({ note }) => note))).toEqual(new Set([first.note]));
    letTimePass();
    expect((await signed()).checkpoint.size).toBe(6);
  });

  test('a record of this second is waited for', async () => {
    const server = startServer();
    await addLeaves(database.ownerSql, VILLAGE.villageId, 3);
    await signed(server);
    await addLeaves(database.ownerSql, VILLAGE.villageId, 1);
    expect(await server.covering(VILLAGE, 3)).toMatchObject({ checkpoint: { size: 4 } });
  });

  test('twenty servers that sign a growing log at once give one line of checkpoints', async () => {
    await addLeaves(database.ownerSql, VILLAGE.villageId, 200);
    const notes = new Map<number, SignedCheckpoint>();
    const first = await signed();
    notes.set(200, first);
    for (let round = 0; round < 5; round += 1) {
      letTimePass();
      const growing = addLeaves(database.ownerSql, VILLAGE.villageId, 30);
      const answers = await Promise.all(Array.from({ length: 20 }, () => signed()));
      await growing;
      for (const answer of answers) {
        const known = notes.get(answer.checkpoint.size);
        if (known) expect(answer.note).toBe(known.note);
        notes.set(answer.checkpoint.size, answer);
      }
    }
    const line = [...notes.values()].sort((left, right) => left.checkpoint.size - right.checkpoint.size);
    for (const [place, later] of line.entries()) {
      const earlier = line[place - 1];
      if (earlier) await expectConsistent(earlier, later);
    }
    expect(line.length).toBeGreaterThan(1);
  });

  test('a server that lost its lock does not overwrite what another one has signed', async () => {
    await addLeaves(database.ownerSql, VILLAGE.villageId, 3);
    const first = await signed();
    letTimePass();
    await addLeaves(database.ownerSql, VILLAGE.villageId, 3);
    const second = await signed();

    // It read the guard before the other one wrote it.
    const guard = openGuard(dataDir);
    const stale = { ...guard, read: () => ({ note: first.note, ageMs: 60_000 }) };
    const config = { dataDir, host: '127.0.0.1', port: 3000, publicOrigin: 'https://shop.example' };
    const late = openPublicLogs({ config, db, report: (_facts, line) => reports.push(line), guard: stale });
    await addLeaves(database.ownerSql, VILLAGE.villageId, 3);
    expect((await signed(late)).note).toBe(first.note);
    expect(guard.read(VILLAGE.code)?.note).toBe(second.note);
    expect(reports).toEqual([expect.stringContaining('could not be written')]);
  });

  test('a log keeps its name and key when the server moves, and the operator is told once', async () => {
    await addLeaves(database.ownerSql, VILLAGE.villageId, 1);
    const before = await signed();
    await addLeaves(database.ownerSql, VILLAGE.villageId, 1);
    letTimePass();
    const moved = startServer({ publicOrigin: 'https://other.example' });
    const after = await signed(moved);
    expect(after.checkpoint).toMatchObject({ origin: before.checkpoint.origin, size: 2 });
    expect(after.vkey).toBe(before.vkey);
    expect(moved.identity(VILLAGE.code)).toMatchObject({ origin: before.checkpoint.origin, vkey: before.vkey });
    expect(reports).toEqual([expect.stringContaining('keeps the name shop.example/log/990100001001')]);
  });

  test('seed and guard are for this account alone', async () => {
    await addLeaves(database.ownerSql, VILLAGE.villageId, 1);
    await signed();
    for (const path of [join(dataDir, 'log-seed'), guardFile()]) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(dataDir, 'log'))).toEqual([`${VILLAGE.code}.note`]);
  });
});

describe('a database that is not the one that was signed', () => {
  beforeEach(async () => {
    await addLeaves(database.ownerSql, VILLAGE.villageId, 600);
    await signed();
    letTimePass();
  });

  const refusal = async (): Promise<LogRefusal> => {
    const answer = await sign();
    if (!('refused' in answer)) throw new Error('it was signed');
    return answer;
  };

  test('an older backup is not signed, nor the tail that grows on it', async () => {
    await rollBackTo(500);
    expect(await refusal()).toEqual({ refused: 'log_rolled_back', signed: 600, found: 500 });
    await addLeaves(database.ownerSql, VILLAGE.villageId, 100, 'another');
    expect(await refusal()).toEqual({ refused: 'log_rewritten', signed: 600 });
    await addLeaves(database.ownerSql, VILLAGE.villageId, 400, 'another');
    expect(await refusal()).toEqual({ refused: 'log_rewritten', signed: 600 });
    expect(reports.at(-1)).toContain('frozen');
  });

  test('the acts of the lost tail, imported again to the byte, thaw the log', async () => {
    await rollBackTo(500);
    expect(await refusal()).toMatchObject({ refused: 'log_rolled_back' });
    await addLeaves(database.ownerSql, VILLAGE.villageId, 101);
    expect((await signed()).checkpoint.size).toBe(601);
  });

  test('an emptied database is not signed', async () => {
    await rollBackTo(0);
    expect(await refusal()).toEqual({ refused: 'log_rolled_back', signed: 600, found: 0 });
  });

  test('an act of the right edge that was altered is noticed at once', async () => {
    await alterActs(`update act set leaf_hash = sha256('x') where seq = 590`);
    expect(await refusal()).toEqual({ refused: 'log_rewritten', signed: 600 });
  });

  test('a lost guard, a damaged one and one of another key are refused', async () => {
    const note = readFileSync(guardFile(), 'utf8');
    for (const damaged of ['', note.slice(0, 20), note.replace('\n600\n', '\n0600\n')]) {
      writeFileSync(guardFile(), damaged);
      expect(await refusal()).toEqual({ refused: 'log_guard_damaged' });
    }
    writeFileSync(guardFile(), note.replace('\n600\n', '\n599\n'));
    expect(await refusal()).toEqual({ refused: 'log_key_changed' });
    rmSync(guardFile());
    expect(await refusal()).toEqual({ refused: 'log_guard_lost' });
    writeFileSync(guardFile(), note);
    expect((await signed()).checkpoint.size).toBe(600);

    rmSync(join(dataDir, 'log-seed'));
    expect(await refusal()).toEqual({ refused: 'log_key_changed' });
    rmSync(guardFile());
    expect(await refusal()).toEqual({ refused: 'log_guard_lost' });
  });
});

describe('a guard that cannot be written', () => {
  const full = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const failBefore: WriteFile = () => {
    throw full();
  };
  const failAfter: WriteFile = (path, content) => {
    replaceDurably(path, content);
    throw full();
  };

  test.each([
    ['before it was replaced', failBefore, 10],
    ['after it was replaced', failAfter, 20],
  ])('that fails %s leaves the last checkpoint standing', async (_when, write, guardedSize) => {
    await addLeaves(database.ownerSql, VILLAGE.villageId, 10);
    const before = await signed();
    letTimePass();
    await addLeaves(database.ownerSql, VILLAGE.villageId, 10);
    expect((await signed(startServer({ write }))).note).toBe(before.note);
    expect(reports).toEqual([expect.stringContaining('could not be written')]);
    expect(readFileSync(guardFile(), 'utf8').split('\n')[1]).toBe(String(guardedSize));
    expect(readdirSync(join(dataDir, 'log'))).toHaveLength(1);

    letTimePass();
    const after = await signed();
    expect(after.checkpoint.size).toBe(20);
    await expectConsistent(before, after);
  });

  test.each([
    ['before', failBefore],
    ['after', failAfter],
  ])('a first signature that fails %s is none, and the next one is', async (_when, write) => {
    await addLeaves(database.ownerSql, VILLAGE.villageId, 10);
    await expect(sign(startServer({ write }))).rejects.toThrow('could not be written');
    if (existsSync(guardFile())) letTimePass();
    expect((await signed()).checkpoint.size).toBe(10);
  });
});
