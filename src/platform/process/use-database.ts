import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { asAppRole, type PostgresOptions, parseDatabaseUrl } from '../database/connect.ts';
import { runningDatabase } from '../database/running-database.ts';
import { OperatorError } from '../operator-error.ts';
import { lockDataFolder } from './lock-data-folder.ts';
import { openDatabase } from './open-database.ts';

/**
 * Lets a command of the operator work in the database of this data folder: in the one that a server keeps running, or in the
 * embedded one, started for the command alone.
 */
export async function useDatabase<Result>(
  config: Config,
  as: 'app' | 'owner',
  work: (database: PostgresOptions) => Promise<Result>,
): Promise<Result> {
  const { dataDir, databaseUrl } = config;
  if (databaseUrl !== undefined) {
    const owner = parseDatabaseUrl(databaseUrl);
    return work(as === 'owner' ? owner : asAppRole(owner));
  }
  const running = runningDatabase(dataDir, as);
  if (running) return work(running);
  if (!existsSync(join(dataDir, 'postgres'))) {
    throw new OperatorError(
      `There is no database in ${dataDir}. Set DATA_DIR.`,
      `${dataDir} 里没有数据库。请设置 DATA_DIR。`,
    );
  }
  const lock = await lockDataFolder(dataDir);
  try {
    const database = await openDatabase(config, () => {});
    try {
      return await work(database[as]);
    } finally {
      await database.stop();
    }
  } finally {
    lock.release();
  }
}
