/**
 * What was made once and stays right under its name, kept in memory as far as there is room: a reader of a whole log, many readers of its
 * newest tile or of one page cost the database little and the processor less.
 */
export interface KeptNewest<Value> {
  /** Under its name, or made now and kept. */
  provide(name: string, make: () => Promise<Value>): Promise<Value>;
}

export function keepNewest<Value>(mostBytes: number, bytesOf: (value: Value) => number): KeptNewest<Value> {
  // A map hands out its names in the order in which they were set: the first is the one that nobody asked for longest.
  const kept = new Map<string, Value>();
  let bytes = 0;
  const forget = (name: string) => {
    const value = kept.get(name);
    if (value === undefined) return;
    kept.delete(name);
    bytes -= bytesOf(value);
  };
  const keep = (name: string, value: Value) => {
    forget(name);
    kept.set(name, value);
    bytes += bytesOf(value);
    for (const oldest of kept.keys()) {
      if (bytes <= mostBytes) break;
      forget(oldest);
    }
  };
  return {
    provide: async (name, make) => {
      const value = kept.get(name) ?? (await make());
      keep(name, value);
      return value;
    },
  };
}
