/**
 * What a worker counts of its requests, by the pattern of the route and never by the address that was asked for. Loaded only where
 * somebody reads it; the primary adds the workers up.
 */
import type { FastifyInstance } from 'fastify';
import { openStreamCount } from './event-streams.ts';
import { onRefusal } from './refusals.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export async function registerMetrics(app: FastifyInstance): Promise<void> {
  const { default: prometheus } = await import('prom-client');
  prometheus.register.clear();
  prometheus.collectDefaultMetrics();
  // Made here for what it does on the way: it answers the primary's questions.
  new prometheus.AggregatorRegistry();
  const requests = new prometheus.Counter({
    name: 'http_requests_total',
    help: 'Answered requests by route, method and status.',
    labelNames: ['route', 'method', 'status'],
  });
  const seconds = new prometheus.Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by route and method.',
    labelNames: ['route', 'method'],
    buckets: SECONDS,
  });
  const refusals = new prometheus.Counter({
    name: 'refusals_total',
    help: 'Refusals by code, whether shown on a page or sent to a program.',
    labelNames: ['code'],
  });
  new prometheus.Gauge({
    name: 'event_streams',
    help: 'Answers that stay open, such as displays at the counter.',
    collect() {
      this.set(openStreamCount());
    },
  });
  onRefusal((code) => refusals.inc({ code }));
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    requests.inc({ route, method, status: reply.statusCode });
    // One that lasted for hours says nothing about how fast the others are.
    if (!request.routeOptions.config.isStream) seconds.observe({ route, method }, reply.elapsedTime / 1000);
  });
}
