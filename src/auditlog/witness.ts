/**
 * This server as the witness of other logs (C2SP tlog-witness): it cosigns a checkpoint only if the tree that it cosigned last
 * is the beginning of it. What it cosigned is on the disk before the answer leaves; two requests for one log never meet.
 */
import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../platform/config.ts';
import type { Db } from '../platform/database/db.ts';
import { OperatorError } from '../platform/operator-error.ts';
import { parseExtendedCheckpoint } from './checkpoint.ts';
import { checkCosignature, cosign } from './cosignature.ts';
import { type CosigningRefusal, decideCosigning } from './decide-cosigning.ts';
import { openGuard, replaceDurably, type WriteFile } from './guard.ts';
import { readWitnessSeed } from './log-seed.ts';
import { EMPTY_ROOT } from './merkle.ts';
import { type TreeHead, verifyConsistency } from './proofs.ts';
import { cosignerKey, holdsFor, isBy, type NoteKey, parseNote, parseVkey, type VerifierKey } from './signed-note.ts';
import { type AddCheckpoint, parseAddCheckpoint } from './witness-request.ts';

export type CosigningAnswer =
  | { status: 200; lines: string }
  | { status: 400; reason: 'malformed request' }
  | CosigningRefusal;

export interface WitnessService {
  vkey: string;
  /** How many logs it was told to watch. */
  logCount: number;
  addCheckpoint(body: string): Promise<CosigningAnswer>;
  /** The last checkpoint of a log with the log's signatures and ours; null when it never cosigned one. */
  lastCheckpoint(originHash: string): string | null;
}

/** Any number that nothing else in this database locks. */
const WITNESS_LOCK = 20_261_124;

/** Null when this server was not asked to be a witness. */
export function openWitness(
  config: Pick<Config, 'dataDir' | 'witness'>,
  { sql }: Db,
  writeFile: WriteFile = replaceDurably,
): WitnessService | null {
  const { dataDir, witness } = config;
  if (!witness) return null;
  const key = cosignerKey(readWitnessSeed(dataDir), witness.name);
  const logs = readLogs([...witness.logVkeys, ...fileVkeys(dataDir)]);
  const guard = openGuard(dataDir, writeFile, 'witness');

  /** Between the look and the write nothing else runs here, and the lock keeps other processes out. */
  const cosignLast = (request: AddCheckpoint, keys: readonly VerifierKey[] | undefined): CosigningAnswer => {
    const { oldSize, checkpoint, text, signatures } = request;
    const name = originHash(checkpoint.origin);
    const before = keys ? guard.read(name) : null;
    const last = before && lastHead(before.note, key);
    const known = (keys ?? []).flatMap((log) =>
      signatures.filter((line) => isBy(line, log)).map((line) => ({ line, log })),
    );
    const decision = decideCosigning({
      isKnown: keys !== undefined,
      seal: sealOf(known.map(({ line, log }) => holdsFor(text, line, log))),
      oldSize,
      size: checkpoint.size,
      lastSize: last?.size ?? 0,
      isConsistent: isConsistent(last ?? { size: 0, root: EMPTY_ROOT }, checkpoint, request.proof),
    });
    if (decision !== 'cosign') return decision;
    const line = cosign(text, key, Math.floor(Date.now() / 1000));
    guard.replace(name, before?.note ?? null, `${text}\n${known.map((one) => one.line.line).join('')}${line}`);
    return { status: 200, lines: line };
  };

  return {
    vkey: key.vkey,
    logCount: logs.size,
    addCheckpoint: async (body) => {
      const request = parseAddCheckpoint(body);
      if (!request) return { status: 400, reason: 'malformed request' };
      const keys = logs.get(request.checkpoint.origin);
      if (!keys) return cosignLast(request, keys);
      return sql.begin(async (tx) => {
        const place = Buffer.from(originHash(request.checkpoint.origin), 'hex').readInt32BE(0);
        await tx`select pg_advisory_xact_lock(${WITNESS_LOCK}, ${place})`;
        return cosignLast(request, keys);
      });
    },
    lastCheckpoint: (name) => guard.read(name)?.note ?? null,
  };
}

/** The tree that was cosigned last. A file that says anything else must not be taken for a log that was never seen. */
function lastHead(note: string, key: NoteKey): TreeHead {
  const parsed = parseNote(note);
  const checkpoint = parsed && parseExtendedCheckpoint(parsed.text);
  const isOurs = parsed?.signatures.some((line) => checkCosignature(parsed.text, line, key) === 'holds');
  if (!checkpoint || !isOurs) throw new Error('the file of a cosigned checkpoint is damaged, or of another key');
  return checkpoint;
}

function sealOf(holds: readonly boolean[]): 'missing' | 'forged' | 'holds' {
  if (holds.length === 0) return 'missing';
  return holds.every(Boolean) ? 'holds' : 'forged';
}

function isConsistent(last: TreeHead, next: TreeHead, proof: readonly Buffer[]): boolean {
  if (next.size === 0 && !next.root.equals(EMPTY_ROOT)) return false;
  return verifyConsistency(last, next, proof);
}

function originHash(origin: string): string {
  return hash('sha256', origin, 'hex');
}

/** One vkey a line; what stands behind a # is for people. */
function fileVkeys(dataDir: string): string[] {
  const path = join(dataDir, 'witness-logs');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.map((line) => line.replace(/(^|\s)#.*$/, '').trim()).filter((line) => line !== '');
}

/** The keys of each log by its origin. */
function readLogs(vkeys: readonly string[]): Map<string, VerifierKey[]> {
  const logs = new Map<string, VerifierKey[]>();
  for (const vkey of vkeys) {
    const key = parseVkey(vkey, 'log');
    if (!key) {
      throw new OperatorError(
        `"${vkey}" is not the verifier key of a log; see WITNESS_LOGS and the file witness-logs of DATA_DIR.`,
        `“${vkey}”不是账本的验证密钥；请检查 WITNESS_LOGS 和数据文件夹里的 witness-logs。`,
      );
    }
    logs.set(key.name, [...(logs.get(key.name) ?? []), key]);
  }
  return logs;
}
