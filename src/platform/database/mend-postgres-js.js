/**
 * What postgres.js 3.4.9 gets wrong when a connection is lost, put right while it is bundled. Without these lines a statement of a
 * transaction whose connection has ended is written into nothing, which ends the process, or into the next transaction on
 * the new connection; bytes left over from the old connection keep the new one silent until it times out, again and again;
 * and an answer that was cut after a row, by a loss or by an error, shifts the rows of the next one, which then begins with holes.
 * Each place must be found exactly once, so another version of the package is read again before it is used.
 */

/** @type {Readonly<Record<string, readonly (readonly [was: string, is: string])[]>>} */
const mends = {
  'connection.js': [
    // Nothing of the old connection is said on the new one.
    [
      'clearImmediate(nextWriteTimer)\n    socket.removeListener',
      'clearImmediate(nextWriteTimer)\n    nextWriteTimer = chunk = null\n    socket.removeListener',
    ],
    // What was asked last has been answered by the loss, and the first row of the next answer is its first.
    [
      'closedTime = performance.now()\n',
      'query = results = errorResponse = null\n    result = new Result()\n    rows = 0\n    closedTime = performance.now()\n',
    ],
    [
      'result = new Result()\n    connectTimer.cancel()',
      'result = new Result()\n    rows = 0\n    connectTimer.cancel()',
    ],
    [
      "    if (terminated)\n      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))",
      "    if (terminated || !socket)\n      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))",
    ],
  ],
  'index.js': [
    // A transaction is over when its connection is no longer reserved for it; nothing more runs in its name.
    [
      'const sql = Sql(handler)\n      sql.savepoint',
      'const held = c.reserved\n      const sql = Sql(handler)\n      sql.savepoint',
    ],
    [
      'q.catch(e => uncaughtError || (uncaughtError = e))\n',
      "q.catch(e => uncaughtError || (uncaughtError = e))\n        if (c.reserved !== held) return q.reject(Errors.connection('CONNECTION_CLOSED', options, options))\n",
    ],
  ],
};

/**
 * @param {string} file
 * @param {string} source
 */
export function mendPostgresJs(file, source) {
  return (mends[file] ?? []).reduce((text, [was, is]) => {
    if (text.split(was).length !== 2) throw new Error(`postgres.js has changed: ${file} no longer holds once: ${was}`);
    return text.replace(was, () => is);
  }, source);
}
