/** Claim: the whole demonstration loads in under 10 s on two processors, into an embedded database with its ordinary settings. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDatabase } from '../../src/demo/index.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.ts';
import { migrate } from '../../src/platform/database/migrate.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-bench-'));
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const begun = performance.now();
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
try {
  await migrate(postgres.owner());
  console.log(`created and migrated in ${seconds(begun)}`);
  const loading = performance.now();
  const usage = process.cpuUsage();
  await prepareDatabase(postgres.owner(), console.log, { demo: true }, { photoPlace: { dataDir } });
  const { user, system } = process.cpuUsage(usage);
  console.log(
    `loaded in ${seconds(loading)}, ${((user + system) / 1_000_000).toFixed(1)} s of them worked by this process`,
  );
  const sql = connect(postgres.owner(), { max: 1, applicationName: 'bench' });
  const [figures] = await sql`
    select (select count(*) from operation) as operations,
           (select count(*) from act) as acts,
           (select count(*) from household) as households,
           (select count(*) from publication) as publications`;
  console.log(figures);
  await sql.end();
} finally {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
