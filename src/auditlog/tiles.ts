/**
 * Tiles as C2SP tlog-tiles names and fills them: a tile holds 256 hashes in a row, at level 0 of leaves, at each level above
 * of full tiles below. What is asked for under any other spelling than the one here does not exist.
 */
import { HASH_BYTES, type LeafRange, perfectRoot, perfectSubtrees, type ReadSubtree, type Subtree } from './merkle.ts';

export const TILE_WIDTH = 256;

const TILE_HEIGHT = 8;

export interface TilePlace {
  level: number;
  index: number;
}

/** The first `width` hashes of a tile, or of the entries of a bundle; 256 is a full one. */
export interface Tile extends TilePlace {
  width: number;
}

const INDEX = '(?<index>(?:x\\d{3}/)*\\d{3})(?:\\.p/(?<width>[1-9]\\d{0,2}))?';
const TILE_PATH = new RegExp(`^(?<level>0|[1-5]?\\d|6[0-3])/${INDEX}$`);
const BUNDLE_PATH = new RegExp(`^entries/${INDEX}$`);

/** The part of an address behind `/tile/`: a tile of hashes, a bundle of entries, or null. */
export function parseTilePath(path: string): (Tile & { kind: 'hashes' | 'entries' }) | null {
  const bundle = BUNDLE_PATH.exec(path);
  const groups = (bundle ?? TILE_PATH.exec(path))?.groups;
  if (!groups) return null;
  const level = Number(groups['level'] ?? 0);
  const index = Number(groups['index']?.replace(/[x/]/g, ''));
  const width = Number(groups['width'] ?? TILE_WIDTH);
  if (!Number.isSafeInteger(index) || (groups['width'] !== undefined && width >= TILE_WIDTH)) return null;
  const tile = { kind: bundle ? ('entries' as const) : ('hashes' as const), level, index, width };
  // Leading zeros that the number does not need have another spelling.
  return formatTilePath(tile) === path ? tile : null;
}

export function formatTilePath({ kind, level, index, width }: Tile & { kind: 'hashes' | 'entries' }): string {
  const suffix = width === TILE_WIDTH ? '' : `.p/${width}`;
  return `${kind === 'entries' ? 'entries' : level}/${formatTileIndex(index)}${suffix}`;
}

/** `1234067` → `x001/x234/067`. */
export function formatTileIndex(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/');
}

/** How many hashes the tile has in a tree of `size` leaves; 0 when it is not there. */
export function widthInTree({ level, index }: TilePlace, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.min(TILE_WIDTH, Math.max(0, hashes - index * TILE_WIDTH));
}

/** The tiles from which the roots of all ranges can be put together, each once. */
export function tilesOf(ranges: readonly LeafRange[]): TilePlace[] {
  const places = ranges.flatMap(perfectSubtrees).map(placeOf);
  return [...new Map(places.map(({ level, index }) => [keyOf({ level, index }), { level, index }])).values()];
}

/** Reads subtrees out of tiles that were fetched before. */
export function subtreeReader(tiles: readonly (TilePlace & { hashes: Buffer })[]): ReadSubtree {
  const byPlace = new Map(tiles.map((tile) => [keyOf(tile), tile.hashes]));
  return (subtree) => {
    const place = placeOf(subtree);
    const hashes = byPlace.get(keyOf(place));
    const from = place.offset * HASH_BYTES;
    const to = from + place.count * HASH_BYTES;
    if (!hashes || hashes.length < to) throw new Error(`tile ${keyOf(place)} does not hold hashes up to ${to}`);
    return perfectRoot(hashes.subarray(from, to));
  };
}

/** A subtree is `count` hashes, a power of two, of one tile. */
function placeOf({ height, index }: Subtree): TilePlace & { offset: number; count: number } {
  const level = Math.floor(height / TILE_HEIGHT);
  const count = 2 ** (height % TILE_HEIGHT);
  const first = index * count;
  return { level, index: Math.floor(first / TILE_WIDTH), offset: first % TILE_WIDTH, count };
}

function keyOf({ level, index }: TilePlace): string {
  return `${level}/${index}`;
}

/** A bundle: each entry behind its length in two bytes. */
export function entryBundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}
