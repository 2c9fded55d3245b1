/** A server's signing and nothing else, as a process of its own: signs on and on, and prints each note that it would serve. */

import { openGuard } from '../../src/auditlog/guard.ts';
import { openPublicLogs } from '../../src/auditlog/index.ts';
import { connect, type PostgresOptions } from '../../src/platform/database/connect.ts';
import { createDb } from '../../src/platform/database/db.ts';

const { database, dataDir, village, forMs } = JSON.parse(process.argv[2] ?? '') as {
  database: PostgresOptions;
  dataDir: string;
  village: { villageId: number; code: string };
  forMs: number;
};

const sql = connect(database, { max: 2, applicationName: 'signing process' });
const guard = openGuard(dataDir);
// Without the pause between two signatures: here it would only make the race rarer.
const impatient = {
  ...guard,
  read: (code: string) => {
    const held = guard.read(code);
    return held && { ...held, ageMs: 60_000 };
  },
};
const config = { dataDir, host: '127.0.0.1', port: 3000, publicOrigin: 'https://shop.example' };
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const end = performance.now() + forMs;
while (performance.now() < end) {
  // Opened anew each time, so that nothing is remembered.
  const logs = openPublicLogs({
    config,
    db: createDb(sql),
    report: (_facts, line) => say({ report: line }),
    guard: impatient,
  });
  const answer = await logs.published(village).catch((error: Error) => ({ refused: error.message }));
  say('refused' in answer ? { refused: answer.refused } : { note: answer.note });
}
await sql.end({ timeout: 1 });
