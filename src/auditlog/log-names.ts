/**
 * A log that could not go on was closed, and another one under another name goes on in its place: `<code>`, then `<code>-2`,
 * `<code>-3`. Which of them is open is said by files beside the guard, never by the database: that may be an older copy.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseExtendedCheckpoint } from './checkpoint.ts';
import { replaceDurably } from './guard.ts';
import type { TreeHead } from './proofs.ts';
import { parseNote } from './signed-note.ts';

/** The last word of a log: what it had signed last, and under which key its story goes on. */
export interface ClosedLog extends TreeHead {
  name: string;
  origin: string;
  note: string;
  /** Null when the old key was lost, so that nobody could sign who comes next. */
  successorVkey: string | null;
}

/** `<code>-2` → the code and 2; null for what is the name of no log. */
export function parseLogName(name: string): { code: string; turn: number } | null {
  const [, code, turn = '1'] = /^(\d{12})(?:-([2-9]|[1-9]\d{1,3}))?$/.exec(name) ?? [];
  return code === undefined ? null : { code, turn: Number(turn) };
}

export function logName(code: string, turn: number): string {
  return turn === 1 ? code : `${code}-${turn}`;
}

/** The name of the log that goes on. */
export function openLogName(dataDir: string, code: string): string {
  let turn = 1;
  while (existsSync(pathOf(dataDir, logName(code, turn)))) turn += 1;
  return logName(code, turn);
}

/** Null when this log was not closed. */
export function readClosedLog(dataDir: string, name: string): ClosedLog | null {
  const path = pathOf(dataDir, name);
  if (!existsSync(path)) return null;
  const note = readFileSync(path, 'utf8');
  const text = parseNote(note)?.text ?? '';
  const checkpoint = parseExtendedCheckpoint(text);
  if (!checkpoint) throw new Error(`${path} is damaged`);
  return { ...checkpoint, name, note, successorVkey: /\nsuccessor (\S+)\n/.exec(text)?.[1] ?? null };
}

/** From here on the log signs nothing more. */
export function writeClosedLog(dataDir: string, name: string, note: string): void {
  mkdirSync(join(dataDir, 'log'), { recursive: true, mode: 0o700 });
  replaceDurably(pathOf(dataDir, name), note);
}

function pathOf(dataDir: string, name: string): string {
  return join(dataDir, 'log', `${name}.closed`);
}
