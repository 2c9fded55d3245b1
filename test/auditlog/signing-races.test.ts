/**
 * Several servers, each a process of its own, on one database and one data folder, some of them killed in the middle: whatever
 * they handed out is one line of checkpoints, never two heads of one size.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseCheckpoint } from '../../src/auditlog/checkpoint.ts';
import { rangeRoot } from '../../src/auditlog/merkle.ts';
import { consistencyPath, verifyConsistency } from '../../src/auditlog/proofs.ts';
import { readSubtrees } from '../../src/auditlog/stored-tree.ts';
import { createDb } from '../../src/platform/database/db.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addLeaves } from './bulk-acts.ts';

const VILLAGE = { villageId: 1, code: '990100001001' };
const TURNS = 60;
const FEWEST_HEADS = 20;
/** Longer than the test may take: they sign until they are killed. */
const SIGN_FOR_MS = 90_000;

let database: TestDatabase;
let dataDir: string;
let children: ChildProcess[];

beforeEach(async () => {
  database = await createTestDatabase();
  dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-races-'));
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Said {
  note?: string;
  refused?: string;
  report?: string;
}

function startSigning(): { said: Said[]; child: ChildProcess; ended: Promise<unknown> } {
  const path = fileURLToPath(new URL('./signing-process.ts', import.meta.url));
  const input = JSON.stringify({ database: database.options, dataDir, village: VILLAGE, forMs: SIGN_FOR_MS });
  const child = spawn(process.execPath, ['--import', 'tsx', path, input], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const said: Said[] = [];
  let rest = '';
  child.stdout?.on('data', (part: Buffer) => {
    const lines = (rest + part.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) said.push(JSON.parse(line) as Said);
  });
  return { said, child, ended: new Promise((resolve) => child.once('close', resolve)) };
}

async function expectOneLine(notes: readonly string[]): Promise<number> {
  const bySize = new Map<number, string>();
  for (const note of notes) {
    const size = Number(note.split('\n')[1]);
    expect(bySize.get(size) ?? note).toBe(note);
    bySize.set(size, note);
  }
  const { sql } = createDb(database.sql);
  const line = [...bySize].sort(([left], [right]) => left - right).map(([, note]) => note);
  const heads = line.map((note) => parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1)));
  for (const [place, later] of heads.entries()) {
    const earlier = heads[place - 1];
    if (!earlier || !later) continue;
    const path = consistencyPath(earlier.size, later.size);
    const read = await readSubtrees(sql, VILLAGE.villageId, later.size, path);
    const proof = path.map((range) => rangeRoot(range, read));
    expect(verifyConsistency(earlier, later, proof)).toBe(true);
  }
  return line.length;
}

test('four processes that sign a growing log, two of them killed and replaced, hand out one line', {
  timeout: 90_000,
}, async () => {
  await addLeaves(database.ownerSql, VILLAGE.villageId, 250);
  const running = Array.from({ length: 4 }, () => startSigning());
  const all = [...running];
  while (running.some(({ said }) => said.length === 0)) await sleep(50);
  const heads = () => new Set(all.flatMap(({ said }) => said.flatMap(({ note }) => note?.split('\n')[1] ?? []))).size;
  for (let turn = 0; turn < TURNS || heads() <= FEWEST_HEADS; turn += 1) {
    await addLeaves(database.ownerSql, VILLAGE.villageId, 1 + (turn % 7), `w${turn}-`);
    // Who is only just starting has handed out nothing yet.
    if (turn % 12 === 11 && running.every(({ said }) => said.length > 0)) {
      running.shift()?.child.kill('SIGKILL');
      const next = startSigning();
      running.push(next);
      all.push(next);
    }
    await sleep(40);
  }
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(all.map(({ ended }) => ended));

  const said = all.flatMap((one) => one.said);
  const notes = said.flatMap(({ note }) => note ?? []);
  expect(said.flatMap(({ refused }) => refused ?? []).filter((refused) => refused.startsWith('log_'))).toEqual([]);
  expect(said.flatMap(({ report }) => report ?? [])).toEqual([]);
  const guarded = readFileSync(join(dataDir, 'log', `${VILLAGE.code}.note`), 'utf8');
  expect(await expectOneLine([...notes, guarded])).toBeGreaterThan(FEWEST_HEADS);
  // What a killed process left behind is a draft at most, never the guard itself.
  const files = readdirSync(join(dataDir, 'log'));
  expect(files.filter((name) => !/\.note(\.\d+\.[0-9a-f]{8})?$/.test(name))).toEqual([]);
});
