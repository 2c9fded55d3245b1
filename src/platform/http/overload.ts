/**
 * Refuses early what could not be answered in time anyway, before it costs a query or memory: the same request may succeed in a
 * moment, here or in another worker.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';

export interface OverloadLimits {
  /** Requests that one process works on at once; the pool answers some hundred a second. */
  requests: number;
  /** How late the process comes to anything at all. */
  delayMs: number;
}

const LIMITS: OverloadLimits = { requests: 500, delayMs: 1_500 };
const LOOK_EVERY_MS = 500;
const RETRY_AFTER_SECONDS = 2;

export function registerOverloadDefence(app: FastifyInstance, limits: OverloadLimits = LIMITS): void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  let lateLooks = 0;
  let requests = 0;
  // One long breath is no overload: it must still be late the next time.
  const look = setInterval(() => {
    lateLooks = delay.mean / 1e6 > limits.delayMs ? lateLooks + 1 : 0;
    delay.reset();
  }, LOOK_EVERY_MS);
  look.unref();
  app.addHook('onReady', async () => {
    delay.enable();
  });
  app.addHook('onClose', async () => {
    clearInterval(look);
    delay.disable();
  });
  app.addHook('onRequest', (request, reply, done) => {
    // Counted until the answer is handed over or the connection is gone, whichever way it ends.
    requests += 1;
    let isCounted = true;
    const leave = () => {
      if (isCounted) requests -= 1;
      isCounted = false;
    };
    // A request without a connection, as a test injects it, only finishes.
    reply.raw.once('finish', leave);
    reply.raw.once('close', leave);
    const isTooMuch = requests > limits.requests || lateLooks >= 2;
    if (isTooMuch && request.routeOptions.url !== '/healthz') {
      return reply.header('retry-after', RETRY_AFTER_SECONDS).refuse({ refused: 'too_busy' });
    }
    done();
  });
}
