import { connect } from '../../src/platform/database/connect.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import type { TestDatabase } from './database.ts';

/** Does something as if it were recorded at this moment. Only the owner may set the ledger's clock, for one connection. */
export async function recordedAt<Answer>(
  { ownerOptions }: TestDatabase,
  instant: string,
  does: (db: Db) => Promise<Answer>,
): Promise<Answer> {
  const sql = connect(ownerOptions, { max: 1, applicationName: 'another day' });
  try {
    await sql`select set_config('love_supermarket.clock', ${instant}, false)`;
    return await does(createDb(sql));
  } finally {
    await sql.end();
  }
}
