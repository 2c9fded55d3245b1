/**
 * A worker is replaced when its pool has lost its way (postgres.js can hang after lost connections) or when it no longer
 * speaks. It is kept while the database itself is down, for a new worker could do no better, and while its sessions are
 * at work, for then the pool is only busy; no statement runs longer than 10 s.
 */
export interface WorkerHealth {
  /** Since it was told to start, or forked. */
  ageMs: number;
  isListening: boolean;
  /** Since its last message. */
  silentMs: number;
  /** Since its pool last answered, as it told us. */
  poolSilentMs: number;
}

/** What a fresh connection finds: nothing, sessions of this worker at work, or none. */
export type DatabaseView = 'down' | 'busy' | 'idle';

const POOL_PATIENCE_MS = 5_000;
const BUSY_POOL_PATIENCE_MS = 15_000;
const SPEECH_PATIENCE_MS = 15_000;
const START_PATIENCE_MS = 60_000;

/** Only then is the database worth asking. */
export function isSuspect(health: WorkerHealth): boolean {
  return health.isListening && health.poolSilentMs >= POOL_PATIENCE_MS;
}

export function decideWorkerFate(health: WorkerHealth, database: DatabaseView): 'keep' | 'replace' {
  if (!health.isListening) return health.ageMs >= START_PATIENCE_MS ? 'replace' : 'keep';
  if (health.silentMs >= SPEECH_PATIENCE_MS) return 'replace';
  if (!isSuspect(health) || database === 'down') return 'keep';
  return database === 'idle' || health.poolSilentMs >= BUSY_POOL_PATIENCE_MS ? 'replace' : 'keep';
}
