/**
 * The end of a log that cannot go on: its past is lost or was altered, and what it signed binds it for ever. It is closed with a
 * last word that names who comes next; the new log begins with an act that names the old one, its size and its root. So whoever
 * kept a checkpoint of the old log finds the break, who made it and how much was lost.
 */
import { hash } from 'node:crypto';
import { villageDay } from '../platform/clock.ts';
import type { Sql } from '../platform/database/connect.ts';
import { createDb } from '../platform/database/db.ts';
import { newPublicId } from '../platform/ids.ts';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import type { LogFrozen } from './decide-signing.ts';
import { leafPieces } from './leaf.ts';
import { logName, openLogName, parseLogName, writeClosedLog } from './log-names.ts';
import { readGuard, type Signer, signCheckpoint } from './sign-checkpoint.ts';
import { logKey, openNote, parseNote, parseVkey, signNote } from './signed-note.ts';

export interface ClosingInput {
  /** As the owner of the database: the application may not do this. */
  sql: Sql;
  dataDir: string;
  signer: Signer;
  log: { villageId: number; code: string };
  /** A kept checkpoint of the log, where its own file of the last signature is lost. */
  keptNote?: string | undefined;
}

export interface Closing {
  closed: Checkpoint;
  /** Why it could not go on. */
  because: LogFrozen['refused'];
  origin: string;
  vkey: string;
  /** The number of the act with which the new log begins. */
  seq: number;
}

export type ClosingRefusal =
  /** It signs; there is nothing to close. */
  | { refused: 'log_not_frozen' }
  /** Nothing tells what was signed last. */
  | { refused: 'last_checkpoint_unknown' };

export async function closeLog({
  sql,
  dataDir,
  signer,
  log,
  keptNote,
}: ClosingInput): Promise<Closing | ClosingRefusal> {
  const name = openLogName(dataDir, log.code);
  const state = await signCheckpoint(createDb(sql), { ...log, name }, signer);
  if (!('refused' in state)) return { refused: 'log_not_frozen' };
  const last = await lastWord(sql, log.villageId, name, signer, keptNote);
  if (!last) return { refused: 'last_checkpoint_unknown' };

  const next = logName(log.code, (parseLogName(name)?.turn ?? 1) + 1);
  const key = logKey(signer.logSeed, signer.newOrigin(next));
  const { origin, size, root } = last.checkpoint;
  const facts = { origin, size, root: root.toString('base64'), vkey: last.vkey, successor: key.vkey };
  const operation = JSON.stringify(draftOperation(facts));
  const [begun] = await sql<{ seq: number }[]>`
    select begin_new_log(${log.villageId}, ${operation}::text::jsonb) as seq`;
  // Only now: the new log must find the act with which it begins.
  const text = `${formatCheckpoint(last.checkpoint)}successor ${key.vkey}\n`;
  const ownKey = logKey(signer.logSeed, origin);
  writeClosedLog(dataDir, name, ownKey.vkey === last.vkey ? signNote(text, ownKey) : last.note);
  // At once, so that the new log begins under the very name that the old one's last word gives.
  const first = await signCheckpoint(createDb(sql), { ...log, name: next }, signer);
  if ('refused' in first) throw new Error(`the new log ${next} does not begin: ${first.refused}`);
  return { closed: last.checkpoint, because: state.refused, origin: key.name, vkey: key.vkey, seq: begun?.seq ?? 0 };
}

/** What was signed last, by the guard or by a note that somebody kept; only with a signature of the log's own first key. */
async function lastWord(
  sql: Sql,
  villageId: number,
  name: string,
  signer: Signer,
  keptNote: string | undefined,
): Promise<{ checkpoint: Checkpoint; note: string; vkey: string } | null> {
  const held = readGuard(name, signer);
  const note = keptNote ?? (held === null || held === 'unreadable' ? null : held.note);
  const [begun] = await sql<{ vkey: string }[]>`
    select vkey
      from public_log
     where village_id = ${villageId}
       and split_part(origin, '/', 3) = ${name}`;
  const known = begun?.vkey ?? (held === null || held === 'unreadable' ? undefined : held.key.vkey);
  const key = known === undefined ? null : parseVkey(known, 'log');
  const text = note === null || !key ? null : openNote(note, key);
  const checkpoint = text === null ? null : parseCheckpoint(text);
  return note !== null && key && checkpoint ? { checkpoint, note: ownPart(note, key.name), vkey: key.vkey } : null;
}

/** Without the signatures of witnesses, which a kept note may carry. */
function ownPart(note: string, origin: string): string {
  const parts = parseNote(note);
  const own = parts?.signatures.filter((line) => line.name === origin) ?? [];
  return `${parts?.text}\n${own.map(({ line }) => line).join('')}`;
}

/** Nobody did this but the operator at the terminal. */
const OPERATOR = 0;

function draftOperation(facts: { successor: string; origin: string; size: number; root: string; vkey: string }) {
  const id = newPublicId();
  const type = 'log.begin';
  const day = villageDay(new Date());
  const pieces = leafPieces({ v: 1, id, type, occurred: day, commit: [], ...facts }, false);
  return {
    operationId: newPublicId(),
    kind: type,
    idempotencyKey: `begin ${facts.successor}`,
    requestHash: hash('sha256', facts.successor),
    recordedBy: OPERATOR,
    occurredOn: day,
    acts: [{ id, type, facts, ...pieces }],
  };
}
