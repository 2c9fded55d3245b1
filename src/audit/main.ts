/**
 * `npm run audit -- <address of the log> <vkey> [folder] [--witness <vkey>]…` checks the public log of a village, or of a
 * county with all the villages in it, from outside.
 * The folder keeps each checkpoint, so that the next audit proves that nothing older was changed. Ends with 0 when everything
 * holds, with 1 when the log is not what it promises, with 2 when nothing can be said.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { auditVillages } from './audit-county.ts';
import type { AuditReport } from './audit-log.ts';
import { CannotCheck, type Finding, type Step } from './finding.ts';
import { followLog } from './follow-log.ts';
import type { FetchPublication } from './publications.ts';
import type { Fetch } from './served-log.ts';

const USAGE = 'npm run audit -- <address of the log> <vkey> [folder for checkpoints] [--witness <vkey>]';
const PATIENCE_MS = 30_000;

const IN_CHINESE: Record<Step, string> = {
  checkpoint: '签名核对不过',
  saved: '和以前保存的签名对不上，以前的记录被改过',
  succession: '和停用的旧账本接不上',
  known: '和县里留底的签名对不上，以前的记录被改过',
  entries: '记录内容被改过',
  tiles: '账本的校验数据被改过',
  root: '记录和签名对不上',
  leaf: '记录的格式不对',
  books: '账算不拢',
  publication: '公示的数和记录对不上',
  inclusion: '单条记录的证明不成立',
};

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { address, vkey, folder, witnesses } = readArguments();
    const savedOf = (origin: string) => (folder === undefined ? [] : readSaved(folder, origin));
    const fetchPublication = publicationsBeside(address);
    const [, site = '', name = ''] = /^(.*\/)([^/]+)$/.exec(address) ?? [];
    const fetchOf = (other: string) => fetchFrom(`${site}${other}`);
    const log = { fetchOf, name, vkey, witnesses, savedOf, fetchPublication };
    const outcome = await followLog({ ...log, onProgress: showProgress });
    clearProgress();
    if ('finding' in outcome) {
      console.error(describe(outcome.finding));
      return 1;
    }
    if (outcome.registered.length > 0) {
      const villages = await auditVillages({ county: outcome, fetchOf, fetchPublication, onLog: showLog });
      clearProgress();
      if ('finding' in villages) {
        const { origin, ...finding } = villages.finding;
        console.error(`✗ ${origin}\n${describe(finding)}`);
        return 1;
      }
      console.log(countySummary(outcome, villages.logs));
    } else {
      console.log(summary(outcome));
    }
    if (folder !== undefined) save(folder, outcome);
    return 0;
  } catch (error) {
    clearProgress();
    if (!(error instanceof CannotCheck)) throw error;
    console.error(`? The log could not be checked: ${error.message}\n? 无法核对：${error.message}`);
    return 2;
  }
}

function readArguments() {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { witness: { type: 'string', multiple: true } },
    });
    const [address, vkey, folder, ...rest] = positionals;
    if (address === undefined || vkey === undefined || rest.length > 0 || !URL.canParse(address))
      throw new Error(USAGE);
    return { address: address.replace(/\/+$/, ''), vkey, folder, witnesses: values.witness ?? [] };
  } catch (error) {
    throw new CannotCheck(`${(error as Error).message}\n  ${USAGE}`);
  }
}

/** This server shows records beside its logs. Whoever serves the log elsewhere has none to show. */
function publicationsBeside(address: string): FetchPublication | undefined {
  const [, site] = /^(.*)\/log\/[^/]+$/.exec(address) ?? [];
  if (site === undefined) return undefined;
  const fetchIt = fetchFrom(`${site}/api/v1/villages`);
  return (village, month, version) => fetchIt(`${village}/publications/${month}/${version}`);
}

function fetchFrom(address: string): Fetch {
  return async (path) => {
    const url = `${address}/${path}`;
    let response: Response;
    let body: Buffer;
    try {
      response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
      body = Buffer.from(await response.arrayBuffer());
    } catch (error) {
      const { message, cause } = error as Error;
      throw new CannotCheck(`${url} does not answer (${cause instanceof Error ? cause.message : message})`);
    }
    if (response.status === 404) return null;
    if (!response.ok) throw new CannotCheck(`${url} answers ${response.status} ${detailOf(body)}`);
    return body;
  };
}

