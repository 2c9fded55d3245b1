/**
 * A log and, where it was closed, the log that goes on in its place. The last word of a closed log is signed by its own key and
 * names the next one; the next one holds an entry that names it back, with its size and root. Between the two stands what was
 * lost: it is counted and said, for nobody can prove anything about it any more.
 */
import { type AuditInput, type AuditReport, auditLog, openCheckpoint, type Predecessor } from './audit-log.ts';
import { CannotCheck, type Finding, Found } from './finding.ts';
import type { TrustedKey } from './note.ts';
import { parseVkey } from './note.ts';
import type { Fetch } from './served-log.ts';

export interface FollowInput extends Omit<AuditInput, 'fetch' | 'saved' | 'predecessors'> {
  /** Reads the log of this name; all logs of a village lie beside each other. */
  fetchOf: (name: string) => Fetch;
  /** The last part of the address that was given. */
  name: string;
  /** The checkpoints that were kept of a log, by its origin. */
  savedOf?: (origin: string) => { name: string; note: string }[];
}

/** More than one would be a sorry story, and a ring of them a fraud. */
const MOST_LOGS = 20;

export async function followLog(input: FollowInput): Promise<AuditReport | { finding: Finding }> {
  const { fetchOf, name, savedOf = () => [], known: _known, ...rest } = input;
  const predecessors: Predecessor[] = [];
  let [vkey, place] = [input.vkey, name];
  try {
    for (let turn = 0; turn < MOST_LOGS; turn += 1) {
      const fetch = fetchOf(place);
      const key = logKeyOf(vkey);
      const closed = await readClosed(fetch, key);
      const saved = savedOf(key.name);
      // What is known from elsewhere is known of the log that was asked for.
      const known = turn === 0 ? (input.known ?? []) : [];
      if (!closed) return await auditLog({ ...rest, vkey, fetch, saved, known, predecessors });
      const keptHeads = saved.map((kept) => ({ ...openCheckpoint(kept.note, key, kept.name), knownFrom: kept.name }));
      predecessors.push({ ...closed, vkey, heads: [...keptHeads, ...known] });
      vkey = closed.successorVkey;
      place = logKeyOf(vkey).name.split('/').at(-1) ?? '';
    }
  } catch (error) {
    if (error instanceof Found) return { finding: error.finding };
    throw error;
  }
  return { finding: { step: 'succession', sentence: `more than ${MOST_LOGS} logs follow each other` } };
}

async function readClosed(fetch: Fetch, key: TrustedKey) {
  const body = await fetch('checkpoint');
  if (!body) throw new CannotCheck('there is no checkpoint at this address');
  const checkpoint = openCheckpoint(body.toString('utf8'), key, 'the checkpoint');
  const { successorVkey } = checkpoint;
  return successorVkey === undefined ? null : { checkpoint, successorVkey };
}

function logKeyOf(vkey: string): TrustedKey {
  const key = parseVkey(vkey);
  if (key?.kind !== 'log') throw new CannotCheck(`"${vkey}" is not the verifier key of a log`);
  return key;
}
