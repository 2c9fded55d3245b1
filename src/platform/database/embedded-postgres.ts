/**
 * Runs a real PostgreSQL inside DATA_DIR. While the server lives, the database is kept alive: killed, it starts again within
 * a second under the same address, and pools reconnect by themselves. One server per DATA_DIR is the caller's promise
 * (`process/lock-data-folder.ts`). Only this account reaches it: by a unix socket in a private folder, or, on Windows,
 * by a loopback port with passwords drawn at creation.
 */
import { chownSync, existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { APP_ROLE, connect, DATABASE_NAME, OWNER_ROLE, type PostgresOptions } from './connect.ts';
import { checkClusterVersion, createCluster, SETTINGS_FILE, syncCluster } from './create-cluster.ts';
import { type DatabaseAddress, openAddress } from './database-address.ts';
import { type KeptPostmaster, keepPostmaster } from './keep-postmaster.ts';
import { choosePostgresAccount, giveTo } from './postgres-account.ts';
import { clearTheWay } from './postmaster-pid.ts';

export interface EmbeddedPostgres {
  /** Superuser; for migrations and tests. The database is `love_supermarket` unless named. */
  owner(database?: string): PostgresOptions;
  /** What workers use: no more rights than the migrations grant. */
  app(database?: string): PostgresOptions;
  /** Lets running statements be rolled back, writes a last checkpoint, and resolves when the process is gone. */
  stop(): Promise<void>;
  /** Stops without a checkpoint; the next start recovers from the log. For a second Ctrl-C. */
  abort(): void;
  /** Resolves when a newly created cluster has reached the disk; at once for an old one. */
  durable: Promise<void>;
  /** Changes when the database had to be started again. */
  readonly pid: number;
}

export interface EmbeddedPostgresSettings {
  dataDir: string;
  /** PostgreSQL settings over ours, such as `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string> | undefined;
  log: (line: string) => void;
  /** What Windows always does; elsewhere for tests. */
  transport?: 'socket' | 'tcp' | undefined;
}

export async function startEmbeddedPostgres(wanted: EmbeddedPostgresSettings): Promise<EmbeddedPostgres> {
  const { log } = wanted;
  const transport = wanted.transport ?? (process.platform === 'win32' ? 'tcp' : 'socket');
  mkdirSync(wanted.dataDir, { recursive: true, mode: 0o755 });
  const dataDir = realpathSync(resolve(wanted.dataDir));
  const clusterDir = join(dataDir, 'postgres');
  const installation = choosePostgresAccount(dataDir, clusterDir);
  const address = await openAddress(dataDir, transport, installation.account);
  const leaveAddress = () => {
    if (address.socketFolder) rmSync(address.socketFolder, { recursive: true, force: true });
  };
  const isNew = !existsSync(clusterDir);
  let postmaster: KeptPostmaster;
  try {
    if (isNew) {
      log('creating the database');
      await createCluster(installation, clusterDir, address.passwords?.owner ?? null);
    } else {
      checkClusterVersion(installation, clusterDir);
      await clearTheWay(clusterDir, installation, log);
      giveTo(installation.account, clusterDir);
    }
    const settings = { ...ordinarySettings, ...address.settings, ...wanted.settings };
    writeSettings(clusterDir, installation.account.owner, settings);
    postmaster = await keepPostmaster({ installation, clusterDir, dataDir, socketFolder: address.socketFolder, log });
  } catch (error) {
    leaveAddress();
    throw error;
  }
  const durable = isNew ? syncCluster(installation, clusterDir) : Promise.resolve();
  // Awaited by the caller, perhaps never; a failure must not end the process by itself.
  durable.catch(() => {});

  const options = (user: string, password: string | undefined, database: string): PostgresOptions => ({
    host: address.host,
    port: address.port,
    user,
    password,
    database,
  });
  const owner = (database: string = DATABASE_NAME) => options(OWNER_ROLE, address.passwords?.owner, database);
  const app = (database: string = DATABASE_NAME) => options(APP_ROLE, address.passwords?.app, database);
  const stop = async () => {
    await durable.catch(() => {});
    await postmaster.stop();
    leaveAddress();
  };
  try {
    await createDatabase(owner('postgres'), address);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    owner,
    app,
    stop,
    abort: postmaster.abort,
    durable,
    get pid() {
      return postmaster.pid();
    },
  };
}

const MEGABYTE = 1_048_576;

const ordinarySettings: Record<string, string> = {
  // An eighth of the machine: a long ledger's pages stay in memory, and the rest of a village office's computer stays usable.
  shared_buffers: `${Math.round(Math.min(512, Math.max(128, totalmem() / MEGABYTE / 8)))}MB`,
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_min_messages: 'warning',
  // Statements and the values of violated keys are personal data; the log must hold neither.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  cluster_name: DATABASE_NAME,
};

function writeSettings(
  clusterDir: string,
  owner: { uid: number; gid: number } | undefined,
  settings: Record<string, string>,
): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`);
  const path = join(clusterDir, SETTINGS_FILE);
  writeFileSync(path, lines.join(''), { mode: 0o600 });
  if (owner) chownSync(path, owner.uid, owner.gid);
}

/** Also mends a first start that was interrupted between the cluster and its database. */
async function createDatabase(maintenance: PostgresOptions, address: DatabaseAddress): Promise<void> {
  const sql = connect(maintenance, { max: 1, applicationName: 'love-supermarket start', statementTimeoutMs: 0 });
  try {
    if (address.passwords) {
      // The migrations leave an existing role as it is. The password is hexadecimal, so it needs no quoting.
      const [known] = await sql`select 1 from pg_roles where rolname = ${APP_ROLE}`;
      await sql.unsafe(`${known ? 'alter' : 'create'} role ${APP_ROLE} login password '${address.passwords.app}'`);
    }
    const [known] = await sql`select 1 from pg_database where datname = ${DATABASE_NAME}`;
    if (!known) await sql.unsafe(`create database ${DATABASE_NAME}`);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
