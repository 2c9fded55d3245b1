/**
 * `npm run log -- close <village code> [--kept <file>]` ends a public log that signs nothing more, so that another one goes on in
 * its place; the README says when. The server must be stopped, for this is done as the owner of its database. Ends with 0 when it
 * is done, with 1 when it may not be done, with 2 when nothing could be tried.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { closeLog, openSigner } from './auditlog/index.ts';
import { findVillage, type Village } from './people/index.ts';
import { type Config, readConfig } from './platform/config.ts';
import { connect, type Sql } from './platform/database/connect.ts';
import { OperatorError } from './platform/operator-error.ts';
import { lockDataFolder } from './platform/process/lock-data-folder.ts';
import { openDatabase } from './platform/process/open-database.ts';

const USAGE = ['npm run log -- close <village code> [--kept <checkpoint file>]'];

type Outcome = { done: string[] } | { refused: string[] };

process.exitCode = await run();

async function run(): Promise<number> {
  const config = readConfig(process.env);
  if ('refused' in config) {
    console.error(config.message);
    return 2;
  }
  try {
    const command = readCommand();
    const outcome = await asOwner(config, (sql) => carryOut(sql, config, command));
    if ('refused' in outcome) {
      for (const line of outcome.refused) console.error(`✗ ${line}`);
      return 1;
    }
    for (const line of outcome.done) console.log(`✓ ${line}`);
    return 0;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    console.error(error.message);
    return 2;
  }
}

interface Command {
  name: 'close';
  villageCode: string;
  files: string[];
  kept: string | undefined;
}

function readCommand(): Command {
  const usage = new OperatorError(USAGE.join('\n'), '用法见上。');
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { kept: { type: 'string' } } });
    const [name, villageCode = '', ...files] = positionals;
    if (name === 'close' && /^\d{12}$/.test(villageCode) && files.length === 0) {
      return { name, villageCode, files, kept: values.kept };
    }
  } catch {
    throw usage;
  }
  throw usage;
}

async function asOwner(config: Config, work: (sql: Sql) => Promise<Outcome>): Promise<Outcome> {
  const lock = await lockDataFolder(config.dataDir);
  try {
    const database = await openDatabase(config, () => {});
    const sql = connect(database.owner, { max: 2, applicationName: 'love-supermarket log', statementTimeoutMs: 0 });
    try {
      return await work(sql);
    } finally {
      await sql.end({ timeout: 1 });
      await database.stop();
    }
  } finally {
    lock.release();
  }
}

async function carryOut(sql: Sql, config: Config, command: Command): Promise<Outcome> {
  const village = await findVillage(sql, command.villageCode);
  if (!village) {
    return { refused: [`There is no village ${command.villageCode}.`, `没有代码为 ${command.villageCode} 的村。`] };
  }
  return close(sql, config, village, command.kept);
}

async function close(sql: Sql, config: Config, village: Village, kept: string | undefined): Promise<Outcome> {
  const outcome = await closeLog({
    sql,
    dataDir: config.dataDir,
    signer: openSigner(config),
    log: village,
    keptNote: kept === undefined ? undefined : readFileSync(kept, 'utf8'),
  });
  if ('refused' in outcome) return { refused: WHY_NOT_CLOSED[outcome.refused] };
  const { closed, origin, vkey, seq } = outcome;
  const lost = Math.max(0, closed.size - seq);
  return {
    done: [
      `${closed.origin} is closed after ${closed.size} records (${outcome.because}); ${lost} of them are lost.`,
      `${origin} goes on in its place with number ${seq}. Its verifier key, to be made known: ${vkey}`,
      `旧账本 ${closed.origin} 已停用，共签过 ${closed.size} 条，其中 ${lost} 条丢失。`,
      `新账本 ${origin} 从第 ${seq} 号接着记，请公布它的验证密钥：${vkey}`,
    ],
  };
}

const WHY_NOT_CLOSED = {
  log_not_frozen: ['This log signs; there is nothing to close.', '这本账正常签名，不用停用。'],
  last_checkpoint_unknown: [
    'Nothing tells what this log signed last. Give a kept checkpoint of it with --kept.',
    '不知道这本账最后签了什么。请用 --kept 给出保存过的检查点。',
  ],
} as const satisfies Record<string, string[]>;
