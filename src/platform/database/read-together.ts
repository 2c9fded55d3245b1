/**
 * Reads for several who ask at about the same time in one query: a statement's way to the database and back costs more than what most
 * of them read. Whoever asks while a query is under way waits for the next one, so every answer was read after it was asked for.
 */
import type { Sql } from './connect.ts';

/** Answers each key with what was found for it. A key that spoils the query spoils it for all, so none may come unchecked. */
export type ReadMany<Key, Value> = (sql: Sql, keys: Key[]) => Promise<ReadonlyMap<Key, Value>>;

export type ReadTogether = <Key, Value>(read: ReadMany<Key, Value>, key: Key) => Promise<Value | undefined>;

export function openReadTogether(sql: Sql): ReadTogether {
  const queues = new Map<unknown, (key: never) => Promise<unknown>>();
  return <Key, Value>(read: ReadMany<Key, Value>, key: Key) => {
    const queue = queues.get(read) ?? openQueue((keys: Key[]) => read(sql, keys));
    queues.set(read, queue);
    return (queue as (key: Key) => Promise<Value | undefined>)(key);
  };
}

function openQueue<Key, Value>(read: (keys: Key[]) => Promise<ReadonlyMap<Key, Value>>) {
  let waiting: Asked<Key, Value>[] = [];
  let isReading = false;

  const readOn = async () => {
    while (waiting.length > 0) {
      const asked = waiting;
      waiting = [];
      try {
        const found = await read([...new Set(asked.map(({ key }) => key))]);
        for (const { key, resolve } of asked) resolve(found.get(key));
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    isReading = false;
  };

  return (key: Key) =>
    new Promise<Value | undefined>((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (isReading) return;
      isReading = true;
      // Requests that came over the wire together are handed over one by one: not before the last of them.
      setImmediate(() => void readOn());
    });
}

interface Asked<Key, Value> {
  key: Key;
  resolve(value: Value | undefined): void;
  reject(error: unknown): void;
}
