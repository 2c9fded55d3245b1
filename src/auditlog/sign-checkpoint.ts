import type { Db, Reader } from '../platform/database/db.ts';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { decideSigning, type LogFrozen } from './decide-signing.ts';
import type { Guard } from './guard.ts';
import { parseLogName } from './log-names.ts';
import { EMPTY_ROOT, rangeRoot } from './merkle.ts';
import { consistencyPath, type TreeHead, verifyConsistency } from './proofs.ts';
import { logKey, type NoteKey, openNote, signNote } from './signed-note.ts';
import { readSubtrees } from './stored-tree.ts';

/** What a log says of itself, and the last checkpoint that it has signed. */
export interface SignedCheckpoint {
  checkpoint: Checkpoint;
  /** With the signature of the log, and with those of its witnesses where they are there. */
  note: string;
  /** With the signature of the log alone. */
  ownNote: string;
  vkey: string;
}

export interface Signer {
  guard: Guard;
  logSeed: string;
  /** The origin of a log that is signed for the first time; afterwards a log keeps the one that it has. */
  newOrigin: (name: string) => string;
}

/** A log is signed at most so often. */
export const SIGNING_PAUSE_MS = 1_000;

/** Any number that nothing else in this database locks. */
const SIGNING_LOCK = 20_261_123;

/**
 * Answers the newest checkpoint, signing one first when the log has grown. One server at a time does this for a village:
 * the lock ends with the transaction. Before every signature the tree in the database is proved to begin with the tree that
 * was signed last; the guard file is on the disk before the signature is handed out.
 */
export async function signCheckpoint(
  { sql }: Db,
  log: { villageId: number; name: string },
  signer: Signer,
): Promise<SignedCheckpoint | LogFrozen> {
  // The transaction awaits nothing but its own queries; the guard's file is read and written synchronously.
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${SIGNING_LOCK}, ${log.villageId})`;
    const { size, begunVkey, hasBeginning } = await logState(tx, log);
    const guarded = readGuard(log.name, signer);
    const held = guarded === 'unreadable' ? null : guarded;
    const tree = await readTree(tx, log.villageId, held?.checkpoint ?? { size: 0, root: EMPTY_ROOT }, size);
    const decision = decideSigning({
      guarded: held
        ? {
            size: held.checkpoint.size,
            isOurs: held.isOurs && held.key.vkey === (begunVkey ?? held.key.vkey),
            isRecent: held.ageMs < SIGNING_PAUSE_MS,
          }
        : guarded === 'unreadable'
          ? 'unreadable'
          : null,
      wasBegun: begunVkey !== null,
      hasBeginning,
      size,
      isExtension: tree.isExtension,
    });
    if (typeof decision === 'object') return decision;
    if (held && decision === 'keep') return signedBefore(held);

    const key = held?.key ?? logKey(signer.logSeed, signer.newOrigin(log.name));
    const checkpoint = { origin: key.name, size, root: tree.root };
    const note = signNote(formatCheckpoint(checkpoint), key);
    if (begunVkey === null) await tx`select begin_public_log(${log.villageId}, ${key.name}, ${key.vkey})`;
    try {
      signer.guard.replace(log.name, held?.note ?? null, note);
    } catch (cause) {
      throw new NotSigned(held && signedBefore(held), cause);
    }
    return { checkpoint, note, ownNote: note, vkey: key.vkey };
  });
}

function signedBefore({ checkpoint, note, key }: HeldNote): SignedCheckpoint {
  return { checkpoint, note, ownNote: note, vkey: key.vkey };
}

/** The guard could not be written, so nothing new was signed. What was signed before still holds. */
export class NotSigned extends Error {
  override name = 'NotSigned';
  readonly last: SignedCheckpoint | null;

  constructor(last: SignedCheckpoint | null, cause: unknown) {
    super('the file of the last signature could not be written', { cause });
    this.last = last;
  }
}

interface HeldNote {
  note: string;
  checkpoint: Checkpoint;
  key: NoteKey;
  isOurs: boolean;
  ageMs: number;
}

/** The note that was signed last, under the name that the log then had. */
export function readGuard(name: string, { guard, logSeed }: Signer): HeldNote | 'unreadable' | null {
  const held = guard.read(name);
  if (held === null) return null;
  const end = held.note.lastIndexOf('\n\n');
  const checkpoint = parseCheckpoint(held.note.slice(0, end + 1));
  if (!checkpoint) return 'unreadable';
  const key = logKey(logSeed, checkpoint.origin);
  return { ...held, checkpoint, key, isOurs: openNote(held.note, key) !== null };
}

interface LogState {
  size: number;
  begunVkey: string | null;
  hasBeginning: boolean;
}

/** A log that goes on for a closed one begins with an act that says so; a database without that act is not its own. */
async function logState(tx: Reader, { villageId, name }: { villageId: number; name: string }): Promise<LogState> {
  const [state] = await tx<LogState[]>`
    select store_log_tiles(${villageId}) as size,
           (select vkey
              from public_log
             where village_id = ${villageId}
               and split_part(origin, '/', 3) = ${name}) as "begunVkey",
           ${parseLogName(name)?.turn === 1}
             or exists (
               select
                 from act
                where village_id = ${villageId}
                  and type = 'log.begin'
                  and split_part(split_part(facts ->> 'successor', '+', 1), '/', 3) = ${name}
             ) as "hasBeginning"`;
  if (!state) throw new Error(`village ${villageId} has no log`);
  return state;
}

async function readTree(tx: Reader, villageId: number, signed: TreeHead, size: number) {
  if (size < signed.size) return { root: EMPTY_ROOT, isExtension: false };
  const whole = { start: 0, end: size };
  const path = signed.size === size ? [] : consistencyPath(signed.size, size);
  const read = await readSubtrees(tx, villageId, size, [whole, ...path]);
  const root = rangeRoot(whole, read);
  const proof = path.map((range) => rangeRoot(range, read));
  return { root, isExtension: verifyConsistency(signed, { size, root }, proof) };
}
