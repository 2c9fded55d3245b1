/**
 * `npm run baseline` keeps the present schema with the cast's data as `test/upgrade/<version>.backup`: run at each release, never
 * again for the same version. What the books say is kept beside it and must be the same after every upgrade.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../../src/app.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { writeBackup } from '../../src/operate/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { readSecrets } from '../../src/platform/secrets.ts';
import { cards, fillWithCast, must, willowCode } from '../support/cast.ts';
import { startTestServer } from '../support/test-server.ts';
import { readTotals } from './read-totals.ts';

const TODAY = '2026-10-15';
const folder = fileURLToPath(new URL('./', import.meta.url));
const { version } = JSON.parse(readFileSync(`${folder}../../package.json`, 'utf8')) as { version: string };
const name = process.argv[2] ?? version;
if (existsSync(`${folder}${name}.backup`)) throw new Error(`the baseline of ${name} is kept already`);

const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-baseline-'));
const server = await startTestServer();
try {
  const owner = { ...server.address.owner, database: 'baseline' };
  const app = { ...server.address.app, database: 'baseline' };
  const maintenance = connect(server.address.owner, { max: 1, applicationName: 'baseline' });
  await maintenance.unsafe('create database baseline');
  await maintenance.end();
  await migrate(owner);
  await fillWithCast({ owner, app });
  const sql = connect(app, { max: 4, applicationName: 'baseline' });
  await actInVillage(createDb(sql));
  await sign(createDb(sql));
  const { migrations } = await writeBackup({ database: owner, dataDir, path: `${folder}${name}.backup` });
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify(await readTotals(sql), null, 2)}\n`);
  await sql.end();
  console.log(`${name}: ${migrations.at(-1)?.name}`);
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function actInVillage(db: Db): Promise<void> {
  const village = await findVillage(db.sql, willowCode);
  const by = () => ({
    villageId: village?.villageId ?? 0,
    recordedBy: 1,
    today: TODAY,
    occurredOn: TODAY,
    idempotencyKey: crypto.randomUUID(),
  });
  const chosen = [cards.单小花, cards.曾有田, cards.赵满仓];
  await must(awardPoints(db, { ...by(), rule: 'AD-LAB-01', cards: chosen }));
  const lines = [{ code: 'WA003', quantity: 2 }];
  const redeemed = await must(redeemGoods(db, { ...by(), card: cards.赵满仓, lines }));
  await must(redeemGoods(db, { ...by(), card: cards.单小花, lines: [{ code: 'WA003', quantity: 1 }] }));
  await must(reverseActs(db, { ...by(), which: { operationId: redeemed.operationId }, reason: '拿错了' }));
}

async function sign(db: Db): Promise<void> {
  const config = readConfig({ DATA_DIR: dataDir, DEMO: 'off', LOG_LEVEL: 'silent' });
  if ('refused' in config) throw new Error(config.message);
  const app = await buildApp({ config, secrets: readSecrets(dataDir), db });
  const { statusCode } = await app.inject(`/log/${willowCode}/checkpoint`);
  if (statusCode !== 200) throw new Error(`the log was not signed: ${statusCode}`);
  await app.close();
}
