/**
 * The other side of witnessing: after a signature, each witness is shown that the log only grew, and its cosignature is kept
 * beside the guard. All of it happens behind the back of whoever reads or writes: a witness that is down, slow or silly costs
 * nobody anything but its own line under the checkpoint.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../platform/config.ts';
import type { Db } from '../platform/database/db.ts';
import { OperatorError } from '../platform/operator-error.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { checkCosignature } from './cosignature.ts';
import { replaceDurably } from './guard.ts';
import { rangeRoot } from './merkle.ts';
import { consistencyPath } from './proofs.ts';
import type { SignedCheckpoint } from './sign-checkpoint.ts';
import { parseNote, parseSignatures, parseVkey, type VerifierKey } from './signed-note.ts';
import { readSubtrees } from './stored-tree.ts';
import { formatAddCheckpoint, parseSize } from './witness-request.ts';

interface LogOfVillage {
  villageId: number;
  code: string;
}

export interface Witnesses {
  /** Who they are. */
  keys: readonly { name: string; vkey: string }[];
  /** Shows them a checkpoint soon, unless they have seen it. Never throws, never waits. */
  show(log: LogOfVillage, signed: SignedCheckpoint): void;
  /** The note with every cosignature that was given for its very text. */
  complete(code: string, note: string): string;
  /** The newest note that this witness has cosigned, by the key ID in hexadecimal. */
  newest(code: string, keyId: string): string | null;
  /** Once nothing is under way. */
  settled(): Promise<void>;
}

export interface WitnessesInput {
  config: Pick<Config, 'dataDir' | 'witnesses'>;
  db: Db;
  report(facts: Record<string, unknown>, line: string): void;
  /** How long one answer may take. */
  patienceMs?: number;
  /** How long a witness that failed is left alone at first; each further failure doubles it. */
  pauseMs?: number;
}

interface Witness {
  url: string;
  key: VerifierKey;
}

const LONGEST_ANSWER = 65_536;
const LONGEST_PAUSE_MS = 300_000;
/** The size that we thought it had, the one that it names, and once more if another server of ours came between. */
const TRIES = 3;

