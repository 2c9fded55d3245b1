/**
 * Every step by which a signature reaches the disk, failed once before it is done and once after: reading, storing of tiles,
 * the log's name, draft, its sync, its new name, the folder's sync, the end of the transaction. After each the server starts
 * again and the whole log is proved anew against everything that was ever handed out.
 */
import { mkdtempSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GrowingTree, leafHash } from '../../src/audit/merkle.ts';
import { openNote, parseCheckpoint, parseVkey } from '../../src/audit/note.ts';
import { openPublicLogs } from '../../src/auditlog/index.ts';
import type { Sql } from '../../src/platform/database/connect.ts';
import { createDb } from '../../src/platform/database/db.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addLeaves } from './bulk-acts.ts';

const VILLAGE = { villageId: 1, code: '990100001001' };

type When = 'before' | 'after';

const faults = vi.hoisted(() => ({
  isArmed: false,
  failAt: 0,
  when: 'before' as 'before' | 'after',
  count: 0,
  names: [] as string[],
  hit: null as string | null,
  /** Runs one step, unless it is the one that fails before it is done; fails it afterwards if it is to. */
  step<Result>(name: string, work: () => Result): Result {
    if (!this.isArmed) return work();
    this.count += 1;
    this.names.push(name);
    const fails = this.count === this.failAt;
    if (fails) this.hit = name;
    if (fails && this.when === 'before') throw new Error(`${name} failed`);
    const result = work();
    if (!fails) return result;
    if (result instanceof Promise) return result.then(() => Promise.reject(new Error(`${name} failed`))) as Result;
    throw new Error(`${name} failed`);
  },
}));

vi.mock('node:fs', async (load) => {
  const real = await load<typeof import('node:fs')>();
  const names = ['openSync', 'writeFileSync', 'fsyncSync', 'closeSync', 'renameSync', 'readFileSync'] as const;
  const failing = names.map((name) => [
    name,
    (...given: unknown[]) => faults.step(name, () => Reflect.apply(real[name], real, given) as unknown),
  ]);
  return { ...real, ...(Object.fromEntries(failing) as object) };
});

/** The same database, whose transactions fail as they are told. */
function failing(sql: Sql): Sql {
  const inTransaction = (tx: Sql) =>
    new Proxy(tx, {
      apply: (target, self, given: [TemplateStringsArray, ...unknown[]]) => {
        const name = /store_log_tiles|begin_public_log|pg_advisory_xact_lock/.exec(given[0].join(''))?.[0] ?? 'a read';
        const query = Reflect.apply(target, self, given) as Promise<unknown>;
        // A part of another query has no result of its own.
        return name === 'a read' && !/^\s*select/.test(given[0][0] ?? '')
          ? query
          : faults.step(name, () => Promise.resolve(query));
      },
    });
  return new Proxy(sql, {
    get: (target, name) =>
      name === 'begin'
        ? (work: (tx: Sql) => Promise<unknown>) =>
            faults.step('the commit', () => target.begin((tx) => work(inTransaction(tx as unknown as Sql)) as never))
        : (Reflect.get(target, name) as unknown),
  });
}

let database: TestDatabase;
let dataDir: string;
/** Everything that any server ever handed out. */
let handedOut: string[];
let vkey: string;

beforeEach(async () => {
  database = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-steps-'));
  handedOut = [];
  vkey = '';
});

