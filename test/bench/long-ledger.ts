/**
 * Claim: a redemption costs at most 1.2 times as much in a ledger of ten million entries as in one of a hundred thousand.
 * BENCH_ENTRIES says how long the long one is; a million unless told otherwise.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redeemGoods } from '../../src/exchange/index.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { connect, DATABASE_NAME } from '../../src/platform/database/connect.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { must } from '../support/cast.ts';
import { type BenchVillage, foundBenchCounty, GOODS, lengthenLedger } from './bench-county.ts';
import { millisecondsOf, rateOf, report, sideBySide } from './measure.ts';

const SHORT = 100_000;
const LONG = Number(process.env.BENCH_ENTRIES ?? 1_000_000);
const CLIENTS = 8;

const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-bench-'));
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings: { max_wal_size: '8GB' } });
try {
  await migrate(postgres.owner());
  const villages = await foundBenchCounty(postgres.app());
  const maintenance = connect(postgres.owner('postgres'), { max: 1, applicationName: 'bench', statementTimeoutMs: 0 });
  await maintenance.unsafe(`create database long_ledger template ${DATABASE_NAME}`);
  await maintenance.end();
  for (const [name, entries] of [
    [DATABASE_NAME, SHORT],
    ['long_ledger', LONG],
  ] as const) {
    const ms = await millisecondsOf(() => lengthenAll(name, villages, entries));
    console.log(`${entries} entries made in ${Math.round(ms / 1_000)} s`);
  }
  // As the server does it.
  const open = (name: string) =>
    connect(postgres.app(name), { max: CLIENTS, applicationName: 'bench', plansOnce: true });
  const [short, long] = [open(DATABASE_NAME), open('long_ledger')];
  const cost = (db: Db) => async () => 1_000 / (await rateOf(CLIENTS, (client) => redeem(db, villages, client)));
  const { one, other, ratio } = await sideBySide(cost(createDb(long)), cost(createDb(short)));
  const figures = `${one.toFixed(2)} ms and ${other.toFixed(2)} ms`;
  report(`a redemption among ${LONG} entries / among ${SHORT}`, figures, ratio, '<=', 1.2);
  await Promise.all([short.end(), long.end()]);
} finally {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function lengthenAll(name: string, villages: readonly BenchVillage[], entries: number): Promise<void> {
  const sql = connect(postgres.owner(name), { max: 1, applicationName: 'bench', statementTimeoutMs: 0 });
  try {
    for (const village of villages) {
      const rounds = Math.round(entries / villages.length / village.cards.length);
      await lengthenLedger(sql, village, rounds);
    }
    await sql.unsafe('vacuum analyze');
    await sql.unsafe('checkpoint');
  } finally {
    await sql.end();
  }
}

async function redeem(db: Db, villages: readonly BenchVillage[], client: number): Promise<void> {
  const village = villages[Math.floor(Math.random() * villages.length)] as BenchVillage;
  const card = village.cards[(client + CLIENTS * Math.floor(Math.random() * 100)) % village.cards.length] as string;
  const { villageId, managerId } = village;
  const today = villageDay(new Date());
  const lines = [{ code: GOODS, quantity: 1 }];
  await must(redeemGoods(db, { villageId, recordedBy: managerId, idempotencyKey: randomUUID(), today, card, lines }));
}
