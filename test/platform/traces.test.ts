/** A collector is told of every request by route and result, and of nobody; without it everything goes on. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/platform/config.ts';
import { readTraceparent } from '../../src/platform/http/traces.ts';
import { createTestApp } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: Record<string, string> }[];
}

const received: { path: string; key: string; text: string }[] = [];
let collector: Server;
let endpoint: string;

beforeAll(async () => {
  collector = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
      received.push({ path: request.url ?? '', key: String(request.headers['api-key']), text });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});

afterAll(() => {
  collector.closeAllConnections();
  return new Promise((resolve) => collector.close(resolve));
});

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

test('each request is one span: its route, its status and its place in the caller’s trace', async () => {
  const world = await createTestApp({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: `${endpoint}/`, OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20key' },
  });
  const before = BigInt(Date.now() - 1) * 1_000_000n;
  try {
    const manager = await world.browser(people.manager);
    await manager.get(`/villages/${willowCode}/cards?q=赵满仓`);
    const asked = (flags: string) => ({ traceparent: `00-${TRACE}-${CALLER}-${flags}` });
    await world.app.inject({ url: '/villages/123456789012', headers: asked('01') });
    await world.app.inject({ url: '/rules-that-the-proxy-does-not-sample', headers: asked('00') });
  } finally {
    await world.close();
  }
  // One message where it was all done within seconds, several on a busy machine.
  expect(new Set(received.map(({ path, key }) => `${path} ${key}`))).toEqual(new Set(['/v1/traces a key']));
  const resources = received.flatMap((message) => JSON.parse(message.text).resourceSpans);
  for (const { resource } of resources) expect(JSON.stringify(resource)).toContain('love-supermarket');
  const spans: Span[] = resources.flatMap(({ scopeSpans }) => scopeSpans[0].spans);
  const text = received.map((message) => message.text).join('\n');
  expect(spans.map(({ name }) => name)).toEqual([
    'GET /sign-in',
    'POST /sign-in',
    'GET /villages/:village/cards',
    'GET /villages/:village',
  ]);
  const last = spans.at(-1);
  expect(last).toMatchObject({ traceId: TRACE, parentSpanId: CALLER });
  expect(last?.attributes).toContainEqual({ key: 'http.response.status_code', value: { intValue: '404' } });
  for (const { traceId, spanId, startTimeUnixNano, endTimeUnixNano } of spans) {
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano)).toBe(true);
    expect(BigInt(endTimeUnixNano) >= before).toBe(true);
  }
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
  expect(text).not.toMatch(/赵满仓|%E8|990100001001|123456789012|willow|127\.0\.0\.1/);
});

test('a collector that is away disturbs nobody', async () => {
  const world = await createTestApp({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' } });
  expect((await world.app.inject('/sign-in')).statusCode).toBe(200);
  await world.close();
});

test.each([
  [`00-${TRACE}-${CALLER}-01`, { traceId: TRACE, spanId: CALLER, isSampled: true }],
  [`cc-${TRACE}-${CALLER}-02-later`, { traceId: TRACE, spanId: CALLER, isSampled: false }],
  [`ff-${TRACE}-${CALLER}-01`, null],
  [`00-${'0'.repeat(32)}-${CALLER}-01`, null],
  [`00-${TRACE}-${'0'.repeat(16)}-01`, null],
  [`00-${TRACE.toUpperCase()}-${CALLER}-01`, null],
  ['', null],
  [undefined, null],
])('the caller %s is read as the standard says', (header, caller) => {
  expect(readTraceparent(header)).toEqual(caller);
});

test.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector/?key=1'],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'no pair'],
])('%s=%s is refused at the start', (name, value) => {
  expect(readConfig({ [name]: value })).toMatchObject({
    refused: 'bad_setting',
    message: expect.stringContaining(name),
  });
});
