/**
 * How much one address and one account may ask for, by what it costs. Each process counts for itself, so with several workers a bound
 * is reached later, never sooner; guesses at passwords are counted in the database besides. The machine itself is not
 * limited: there sit its operator and a proxy that nobody named, which would make everybody one address.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decideRate, type Rate } from './decide-rate.ts';

type RouteClass = 'credentials' | 'expensive' | 'write' | 'log' | 'read' | 'free';

/** A township's office has one address for all who work there. */
const LIMITS: Readonly<Record<Exclude<RouteClass, 'free'>, { address: Rate; account: Rate | null }>> = {
  credentials: { address: { burst: 40, perMinute: 40 }, account: { burst: 20, perMinute: 20 } },
  expensive: { address: { burst: 60, perMinute: 60 }, account: { burst: 30, perMinute: 30 } },
  write: { address: { burst: 300, perMinute: 600 }, account: { burst: 120, perMinute: 240 } },
  // Somebody who audits reads thousands of small files that cost next to nothing.
  log: { address: { burst: 2_000, perMinute: 6_000 }, account: null },
  read: { address: { burst: 600, perMinute: 1_800 }, account: { burst: 300, perMinute: 900 } },
};

const CREDENTIALS = /^(\/sign-in|\/sign-in\/code|\/set-up|\/password|\/reset|\/api\/v1\/sessions)$/;
const EXPENSIVE = /(\.xlsx|\.csv|\/entries\.jsonl|\/cards\/\d+\/copy(\.json)?)$/;
const EXPENSIVE_TO_START = /\/verify$/;
const FREE = /^\/(assets\/|healthz$|readyz$)/;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const MOST_CALLERS = 50_000;

export function registerAddressLimits(app: FastifyInstance): void {
  const buckets = openBuckets();
  let isProxyNamed = false;
  app.addHook('onRequest', (request, reply, done) => {
    if (LOOPBACK.test(request.ip)) {
      if (!isProxyNamed && request.headers['x-forwarded-for'] !== undefined) {
        isProxyNamed = true;
        request.log.warn(
          'a proxy on this machine is not named in TRUST_PROXY: nobody is limited, and records show its address',
        );
      }
      return done();
    }
    const kind = classOf(request);
    if (kind === 'free') return done();
    limit(buckets, { caller: `${kind} ${networkOf(request.ip)}`, rate: LIMITS[kind].address }, reply, done);
  });
}

/** Registered behind the hook that knows who asks. */
export function registerAccountLimits(
  app: FastifyInstance,
  accountOf: (request: FastifyRequest) => number | null,
): void {
  const buckets = openBuckets();
  app.addHook('onRequest', (request, reply, done) => {
    const account = accountOf(request);
    const kind = account === null || LOOPBACK.test(request.ip) ? 'free' : classOf(request);
    const rate = kind === 'free' ? null : LIMITS[kind].account;
    if (!rate) return done();
    limit(buckets, { caller: `${kind} ${account}`, rate }, reply, done);
  });
}

type Buckets = ReturnType<typeof openBuckets>;

function limit(
  buckets: Buckets,
  { caller, rate }: { caller: string; rate: Rate },
  reply: FastifyReply,
  done: () => void,
): void {
  const retryAfterSeconds = buckets.take(caller, rate);
  if (retryAfterSeconds === null) done();
  else reply.header('retry-after', retryAfterSeconds).refuse(tooMany(retryAfterSeconds));
}

const tooMany = (retryAfterSeconds: number) => ({ refused: 'too_many_requests', retryAfterSeconds });

function classOf(request: FastifyRequest): RouteClass {
  const { url = '' } = request.routeOptions;
  const [path = ''] = request.url.split('?');
  if (FREE.test(url)) return 'free';
  const isWrite = request.method !== 'GET' && request.method !== 'HEAD';
  if (isWrite && CREDENTIALS.test(url)) return 'credentials';
  if (EXPENSIVE.test(path) || (isWrite && EXPENSIVE_TO_START.test(path))) return 'expensive';
  if (isWrite) return 'write';
  return url.startsWith('/log/') ? 'log' : 'read';
}

/** Whoever has one IPv6 address has as many as the last eight bytes can tell apart. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const whole = [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail ? tail.split(':') : [])];
  return whole.slice(0, 4).join(':');
}

function openBuckets() {
  const emptyAt = new Map<string, number>();
  const makeRoom = (now: number) => {
    for (const [caller, until] of emptyAt) if (until <= now) emptyAt.delete(caller);
    // Even if that many really come at once, memory does not grow; the ones that came first are forgotten.
    for (const caller of emptyAt.keys()) {
      if (emptyAt.size <= MOST_CALLERS / 2) break;
      emptyAt.delete(caller);
    }
  };
  return {
    /** Null when it fits; else after how many seconds it will. */
    take: (caller: string, rate: Rate): number | null => {
      const now = performance.now();
      if (emptyAt.size >= MOST_CALLERS) makeRoom(now);
      const decision = decideRate(emptyAt.get(caller), now, rate);
      if ('retryAfterSeconds' in decision) return decision.retryAfterSeconds;
      emptyAt.set(caller, decision.emptyAt);
      return null;
    },
  };
}
