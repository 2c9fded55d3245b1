/**
 * Tells an OpenTelemetry collector of every request, when one is named: OTLP over HTTP as JSON, which takes no package. A span holds
 * the route and how it was answered, never an address, a query or who asked. Whatever happens to the collector, requests go on.
 */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface TraceTarget {
  /** Without a slash at the end; `/v1/traces` is put behind it. */
  endpoint: string;
  /** What the collector asks for, such as a key. */
  headers: Readonly<Record<string, string>>;
}

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue: string } | { intValue: string } }[];
  status: { code: number };
}

const SEND_EVERY_MS = 5_000;
const SEND_AT = 512;
/** A collector that is away must not cost memory. */
const MOST_WAITING = 4_096;
const PATIENCE_MS = 5_000;
const COMPLAIN_EVERY_MS = 600_000;

const KIND_SERVER = 2;
const STATUS_UNSET = 0;
const STATUS_ERROR = 2;

export function registerTraces(app: FastifyInstance, { endpoint, headers }: TraceTarget): void {
  let waiting: Span[] = [];
  let complainedAt = Number.NEGATIVE_INFINITY;
  const send = async () => {
    const spans = waiting;
    waiting = [];
    if (spans.length === 0) return;
    const answer = await fetch(`${endpoint}/v1/traces`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(requestOf(spans)),
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    }).catch((error: Error) => ({ ok: false, status: error.name }));
    if (answer.ok || performance.now() - complainedAt < COMPLAIN_EVERY_MS) return;
    complainedAt = performance.now();
    app.log.warn({ status: answer.status }, 'the collector of traces does not take them; they are dropped');
  };
  let timer: NodeJS.Timeout | undefined;
  app.addHook('onReady', async () => {
    timer = setInterval(() => void send(), SEND_EVERY_MS);
    timer.unref();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await send();
  });

  app.addHook('onResponse', async (request, reply) => {
    const caller = readTraceparent(request.headers.traceparent);
    if (caller?.isSampled === false || waiting.length >= MOST_WAITING) return;
    const endedAt = BigInt(Date.now()) * 1_000_000n;
    waiting.push(
      spanOf(request, caller, {
        statusCode: reply.statusCode,
        startedAt: endedAt - BigInt(Math.round(reply.elapsedTime * 1e6)),
        endedAt,
      }),
    );
    if (waiting.length === SEND_AT) void send();
  });
}

interface Caller {
  traceId: string;
  spanId: string;
  isSampled: boolean;
}

/** W3C Trace Context, level 1: what a proxy before us began. */
export function readTraceparent(header: string | string[] | undefined): Caller | null {
  const [, version, traceId, spanId, flags] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/.exec(String(header ?? '')) ?? [];
  if (!version || version === 'ff' || !traceId || !spanId || !flags) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

function spanOf(
  { method, routeOptions }: FastifyRequest,
  caller: Caller | null,
  { statusCode, startedAt, endedAt }: { statusCode: number; startedAt: bigint; endedAt: bigint },
): Span {
  const route = routeOptions.url;
  return {
    traceId: caller?.traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    ...(caller && { parentSpanId: caller.spanId }),
    name: route === undefined ? method : `${method} ${route}`,
    kind: KIND_SERVER,
    startTimeUnixNano: String(startedAt),
    endTimeUnixNano: String(endedAt),
    attributes: [
      { key: 'http.request.method', value: { stringValue: method } },
      ...(route === undefined ? [] : [{ key: 'http.route', value: { stringValue: route } }]),
      { key: 'http.response.status_code', value: { intValue: String(statusCode) } },
    ],
    status: { code: statusCode >= 500 ? STATUS_ERROR : STATUS_UNSET },
  };
}

function requestOf(spans: readonly Span[]) {
  return {
    resourceSpans: [
      {
        resource: {
          attributes: [
            { key: 'service.name', value: { stringValue: 'love-supermarket' } },
            { key: 'process.pid', value: { intValue: String(process.pid) } },
          ],
        },
        scopeSpans: [{ scope: { name: 'love-supermarket' }, spans }],
      },
    ],
  };
}