export function openWitnesses(input: WitnessesInput): Witnesses {
  const { config, db, report, patienceMs = 10_000, pauseMs = 1_000 } = input;
  const witnesses = (config.witnesses ?? []).map(readWitness);
  const folder = join(config.dataDir, 'log', 'cosigned');
  const pathOf = (code: string, keyId: string) => join(folder, `${code}.${keyId}.note`);
  const underWay = new Map<string, Promise<void>>();
  const waiting = new Map<string, SignedCheckpoint>();
  const failures = new Map<string, { count: number; notBefore: number }>();

  const kept = (code: string, { key }: Witness) => readKept(pathOf(code, key.keyId.toString('hex')));

  const submit = async (log: LogOfVillage, { checkpoint, ownNote }: SignedCheckpoint, witness: Witness) => {
    let oldSize = kept(log.code, witness)?.checkpoint(checkpoint.origin)?.size ?? 0;
    if (oldSize > checkpoint.size) return;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const path = consistencyPath(oldSize, checkpoint.size);
      const read = await readSubtrees(db.sql, log.villageId, checkpoint.size, path);
      const proof = path.map((range) => rangeRoot(range, read));
      const answer = await post(
        `${witness.url}/add-checkpoint`,
        formatAddCheckpoint({ oldSize, proof, note: ownNote }),
      );
      if (answer.status === 200) {
        keep(log.code, witness, ownNote, answer.body);
        return;
      }
      const theirs = answer.status === 409 ? parseSize(answer.body.replace(/\n$/, '')) : null;
      if (theirs === null || theirs === oldSize) throw new Error(`it answers ${answer.status}`);
      // It knows a longer tree than this one: another server of ours was faster, or our past was lost.
      if (theirs > checkpoint.size) return await expectGrown(log, theirs);
      oldSize = theirs;
    }
    throw new Error('it names another size each time');
  };

  const keep = (code: string, { key }: Witness, ownNote: string, body: string) => {
    const text = parseNote(ownNote)?.text ?? '';
    const lines = (parseSignatures(body) ?? []).filter((line) => checkCosignature(text, line, key) !== 'not-theirs');
    const [line] = lines;
    if (!line || lines.some((one) => checkCosignature(text, one, key) !== 'holds')) {
      throw new Error('its answer is not its cosignature');
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    replaceDurably(pathOf(code, key.keyId.toString('hex')), `${ownNote}${line.line}`);
  };

  const expectGrown = async ({ villageId }: LogOfVillage, theirs: number) => {
    const [head] = await db.sql<{ size: number }[]>`select size from log_head where village_id = ${villageId}`;
    if ((head?.size ?? 0) < theirs)
      throw new Error(`it has cosigned ${theirs} records, but only ${head?.size} are here`);
  };

  const post = async (url: string, body: string) => {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(url, { method: 'POST', body, signal, redirect: 'error' });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > LONGEST_ANSWER) throw new Error('its answer does not end');
    }
    return { status: response.status, body: text };
  };

  const showTo = (log: LogOfVillage, signed: SignedCheckpoint, witness: Witness) => {
    const name = `${log.code} ${witness.key.vkey}`;
    if (underWay.has(name)) {
      waiting.set(name, signed);
      return;
    }
    const failed = failures.get(name);
    if ((failed && performance.now() < failed.notBefore) || kept(log.code, witness)?.holds(signed.note)) return;
    const work = submit(log, signed, witness)
      .then(() => {
        if (failures.delete(name)) report({ village: log.code, witness: witness.key.name }, 'a witness cosigns again');
      })
      .catch((error: unknown) => {
        const count = (failed?.count ?? 0) + 1;
        const pause = Math.min(pauseMs * 2 ** (count - 1), LONGEST_PAUSE_MS);
        failures.set(name, { count, notBefore: performance.now() + pause });
        const reason = reasonOf(error);
        // Once for each trouble, not for each try.
        if (count === 1) report({ village: log.code, witness: witness.key.name, reason }, 'a witness did not cosign');
      })
      .then(() => {
        underWay.delete(name);
        const next = waiting.get(name);
        waiting.delete(name);
        if (next) showTo(log, next, witness);
      });
    underWay.set(name, work);
  };

  return {
    keys: witnesses.map(({ key: { name, vkey } }) => ({ name, vkey })),
    show: (log, signed) => {
      for (const witness of witnesses) {
        try {
          showTo(log, signed, witness);
        } catch (error) {
          report({ village: log.code, witness: witness.key.name, reason: reasonOf(error) }, 'a witness was not asked');
        }
      }
    },
    complete: (code, note) => {
      const text = parseNote(note)?.text;
      const lines = witnesses.flatMap((witness) => {
        const parts = parseNote(kept(code, witness)?.note ?? '');
        if (!parts || parts.text !== text) return [];
        return parts.signatures.filter((line) => checkCosignature(parts.text, line, witness.key) === 'holds');
      });
      return note + lines.map(({ line }) => line).join('');
    },
    newest: (code, keyId) => {
      const witness = witnesses.find(({ key }) => key.keyId.toString('hex') === keyId);
      return (witness && kept(code, witness)?.note) ?? null;
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
  };
}

function readWitness({ url, vkey }: { url: string; vkey: string }): Witness {
  const key = parseVkey(vkey, 'cosigner');
  if (key) return { url, key };
  throw new OperatorError(
    `"${vkey}" of WITNESSES is not the verifier key of a witness.`,
    `WITNESSES 里的“${vkey}”不是见证方的验证密钥。`,
  );
}

/** A file that cannot be read says as much as one that is not there: the witness will be asked again. */
function readKept(path: string) {
  let note: string;
  try {
    note = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const text = parseNote(note)?.text ?? '';
  return {
    note,
    holds: (other: string) => parseNote(other)?.text === text,
    /** Null when the log has begun anew since. */
    checkpoint: (origin: string) => {
      const checkpoint = parseCheckpoint(text);
      return checkpoint?.origin === origin ? checkpoint : null;
    },
  };
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
