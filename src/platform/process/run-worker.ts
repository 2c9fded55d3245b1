/**
 * A worker serves until it is told to stop, and ends at once when anything unforeseen happens or the primary is gone.
 * It asks its own pool every second and tells the primary, which decides whether it is still of use.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeCrash } from './describe-crash.ts';
import type { ToPrimary, ToWorker, WorkerStart } from './messages.ts';

const PROBE_EVERY_MS = 1_000;
const FINISH_WITHIN_MS = 10_000;

export interface Service {
  listen(): Promise<unknown>;
  /** Resolves when the pool answered. */
  probe(): Promise<unknown>;
  /** Accepts nothing new, finishes what was begun. */
  close(): Promise<unknown>;
}

export type OpenService = (start: WorkerStart, applicationName: string) => Promise<Service>;

export function runWorker(openService: OpenService): void {
  let service: Service | null = null;
  let isOrdered = false;
  let isStopping = false;

  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    if (service) await Promise.race([service.close(), sleep(FINISH_WITHIN_MS)]);
    process.exit(0);
  };

  const serve = async (start: WorkerStart) => {
    const applicationName = `love-supermarket worker ${process.pid}`;
    service = await openService(start, applicationName);
    try {
      await service.listen();
    } catch (error) {
      tell({ type: 'cannot_listen', code: (error as NodeJS.ErrnoException).code ?? String(error) });
      throw error;
    }
    if (isStopping) return;
    tell({ type: 'listening' });
    reportPool(service, applicationName);
  };

  const crash = (error: unknown) => {
    console.error(describeCrash(error));
    process.exit(1);
  };

  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  // Ctrl-C reaches the whole process group; the primary alone decides what follows.
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGBREAK'] as const) process.on(signal, () => {});
  process.on('SIGTERM', () => stop().catch(crash));
  process.on('message', (message: ToWorker) => {
    if (message.type === 'stop') {
      stop().catch(crash);
    } else if (message.type === 'start' && !isOrdered) {
      isOrdered = true;
      serve(message).catch(crash);
    }
  });
  tell({ type: 'loaded' });
}

function reportPool(service: Service, applicationName: string): void {
  let answeredAt = performance.now();
  let isWaiting = false;
  setInterval(() => {
    if (!isWaiting) {
      isWaiting = true;
      service
        .probe()
        .then(() => (answeredAt = performance.now()))
        .catch(() => {})
        .finally(() => (isWaiting = false));
    }
    tell({ type: 'alive', poolSilentMs: performance.now() - answeredAt, applicationName });
  }, PROBE_EVERY_MS);
}

function tell(message: ToPrimary): void {
  // Without a channel there is no primary, and node:cluster ends this process.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}
