/**
 * The primary owns the data folder, the database and the workers, and answers no request itself. It ends in order:
 * workers finish their requests, then the database stops, then the lock goes. Killed, it leaves nothing that the next
 * start cannot put right.
 */
import type { Worker } from 'node:cluster';
import type { Config } from '../config.ts';
import type { PostgresOptions } from '../database/connect.ts';
import { OperatorError } from '../operator-error.ts';
import { readSecrets } from '../secrets.ts';
import { claimDatabase, type DatabaseClaim } from './claim-database.ts';
import { describeCrash } from './describe-crash.ts';
import { findFreePort } from './find-free-port.ts';
import { type DataFolderLock, lockDataFolder } from './lock-data-folder.ts';
import { type OpenDatabase, openDatabase, viewDatabase } from './open-database.ts';
import { watchLauncher } from './watch-launcher.ts';
import { cannotListen, createWorkerCrew } from './worker-crew.ts';

/** npm passes a signal on that the terminal has sent us already; that is one wish to stop, not two. */
const SAME_WISH_MS = 1_000;

export interface PrimaryPlan {
  config: Config;
  /** Already loading its code. */
  firstWorker: Worker;
  /** Migrates, fills an empty database. Answers what is served: the wishes of the settings as the database allows them. */
  prepare(owner: PostgresOptions, log: (line: string) => void): Promise<Config>;
  /** The server can be used now. */
  welcome(address: string, owner: PostgresOptions, served: Config): Promise<void> | void;
}

export async function runPrimary({ config, firstWorker, prepare, welcome }: PrimaryPlan): Promise<void> {
  const log = progressLine(config);
  let lock: DataFolderLock | null = null;
  let opening: Promise<OpenDatabase> | null = null;
  let opened: OpenDatabase | null = null;
  let claim: DatabaseClaim | null = null;
  let stopAskedAt: number | null = null;
  const crew = createWorkerCrew({
    firstWorker,
    size: config.workers,
    viewDatabase: async (applicationName) => (opened ? viewDatabase(opened.owner, applicationName) : 'down'),
    log,
  });

  const stop = async (exitCode: number) => {
    stopAskedAt ??= Date.now();
    lock?.announceStop();
    await crew.stop();
    const database = await opening?.catch(() => null);
    await claim?.release();
    await database?.stop();
    lock?.release();
    process.exit(exitCode);
  };
  const stopNow = () => {
    crew.kill();
    opened?.abort();
    lock?.release();
    process.exit(1);
  };
  const wishToStop = () => {
    if (stopAskedAt !== null) {
      if (Date.now() - stopAskedAt > SAME_WISH_MS) stopNow();
      return;
    }
    log('stopping');
    stop(0).catch(fail);
  };
  const fail = (error: unknown) => {
    if (stopAskedAt !== null) return;
    console.error(error instanceof OperatorError ? error.message : describeCrash(error));
    stop(1).catch(() => process.exit(1));
  };

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) process.on(signal, wishToStop);
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  // A closed terminal must not end the server halfway through its farewell.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  watchLauncher(wishToStop);

  try {
    lock = await lockDataFolder(config.dataDir);
    const port = await findFreePort(config.host, config.port).catch((error: NodeJS.ErrnoException) => {
      throw cannotListen(error.code ?? error.message);
    });
    const secrets = readSecrets(config.dataDir);
    opening = openDatabase(config, log);
    opened = await opening;
    // The embedded database has no other servers: the lock of the folder keeps them out.
    if (config.databaseUrl !== undefined) claim = await claimDatabase(opened.owner, fail);
    const served = { ...(await prepare(opened.owner, log)), port };
    await crew.serve({ config: served, secrets, database: opened.app });
    await opened.durable;
    const { host } = served;
    if (stopAskedAt === null) {
      await welcome(`http://${host.includes(':') ? `[${host}]` : host}:${port}`, opened.owner, served);
    }
  } catch (error) {
    fail(error);
  }
}

function progressLine(config: Config): (line: string) => void {
  const isQuiet = ['silent', 'fatal', 'error'].includes(config.logLevel);
  return isQuiet ? () => {} : (line) => console.log(`· ${line}`);
}