afterEach(async () => {
  faults.isArmed = false;
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const guardFile = () => join(dataDir, 'log', `${VILLAGE.code}.note`);

async function sign(arm = () => {}): Promise<string | null> {
  const config = { dataDir, host: '127.0.0.1', port: 3000, publicOrigin: 'https://shop.example' };
  const logs = openPublicLogs({ config, db: createDb(failing(database.sql)), report: () => {} });
  arm();
  const answer = await logs.published(VILLAGE).catch(() => null);
  faults.isArmed = false;
  vkey ||= logs.identity(VILLAGE.code).vkey;
  if (!answer) return null;
  if ('refused' in answer) throw new Error(answer.refused);
  handedOut.push(answer.note);
  return answer.note;
}

async function signWithFault(failAt: number, when: When): Promise<string | null> {
  await sign(() => Object.assign(faults, { isArmed: true, failAt, when, count: 0, names: [], hit: null }));
  return faults.hit;
}

function letTimePass(): void {
  try {
    utimesSync(guardFile(), new Date(0), new Date(0));
  } catch {
    // Not signed yet.
  }
}

/** From the bytes of the acts alone: the tree, every stored tile, every checkpoint that was handed out or is guarded. */
async function selfCheck(): Promise<void> {
  const key = parseVkey(vkey);
  if (!key) throw new Error('the log shows no key');
  const heads = [...handedOut, readFileSync(guardFile(), 'utf8')].map((note) => {
    const opened = openNote(note, [key]);
    expect(opened?.signers).toEqual([key]);
    const head = parseCheckpoint(opened?.text ?? '');
    if (!head) throw new Error('no checkpoint');
    return head;
  });
  const acts = await database.ownerSql<{ leaf: Buffer }[]>`select leaf from act where village_id = 1 order by seq`;
  const hashes = new Map<string, Buffer>();
  const roots = new Map<number, Buffer>();
  const tree = new GrowingTree((height, index, hash) => {
    if (height % 8 === 0) hashes.set(`${height / 8} ${index}`, hash);
  });
  roots.set(0, tree.root());
  for (const { leaf } of acts) {
    tree.add(leafHash(leaf));
    roots.set(tree.size, tree.root());
  }
  for (const { size, root } of heads) expect([size, roots.get(size)]).toEqual([size, root]);
  const tiles = await database.ownerSql<{ level: number; index: number; hashes: Buffer; root: Buffer }[]>`
    select level, index, hashes, root from log_tile where village_id = 1 order by level, index`;
  for (const tile of tiles) {
    const below = Array.from({ length: 256 }, (_, place) => hashes.get(`${tile.level} ${tile.index * 256 + place}`));
    expect(Buffer.concat(below.map((hash) => hash ?? Buffer.alloc(0)))).toEqual(tile.hashes);
    expect(hashes.get(`${tile.level + 1} ${tile.index}`)).toEqual(tile.root);
  }
  const newest = Math.max(...heads.map(({ size }) => size));
  expect(tiles.filter(({ level }) => level === 0).length).toBe(Math.floor(newest / 256));
}

test.each<When>(['before', 'after'])(
  'a signature whose steps fail %s they are done forks nothing',
  { timeout: 120_000 },
  async (when) => {
    await addLeaves(database.ownerSql, VILLAGE.villageId, 10);
    await sign();
    const hit: string[] = [];
    for (let step = 1; ; step += 1) {
      // Each time a tile becomes full, so that the storing of tiles has something to lose.
      await addLeaves(database.ownerSql, VILLAGE.villageId, 256);
      letTimePass();
      const name = await signWithFault(step, when);
      if (name === null) break;
      hit.push(name);
      letTimePass();
      expect(await sign()).not.toBeNull();
      await selfCheck();
    }
    expect(hit).toEqual(
      expect.arrayContaining([
        'the commit',
        'pg_advisory_xact_lock',
        'store_log_tiles',
        'openSync',
        'writeFileSync',
        'fsyncSync',
        'closeSync',
        'renameSync',
      ]),
    );
    // The draft and its folder.
    expect(hit.filter((name) => name === 'fsyncSync')).toHaveLength(2);
    expect(hit.length).toBeGreaterThanOrEqual(13);
  },
);

test.each<When>(['before', 'after'])(
  'a first signature whose steps fail %s they are done is made in the end',
  { timeout: 120_000 },
  async (when) => {
    let steps = 0;
    for (let step = 1; ; step += 1) {
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
      database = await createTestDatabase();
      dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-steps-'));
      handedOut = [];
      await addLeaves(database.ownerSql, VILLAGE.villageId, 300);
      vkey = '';
      // The seed is drawn before anything fails here.
      const config = { dataDir, host: '127.0.0.1', port: 3000, publicOrigin: 'https://shop.example' };
      vkey = openPublicLogs({ config, db: createDb(database.sql), report: () => {} }).identity(VILLAGE.code).vkey;
      const name = await signWithFault(step, when);
      if (name === null) break;
      steps += 1;
      letTimePass();
      expect([name, await sign()]).toEqual([name, expect.any(String)]);
      await selfCheck();
    }
    expect(steps).toBeGreaterThanOrEqual(13);
  },
);
