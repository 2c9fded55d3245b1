/**
 * The acts of a village as they are stored, in the order of their numbers and page by page. A page arrives as a few long values: taking
 * it apart value by value costs a client more than all that is then checked of it.
 */
import { at, type ColumnLists } from '../platform/database/column-lists.ts';
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
  /** One after another. */
  leaves: Buffer | null;
  acts: ColumnLists<ActColumns>;
  tiles: [index: number, hashes: string, root: string][] | null;
}

interface ActColumns
  extends Pick<StoredAct, 'seq' | 'actId' | 'type' | 'occurredOn' | 'reversesSeq' | 'facts' | 'leafHash' | 'openings'> {
  /** In UTC. */
  recordedAt: string;
  leafBytes: number;
  operationKind: string | null;
}

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
       order by page.seq
    )
    select string_agg(leaf, ''::bytea) as leaves,
           json_build_object(
             'seq', array_agg(seq),
             'actId', array_agg(act_id),
             'type', array_agg(type),
             'occurredOn', array_agg(occurred_on),
             'recordedAt', array_agg(recorded_at at time zone 'UTC'),
             'reversesSeq', array_agg(reverses_seq),
             'facts', json_agg(facts),
             'leafBytes', array_agg(octet_length(leaf)),
             'leafHash', array_agg(encode(leaf_hash, 'hex')),
             'openings', json_agg(openings),
             'operationKind', array_agg(operation_kind)
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
  const tileAt = new Map(
    tiles?.map(([index, hashes, root]) => [
      index,
      { hashes: Buffer.from(hashes, 'hex'), root: Buffer.from(root, 'hex') },
    ]),
  );
  let end = 0;
  return (acts.seq ?? []).map((seq, place) => {
    const start = end;
    end += at(acts.leafBytes, place);
    const operationKind = at(acts.operationKind, place);
    return {
      seq,
      actId: at(acts.actId, place),
      type: at(acts.type, place),
      occurredOn: at(acts.occurredOn, place),
      recordedAt: toTheMillisecond(at(acts.recordedAt, place)),
      reversesSeq: at(acts.reversesSeq, place),
      facts: at(acts.facts, place),
      leaf: (leaves ?? NOTHING).subarray(start, end),
      leafHash: at(acts.leafHash, place),
      openings: at(acts.openings, place),
      isInOperation: operationKind !== null,
      isImported: operationKind === 'import',
      tile: (seq % TILE_WIDTH === TILE_WIDTH - 1 && tileAt.get(Math.floor(seq / TILE_WIDTH))) || null,
    };
  });
}

const NOTHING = Buffer.alloc(0);

/** As a leaf spells it. The database leaves out what is nought at the end. */
function toTheMillisecond(timestamp: string): string {
  return `${timestamp.slice(0, 19)}.${timestamp.slice(20).padEnd(3, '0').slice(0, 3)}Z`;
}
