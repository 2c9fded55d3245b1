import type { Reader } from '../platform/database/db.ts';
import { HASH_BYTES, type LeafRange, type ReadSubtree } from './merkle.ts';
import { subtreeReader, TILE_WIDTH, type Tile, tilesOf, widthInTree } from './tiles.ts';

export type FilledTile = Tile & { hashes: Buffer };

/**
 * The tiles with as many hashes as were asked for. Full ones are stored; a partial one is read from what lies below it,
 * at most 255 hashes. Tiles must have been stored up to the size in question (`store_log_tiles`).
 */
export async function readTiles(sql: Reader, villageId: number, wanted: readonly Tile[]): Promise<FilledTile[]> {
  const rows = await sql<{ hashes: Buffer | null }[]>`
    select case
             when wanted.width = ${TILE_WIDTH} then (
               select hashes
                 from log_tile
                where village_id = ${villageId}
                  and level = wanted.level
                  and index = wanted.index
             )
             when wanted.level = 0 then (
               select string_agg(leaf_hash, ''::bytea order by seq)
                 from act
                where village_id = ${villageId}
                  and seq >= wanted.index * ${TILE_WIDTH}
                  and seq < wanted.index * ${TILE_WIDTH} + wanted.width
             )
             else (
               select string_agg(root, ''::bytea order by index)
                 from log_tile
                where village_id = ${villageId}
                  and level = wanted.level - 1
                  and index >= wanted.index * ${TILE_WIDTH}
                  and index < wanted.index * ${TILE_WIDTH} + wanted.width
             )
           end as hashes
      from unnest(
             ${wanted.map(({ level }) => level)}::integer[],
             ${wanted.map(({ index }) => index)}::bigint[],
             ${wanted.map(({ width }) => width)}::integer[]
           ) with ordinality as wanted(level, index, width, position)
     order by wanted.position`;
  return wanted.map((tile, position) => {
    const hashes = rows[position]?.hashes;
    if (hashes?.length !== tile.width * HASH_BYTES) {
      throw new Error(`tile ${tile.level}/${tile.index} of village ${villageId} is not whole`);
    }
    return { ...tile, hashes };
  });
}

/** Everything that is needed for the roots of these ranges of a tree with `size` leaves, in one query. */
export async function readSubtrees(
  sql: Reader,
  villageId: number,
  size: number,
  ranges: readonly LeafRange[],
): Promise<ReadSubtree> {
  const places = tilesOf(ranges).map((place) => ({ ...place, width: widthInTree(place, size) }));
  return subtreeReader(places.length === 0 ? [] : await readTiles(sql, villageId, places));
}

/** The exact bytes of the entries from `first` on. */
export async function readEntries(sql: Reader, villageId: number, first: number, count: number): Promise<Buffer[]> {
  const rows = await sql<{ leaf: Buffer }[]>`
    select leaf
      from act
     where village_id = ${villageId}
       and seq >= ${first}
       and seq < ${first + count}
     order by seq`;
  return rows.map(({ leaf }) => leaf);
}
