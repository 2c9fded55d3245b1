/**
 * One server for each database. Two with folders of their own would end each other's sign-ins, and each would keep its own file of
 * what the public logs signed last. The server holds a lock in a session of its own, which ends with it however it ends.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type PostgresOptions, type Sql } from '../database/connect.ts';
import { OperatorError } from '../operator-error.ts';

/** Any number that nothing else in this database locks. */
const CLAIM_LOCK = 20_261_124;
const LOOK_EVERY_MS = 5_000;
/** The one before may be on its way out. */
const PATIENCE_MS = 3_000;

export interface DatabaseClaim {
  release(): Promise<void>;
}

/** Throws when another server is at work; `lost` is told when one came while our session was away. */
export async function claimDatabase(owner: PostgresOptions, lost: (error: Error) => void): Promise<DatabaseClaim> {
  const sql = connect(owner, { max: 1, applicationName: `love-supermarket server ${process.pid}` });
  const giveUpAt = performance.now() + PATIENCE_MS;
  try {
    while (!(await claim(sql))) {
      if (performance.now() > giveUpAt) throw refusal();
      await sleep(100);
    }
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
  const watch = setInterval(() => {
    claim(sql).then(
      (isOurs) => {
        if (!isOurs) lost(refusal());
      },
      // A database that is away is nobody's for the moment.
      () => undefined,
    );
  }, LOOK_EVERY_MS);
  watch.unref();
  return {
    release: async () => {
      clearInterval(watch);
      await sql.end({ timeout: 1 });
    },
  };
}

/** True when this session has the lock, since before or by now. */
async function claim(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ isOurs: boolean }[]>`
    select exists (
             select
               from pg_locks
              where locktype = 'advisory'
                and pid = pg_backend_pid()
                and objid = ${CLAIM_LOCK}
           ) or pg_try_advisory_lock(${CLAIM_LOCK}) as "isOurs",
           -- A server whose machine is gone must not keep the next one waiting for hours.
           set_config('tcp_keepalives_idle', '10', false),
           set_config('tcp_keepalives_interval', '5', false),
           set_config('tcp_keepalives_count', '3', false)`;
  return row?.isOurs === true;
}

function refusal(): OperatorError {
  return new OperatorError(
    'Another server is at work on the database of DATABASE_URL, and one database takes one server (with as many WORKERS as you like). ' +
      'Stop that one first, or set another DATABASE_URL.',
    '另一个服务器正在使用 DATABASE_URL 的数据库；一个数据库只能由一个服务器使用（可以用 WORKERS 增加进程）。' +
      '请先停止那一个，或另设 DATABASE_URL。',
  );
}
