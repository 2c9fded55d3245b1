/**
 * Reads for several who ask at about the same time in one query: a statement's way to the database and back costs more than what most
 * of them read. Whoever asks while a query is under way waits for the next one, so every answer was read after it was asked for.
 */
export type ReadTogether<Key, Value> = (key: Key) => Promise<Value | undefined>;

export function readTogether<Key, Value>(
  read: (keys: Key[]) => Promise<ReadonlyMap<Key, Value>>,
): ReadTogether<Key, Value> {
  let waiting: Asked<Key, Value>[] = [];
  let isReading = false;

  const readOn = async () => {
    isReading = true;
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

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (!isReading) void readOn();
    });
}

interface Asked<Key, Value> {
  key: Key;
  resolve(value: Value | undefined): void;
  reject(error: unknown): void;
}
