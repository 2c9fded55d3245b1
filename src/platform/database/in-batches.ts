import { setImmediate } from 'node:timers/promises';

/**
 * A long table in order, batch by batch, in little memory: while one batch is looked at, the database already reads the next. `read`
 * answers at most `size` rows behind `last`, fewer only at the end.
 */
export async function* inBatches<Row>(
  size: number,
  read: (last: Row | undefined) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[], void, void> {
  let next = read(undefined);
  for (;;) {
    const rows = await next;
    const isLast = rows.length < size;
    if (!isLast) {
      next = read(rows.at(-1));
      // Whoever stops early does not wait for it, and nobody else hears when it fails.
      next.catch(() => {});
      // Only when the event loop comes round does the client send what it was asked for; whoever is called by it comes before.
      await setImmediate();
      await setImmediate();
    }
    if (rows.length > 0) yield rows;
    if (isLast) return;
  }
}
