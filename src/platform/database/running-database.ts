import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { APP_ROLE, DATABASE_NAME, OWNER_ROLE, type PostgresOptions } from './connect.ts';
import { isPostmasterOf, readPostmasterPid } from './postmaster-pid.ts';

const passwordsFile = z.object({ owner: z.string(), app: z.string() });

/** How a role reaches the embedded database that a server keeps running on this data folder; null when none does. */
export function runningDatabase(dataDir: string, as: 'app' | 'owner' = 'app'): PostgresOptions | null {
  const clusterDir = join(dataDir, 'postgres');
  const postmaster = readPostmasterPid(clusterDir);
  if (!postmaster?.isReady || !isPostmasterOf(clusterDir, postmaster.pid)) return null;
  // Fourth line the port, fifth the folder of the socket, empty where there is none.
  const [, , , port, socketFolder] = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  const passwordsPath = join(dataDir, 'database-passwords.json');
  const password = existsSync(passwordsPath)
    ? passwordsFile.parse(JSON.parse(readFileSync(passwordsPath, 'utf8')))[as]
    : undefined;
  return {
    host: socketFolder?.trim() || '127.0.0.1',
    port: Number(port),
    user: as === 'owner' ? OWNER_ROLE : APP_ROLE,
    password,
    database: DATABASE_NAME,
  };
}
