/**
 * `npm run log -- import <village code> --as <user name> <file>…` brings acts back that an older backup lost, out of kept exports.
 * `npm run log -- close <village code> [--kept <file>]` ends a public log that signs nothing more, so that another one goes on in
 * its place; the README says when. The server must be stopped, for this is done as the owner of its database. Ends with 0 when it
 * is done, with 1 when it may not be done, with 2 when nothing could be tried.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { closeLog, lostActs, openSigner } from './auditlog/index.ts';
import { offerApprovedGoods } from './goods/index.ts';
import { importActs } from './ledger/index.ts';
import { noteTerminal, whyNotImportable } from './operate/index.ts';
import { findVillage, type Village } from './people/index.ts';
import type { Config } from './platform/config.ts';
import { connect, type Sql } from './platform/database/connect.ts';
import { OperatorError } from './platform/operator-error.ts';
import { lockDataFolder } from './platform/process/lock-data-folder.ts';
import { openDatabase } from './platform/process/open-database.ts';
import { runCommand } from './platform/process/run-command.ts';

const USAGE = [
  'npm run log -- import <village code> --as <user name> <entries.jsonl or entries/…>…',
  'npm run log -- close <village code> [--kept <checkpoint file>]',
];

type Outcome = { done: string[] } | { refused: string[] };

async function run(config: Config): Promise<number> {
  const command = readCommand();
  const outcome = await asOwner(config, (sql) => carryOut(sql, config, command));
  if ('refused' in outcome) {
    for (const line of outcome.refused) console.error(`✗ ${line}`);
    return 1;
  }
  for (const line of outcome.done) console.log(`✓ ${line}`);
  return 0;
}

type Command =
  | { name: 'close'; villageCode: string; kept: string | undefined }
  | { name: 'import'; villageCode: string; as: string; files: string[] };

function readCommand(): Command {
  const usage = new OperatorError(USAGE.join('\n'), '用法见上。');
  try {
    const options = { kept: { type: 'string' }, as: { type: 'string' } } as const;
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    const [name, villageCode = '', ...files] = positionals;
    if (name === 'close' && /^\d{12}$/.test(villageCode) && files.length === 0) {
      return { name, villageCode, kept: values.kept };
    }
    if (name === 'import' && /^\d{12}$/.test(villageCode) && files.length > 0 && values.as !== undefined) {
      return { name, villageCode, files, as: values.as };
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
  const isClosing = command.name === 'close';
  const outcome = isClosing
    ? await close(sql, config, village, command.kept)
    : await bringBack(sql, config, village, command);
  if ('done' in outcome) {
    const kind = isClosing ? 'terminal.log_closed' : 'terminal.log_imported';
    await noteTerminal(sql, { kind, regionId: village.regionId });
  }
  return outcome;
}

async function bringBack(
  sql: Sql,
  config: Config,
  village: Village,
  { as, files }: { as: string; files: readonly string[] },
): Promise<Outcome> {
  const [person] = await sql<{ personId: number }[]>`
    select person_id as "personId"
      from person
     where username = ${as.toLowerCase()}`;
  if (!person) return { refused: [`There is nobody with the user name ${as}.`, `没有用户名为 ${as} 的人。`] };
  const exports = files.map((path) => ({ path, content: readFileSync(path) }));
  const lost = await lostActs({ sql, dataDir: config.dataDir, signer: openSigner(config) }, village, exports);
  if ('refused' in lost) return { refused: whyNotImported(lost) };
  const goods = await sql<{ code: string; goodsId: number }[]>`
    select code, goods_id as "goodsId"
      from goods
     where village_id = ${village.villageId}`;
  const outcome = await importActs(sql, {
    villageId: village.villageId,
    lost,
    recordedBy: person.personId,
    goods: Object.fromEntries(goods.map(({ code, goodsId }) => [code, goodsId])),
    alsoWrite: (tx) => offerApprovedGoods(tx, village.villageId),
  });
  if ('refused' in outcome) return { refused: whyNotImported(outcome) };
  const [first, last] = [lost.firstSeq, lost.firstSeq + outcome.imported - 1];
  return {
    done: [
      `Numbers ${first} to ${last} of ${village.name} are back; the log signs again. Names and remarks in them stay lost.`,
      `${village.name}第 ${first} 号到第 ${last} 号已经导回，账本恢复签名。这些记录里的姓名和说明找不回来了。`,
    ],
  };
}

type ImportRefused = Extract<Awaited<ReturnType<typeof lostActs | typeof importActs>>, { refused: string }>;

function whyNotImported(refusal: ImportRefused): string[] {
  switch (refusal.refused) {
    case 'nothing_lost':
      return ['The database holds all that was signed; nothing is to be imported.', '签过的记录都在，不用导入。'];
    case 'last_signature_unknown':
      return [
        'What was signed last is not known; restore the folder log/ and the file log-seed of DATA_DIR first.',
        '不知道最后签了什么。请先恢复数据文件夹里的 log 目录和 log-seed 文件。',
      ];
    case 'not_an_export':
      return [`${refusal.path} is no export of a log.`, `${refusal.path} 不是账本的导出文件。`];
    case 'export_incomplete':
      return [`Number ${refusal.missing} is in none of the files.`, `这些文件里没有第 ${refusal.missing} 号。`];
    case 'export_does_not_match':
      return [
        'The files and the database together are not what was signed; nothing was imported.',
        '这些文件和数据库合起来与签过的不一致，没有导入。',
      ];
    case 'act_not_importable':
      return whyNotImportable(refusal);
    case 'unknown_account':
      return [
        `Number ${refusal.seq} is about a household that the backup does not know. Restore a newer backup, or close the log.`,
        `第 ${refusal.seq} 号说的户备份里没有，恢复不了。请换一份更晚的备份，或者停用这本账。`,
      ];
    case 'unknown_goods':
      return [
        `Number ${refusal.seq} is about goods that the backup does not know (${refusal.code}). Restore a newer backup, or close the log.`,
        `第 ${refusal.seq} 号的货品 ${refusal.code} 备份里没有。请换一份更晚的备份，或者停用这本账。`,
      ];
  }
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

// Last, for what stands above must be there when it runs.
await runCommand(run);
