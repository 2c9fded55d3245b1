import type { Db, Reader } from '../platform/database/db.ts';
import { formatReceipt } from './checkpoint.ts';
import { leafHash, rangeRoot } from './merkle.ts';
import { inclusionPath, verifyInclusion } from './proofs.ts';
import type { LogRefusal, PublicLogs } from './public-logs.ts';
import type { SignedCheckpoint } from './sign-checkpoint.ts';
import { readEntries, readSubtrees } from './stored-tree.ts';

/** An entry with the proof that it stands in the signed tree. */
export interface Receipt extends SignedCheckpoint {
  seq: number;
  entry: Buffer;
  leafHash: Buffer;
  proof: Buffer[];
  /** Checked again from the entry's bytes: they lead to the root that was signed. */
  isIncluded: boolean;
  /** Checked again: the signature is the log's. */
  isSealed: boolean;
  /** A C2SP tlog-proof with the entry as its extra data. */
  text: string;
}

/** The receipt of an act; null when the log has none of this number. */
export async function receiptOf(
  { sql }: Db,
  logs: PublicLogs,
  village: { villageId: number; code: string },
  seq: number,
): Promise<Receipt | LogRefusal | null> {
  const [entry] = await readEntries(sql, village.villageId, seq, 1);
  if (!entry) return null;
  const signed = await logs.covering(village, seq);
  if ('refused' in signed) return signed;
  const { size, root } = signed.checkpoint;
  const path = inclusionPath(seq, size);
  const read = await readSubtrees(sql, village.villageId, size, path);
  const proof = path.map((range) => rangeRoot(range, read));
  const hash = leafHash(entry);
  return {
    ...signed,
    seq,
    entry,
    leafHash: hash,
    proof,
    isSealed: logs.isSealed(signed),
    isIncluded: verifyInclusion(hash, seq, size, proof, root),
    text: formatReceipt({ index: seq, proof, note: signed.note, entry }),
  };
}

/** Where an act stands, by the name that its slip prints; names are random enough to be the only ones of all villages. */
export async function findAct(
  sql: Reader,
  actId: string,
): Promise<{ villageId: number; seq: number; type: string; recordedAt: Date } | null> {
  const [found] = await sql<{ villageId: number; seq: number; type: string; recordedAt: Date }[]>`
    select log_head.village_id as "villageId",
           named.seq,
           named.type,
           named.recorded_at as "recordedAt"
      from log_head
     cross join lateral (
        select seq, type, recorded_at
          from act
         where act.village_id = log_head.village_id
           and act.act_id = ${actId}
         limit 1
      ) as named
     limit 1`;
  return found ?? null;
}