/** A frozen log says why. */
function detailOf(body: Buffer): string {
  try {
    const problem: unknown = JSON.parse(body.toString('utf8'));
    const detail = (problem as { detail?: unknown }).detail;
    return typeof detail === 'string' ? detail : '';
  } catch {
    return '';
  }
}

/** One folder may serve for many logs: a checkpoint belongs to the log that its first line names. */
function readSaved(folder: string, origin: string): { name: string; note: string }[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((name) => name.endsWith('.checkpoint'))
    .map((name) => ({ name, note: readFileSync(join(folder, name), 'utf8') }))
    .filter(({ note }) => note.startsWith(`${origin}\n`));
}

function save(folder: string, { checkpoint: { origin, size }, note }: AuditReport): void {
  const name = `${origin.replace(/[^A-Za-z0-9.-]/g, '_')}-${String(size).padStart(9, '0')}.checkpoint`;
  const draft = join(folder, `${name}.${process.pid}`);
  writeFileSync(draft, note);
  renameSync(draft, join(folder, name));
}

function describe({ step, entry, sentence }: Finding): string {
  const which = entry === undefined ? '' : `Number ${entry}: `;
  const number = entry === undefined ? '' : `第 ${entry} 号：`;
  return `✗ ${which}${sentence}.\n✗ ${number}${IN_CHINESE[step]}。`;
}

function summary(report: AuditReport): string {
  const { checkpoint, savedCount, witnessed, sampleCount, receiptCount, publicationCount, totals, succeeded } = report;
  const { origin, size } = checkpoint;
  const points = (totals.centipoints / 100).toFixed(2).replace(/\.?0+$/, '');
  return [
    `✓ ${origin} is signed and whole: ${size} entries, root ${checkpoint.root.toString('base64')}`,
    `✓ it continues ${savedCount} saved ${savedCount === 1 ? 'checkpoint' : 'checkpoints'}`,
    ...witnessed.map(
      ({ name, size: seen, at }) => `✓ ${name} has seen the first ${seen} of them, at ${at.toISOString()}`,
    ),
    ...succeeded.flatMap((old) => [
      `! ${old.origin} was closed after ${old.size} entries; this log goes on for it with number ${old.entry}, ${lostOf(old)} are lost`,
      `! 旧账本 ${old.origin} 签到 ${old.size} 条后停用，这本从第 ${old.entry} 号接着记，丢失 ${lostOf(old)} 条`,
    ]),
    `✓ the books come out: ${totals.accounts} accounts with ${points} points, ${totals.pieces} pieces of ${totals.goods} goods, nothing below zero but deductions that are still owed`,
    `✓ ${publicationCount} published records come out of the entries`,
    `✓ ${sampleCount} entries proved singly, ${receiptCount} of them by their receipts`,
    `✓ 账本签名真实、完整：共 ${size} 条；${totals.accounts} 个账户余额合计 ${points} 分，库存 ${totals.pieces} 件；没有一条被改过。`,
  ].join('\n');
}

function lostOf({ size, entry }: AuditReport['succeeded'][number]): number {
  return Math.max(0, size - entry);
}

function countySummary({ checkpoint, savedCount, witnessed, registered }: AuditReport, logs: readonly AuditReport[]) {
  const heads = registered.reduce((sum, log) => sum + log.heads.length, 0);
  const entries = logs.reduce((sum, log) => sum + log.checkpoint.size, 0);
  return [
    `✓ ${checkpoint.origin} is signed and whole: ${checkpoint.size} checkpoints of villages`,
    `✓ it continues ${savedCount} saved ${savedCount === 1 ? 'checkpoint' : 'checkpoints'}`,
    ...witnessed.map(({ name, size, at }) => `✓ ${name} has seen the first ${size} of them, at ${at.toISOString()}`),
    `✓ each of ${logs.length} village logs continues all that the county has of it: ${entries} entries, ${heads} checkpoints`,
    `✓ 县里的账本完整；${logs.length} 个村的账本和县里留底的 ${heads} 次签名全部一致，没有一条被改过。`,
  ].join('\n');
}

function showLog(origin: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K  ${origin}`);
}

function showProgress(done: number, size: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r  ${done} / ${size}`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
