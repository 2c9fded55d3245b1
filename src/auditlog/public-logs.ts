import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../platform/config.ts';
import type { Db } from '../platform/database/db.ts';
import { openWitnesses, type Witnesses } from './ask-witnesses.ts';
import type { LogFrozen } from './decide-signing.ts';
import { openGuard } from './guard.ts';
import { type ClosedLog, logName, openLogName, readClosedLog } from './log-names.ts';
import { readLogSeed } from './log-seed.ts';
import {
  NotSigned,
  readGuard,
  SIGNING_PAUSE_MS,
  type SignedCheckpoint,
  type Signer,
  signCheckpoint,
} from './sign-checkpoint.ts';
import { logKey, openNote } from './signed-note.ts';

export type LogRefusal = LogFrozen | { refused: 'log_behind' };

interface LogVillage {
  villageId: number;
  code: string;
}

/** The public logs of all villages, as this server signs them. */
export interface PublicLogs {
  /** The newest checkpoint, at most a second old, or why the log is frozen. */
  published(village: LogVillage): Promise<SignedCheckpoint | LogFrozen>;
  /** A checkpoint that holds act `seq`, which the database has; a record of this second waits for the next signature. */
  covering(village: LogVillage, seq: number): Promise<SignedCheckpoint | LogRefusal>;
  /** Whether a note carries the log's own signature. */
  isSealed(signed: SignedCheckpoint): boolean;
  /** Name and key of the log that goes on, also of a frozen one. */
  identity(villageCode: string): { name: string; origin: string; vkey: string };
  /** The origin that a log begun today would have: another one when the server's address has changed since. */
  newOrigin(name: string): string;
  /** The logs that went before, the oldest first. */
  closed(villageCode: string): ClosedLog[];
  /** The verifier key of a closed log, as long as the secret of all keys is still the one that it was signed with. */
  keyOf(closed: ClosedLog): string;
  /** The newest checkpoint that a witness has cosigned, by its key ID in hexadecimal; null when there is none. */
  cosigned(villageCode: string, keyId: string): string | null;
  /** Who is asked to cosign. */
  witnesses: readonly { name: string; vkey: string }[];
}

export interface PublicLogsInput {
  config: Pick<Config, 'dataDir' | 'host' | 'port' | 'publicOrigin' | 'witnesses'>;
  db: Db;
  /** Tells the operator. */
  report(facts: Record<string, unknown>, line: string): void;
  guard?: Signer['guard'];
  witnesses?: Witnesses;
}

export function openPublicLogs(input: PublicLogsInput): PublicLogs {
  const { config, db, report, guard = openGuard(config.dataDir) } = input;
  const witnesses = input.witnesses ?? openWitnesses({ config, db, report });
  const signer = openSigner(config, guard);
  const { newOrigin } = signer;
  const answers = new Map<number, { askedAt: number; answer: Promise<SignedCheckpoint | LogFrozen> }>();
  const reported = new Map<number, string>();

  const sign = async (village: LogVillage) => {
    const name = openLogName(config.dataDir, village.code);
    const log = { villageId: village.villageId, name };
    try {
      const signed = await signCheckpoint(db, log, signer);
      tell({ ...village, name }, 'refused' in signed ? signed : { origin: signed.checkpoint.origin });
      if ('refused' in signed) return signed;
      witnesses.show({ villageId: village.villageId, code: name }, signed);
      return { ...signed, note: witnesses.complete(name, signed.note) };
    } catch (error) {
      answers.delete(village.villageId);
      if (!(error instanceof NotSigned)) throw error;
      report({ village: village.code, code: (error.cause as { code?: unknown }).code }, error.message);
      if (!error.last) throw error;
      return error.last;
    }
  };

  /** Once for each state, not for each request. */
  const tell = ({ villageId, code, name }: LogVillage & { name: string }, state: LogFrozen | { origin: string }) => {
    const expected = newOrigin(name);
    const line =
      'refused' in state
        ? `the public log is frozen and signs nothing until this is put right: ${FROZEN_BECAUSE[state.refused]}`
        : state.origin === expected
          ? 'the public log is signed'
          : `the public log keeps the name ${state.origin}, although the server is now at ${expected}: its name and key never change`;
    const isNews = (reported.get(villageId) ?? 'the public log is signed') !== line;
    reported.set(villageId, line);
    if (isNews) report({ village: code, ...state }, line);
  };

  const askAgain = (village: LogVillage) => {
    const answer = sign(village);
    answers.set(village.villageId, { askedAt: performance.now(), answer });
    return answer;
  };
  const published = (village: LogVillage) => {
    const known = answers.get(village.villageId);
    return known && performance.now() - known.askedAt < SIGNING_PAUSE_MS ? known.answer : askAgain(village);
  };

  return {
    published,
    covering: async (village, seq) => {
      let signed = await published(village);
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        if ('refused' in signed || signed.checkpoint.size > seq) return signed;
        await sleep(SIGNING_PAUSE_MS / 4);
        signed = await askAgain(village);
      }
      return 'refused' in signed || signed.checkpoint.size > seq ? signed : { refused: 'log_behind' };
    },
    isSealed: ({ note, checkpoint }) => openNote(note, logKey(signer.logSeed, checkpoint.origin)) !== null,
    identity: (villageCode) => {
      const name = openLogName(config.dataDir, villageCode);
      const held = readGuard(name, signer);
      const key = held === null || held === 'unreadable' ? logKey(signer.logSeed, newOrigin(name)) : held.key;
      return { name, origin: key.name, vkey: key.vkey };
    },
    closed: (villageCode) => {
      const logs: ClosedLog[] = [];
      for (let turn = 1; ; turn += 1) {
        const closed = readClosedLog(config.dataDir, logName(villageCode, turn));
        if (!closed) return logs;
        logs.push(closed);
      }
    },
    keyOf: ({ origin }) => logKey(signer.logSeed, origin).vkey,
    newOrigin,
    cosigned: (villageCode, keyId) => witnesses.newest(openLogName(config.dataDir, villageCode), keyId),
    witnesses: witnesses.keys,
  };
}

/** What a log is signed with on this data folder. */
export function openSigner(config: PublicLogsInput['config'], guard = openGuard(config.dataDir)): Signer {
  const newOrigin = (name: string) => `${publicHost(config)}/log/${name}`;
  return { guard, logSeed: readLogSeed(config.dataDir), newOrigin };
}

const FROZEN_BECAUSE: Record<LogFrozen['refused'], string> = {
  log_guard_lost:
    'it was signed before, but the file of its last signature is missing; restore the folder log/ of DATA_DIR',
  log_guard_damaged: 'the file of its last signature is damaged; restore the folder log/ of DATA_DIR',
  log_key_changed: 'its last signature was made with another key; restore the file log-seed of DATA_DIR',
  log_beginning_lost:
    'another log was closed for it, but the act that says so is not in the database; restore a newer backup of the database',
  log_rolled_back: 'the database holds fewer acts than were signed; restore a newer backup of the database',
  log_rewritten: 'the database no longer begins with the acts that were signed; restore it, and run npm run verify',
};

function publicHost({ publicOrigin, host, port }: PublicLogsInput['config']): string {
  if (publicOrigin !== undefined) return new URL(publicOrigin).host;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
