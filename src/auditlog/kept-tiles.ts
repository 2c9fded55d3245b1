/**
 * What a log served once under an address it will serve for ever, so the tiles and bundles asked for last stay in memory:
 * a reader of a whole log, or many readers of its newest tile, cost the database one query.
 */
export interface KeptTiles {
  /** Under its name, or made now and kept. */
  provide(name: string, make: () => Promise<Buffer>): Promise<Buffer>;
}

export function keepTiles(mostBytes: number): KeptTiles {
  // A map hands out its names in the order in which they were set: the first is the one that nobody asked for longest.
  const kept = new Map<string, Buffer>();
  let bytes = 0;
  const keep = (name: string, tile: Buffer) => {
    bytes += tile.length - (kept.get(name)?.length ?? 0);
    kept.delete(name);
    kept.set(name, tile);
    for (const [oldest, { length }] of kept) {
      if (bytes <= mostBytes) break;
      kept.delete(oldest);
      bytes -= length;
    }
  };
  return {
    provide: async (name, make) => {
      const tile = kept.get(name) ?? (await make());
      keep(name, tile);
      return tile;
    },
  };
}
