import type { Config } from '../config.ts';
import type { PostgresOptions } from '../database/connect.ts';
import type { Secrets } from '../secrets.ts';

/** What a worker needs; sent over IPC, because a command line and an environment can be read by others. */
export interface WorkerStart {
  config: Config;
  secrets: Secrets;
  database: PostgresOptions;
}

export type ToWorker = ({ type: 'start' } & WorkerStart) | { type: 'stop' };

export type ToPrimary =
  /** The code is loaded; the worker waits for `start`. */
  | { type: 'loaded' }
  | { type: 'listening' }
  | { type: 'cannot_listen'; code: string }
  | {
      type: 'alive';
      /** Since the pool last answered a probe. */
      poolSilentMs: number;
      /** Names this worker's sessions in pg_stat_activity. */
      applicationName: string;
    };
