/**
 * Claim: a million acts are verified, log and books, in less than a minute, with memory that does not grow with the log.
 * BENCH_ACTS says how many.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/platform/database/connect.ts';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { foundBenchCounty, lengthenLedger } from './bench-county.ts';
import { report } from './measure.ts';

const ACTS = Number(process.env.BENCH_ACTS ?? 1_000_000);

const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-bench-'));
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings: { max_wal_size: '8GB' } });
try {
  await migrate(postgres.owner());
  const [village, ...others] = await foundBenchCounty(postgres.app());
  if (!village) throw new Error('there is no village');
  const owner = connect(postgres.owner(), { max: 1, applicationName: 'bench', statementTimeoutMs: 0 });
  // Half of it in one village: a long log, not many short ones, is what could fill the memory.
  await lengthenLedger(owner, village, ACTS / 2 / village.cards.length);
  for (const other of others)
    await lengthenLedger(owner, other, Math.ceil(ACTS / 2 / others.length / other.cards.length));
  await owner.unsafe('vacuum analyze');
  // What making them left to be written is not a part of verifying them.
  await owner.unsafe('checkpoint');
  await owner.end();
  const sql = connect(postgres.app(), { max: 2, applicationName: 'bench', statementTimeoutMs: 0 });
  const samples: number[] = [];
  const begun = performance.now();
  const watch = setInterval(() => samples.push(process.memoryUsage().rss), 200);
  const { acts, entries, bad } = await verifyEverything(sql, dataDir);
  clearInterval(watch);
  const seconds = (performance.now() - begun) / 1_000;
  await sql.end();
  if (bad.length > 0) throw new Error(`${bad[0]?.table} ${bad[0]?.row}: ${bad[0]?.sentence}`);
  const megabytes = (bytes: number) => Math.round(bytes / 1_048_576);
  const quarter = Math.floor(samples.length / 4);
  const early = Math.max(...samples.slice(0, quarter));
  const most = Math.max(...samples);
  const figures = `${acts} acts and ${entries} entries, ${megabytes(most)} MB at most, ${megabytes(early)} MB in the first quarter`;
  report('seconds to verify a million acts', figures, (seconds * 1_000_000) / acts, '<=', 60);
  report('memory at most / in the first quarter of the time', figures, most / early, '<=', 1.5);
} finally {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
