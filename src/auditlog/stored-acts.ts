/**
 * The acts of a village as they are stored, in the order of their numbers and page by page. A page arrives as three values: taking
 * it apart value by value costs a client more than all that is then checked of it.
 */
import type { Reader } from '../platform/database/db.ts';
import type { CanonicalValue } from './canonical-json.ts';
import type { Opening } from './leaf.ts';
import { TILE_WIDTH } from './tiles.ts';

export interface StoredAct {
  seq: number;
  actId: string;
  type: string;
  occurredOn: string;
  recordedAt: string;
  reversesSeq: number | null;
  facts: Record<string, CanonicalValue>;
  leaf: Buffer;
  /** Of the hashed leaf, in hexadecimal. */
  leafHash: string;
  openings: Opening[] | null;
  isInOperation: boolean;
  isImported: boolean;
  /** As it is stored, beside the last act of each tile; null where it is not stored. */
  tile: StoredTile | null;
}

export interface StoredTile {
  hashes: Buffer;
  root: Buffer;
}

export const ACTS_A_PAGE = 4 * TILE_WIDTH;

interface Page {
  leaves: Buffer | null;
  acts: ActColumns[] | null;
  tiles: [index: number, hashes: string, root: string][] | null;
}

type ActColumns = [
  seq: number,
  actId: string,
  type: string,
  occurredOn: string,
  recordedAt: string,
  reversesSeq: number | null,
  facts: Record<string, CanonicalValue>,
  leafBytes: number,
  leafHash: string,
  openings: Opening[] | null,
  operationKind: string | null,
];

export async function storedActs(sql: Reader, villageId: number, after: number): Promise<readonly StoredAct[]> {
  const [page] = await sql<Page[]>`
    with page as materialized (
      select act.*,
             disclosure.openings
        from act
        left join disclosure
          on disclosure.village_id = act.village_id
         and disclosure.seq = act.seq
       where act.village_id = ${villageId}
         and act.seq > ${after}
       order by act.seq
       limit ${ACTS_A_PAGE}
    ),
    covered as (
      select page.*,
             operation.kind as operation_kind
        from page
        left join operation
          on operation.village_id = ${villageId}
         and operation.operation_id = any(array(select distinct operation_id from page))
         and operation.operation_id = page.operation_id
         and operation.recorded_at = page.recorded_at
         -- What an approval or a round's result lets happen is recorded for who asked for it: see append_acts.sql.
         and (
           operation.recorded_by = page.recorded_by
           or page.facts ? 'claim'
           or (page.type = 'points.award' and page.facts ? 'round')
         )
         and page.seq >= operation.first_seq
         and page.seq < operation.first_seq + operation.act_count
    )
    select string_agg(leaf, ''::bytea order by seq) as leaves,
           json_agg(
             json_build_array(
               seq,
               act_id,
               type,
               occurred_on,
               to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
               reverses_seq,
               facts,
               octet_length(leaf),
               encode(leaf_hash, 'hex'),
               openings,
               operation_kind
             )
             order by seq
           ) as acts,
           (select json_agg(json_build_array(index, encode(hashes, 'hex'), encode(root, 'hex')))
              from log_tile
             where village_id = ${villageId}
               and level = 0
               and index >= (select min(seq) from page) / ${TILE_WIDTH}
               and index <= (select max(seq) from page) / ${TILE_WIDTH}) as tiles
      from covered`;
  return page ? unpack(page) : [];
}

function unpack({ leaves, acts, tiles }: Page): StoredAct[] {
  if (!acts || !leaves) return [];
  const tileAt = new Map(
    tiles?.map(([index, hashes, root]) => [
      index,
      { hashes: Buffer.from(hashes, 'hex'), root: Buffer.from(root, 'hex') },
    ]),
  );
  let end = 0;
  return acts.map(
    ([seq, actId, type, occurredOn, recordedAt, reversesSeq, facts, leafBytes, leafHash, openings, operationKind]) => {
      end += leafBytes;
      return {
        seq,
        actId,
        type,
        occurredOn,
        recordedAt,
        reversesSeq,
        facts,
        leaf: leaves.subarray(end - leafBytes, end),
        leafHash,
        openings,
        isInOperation: operationKind !== null,
        isImported: operationKind === 'import',
        tile: (seq % TILE_WIDTH === TILE_WIDTH - 1 && tileAt.get(Math.floor(seq / TILE_WIDTH))) || null,
      };
    },
  );
}
