import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Assets, buildAssets, registerAssets } from '../../src/platform/http/assets.ts';

let assets: Assets;
let app: FastifyInstance;

beforeAll(async () => {
  assets = await buildAssets();
  app = fastify();
  registerAssets(app, assets);
});

afterAll(() => app.close());

test.each([
  ['css', 8192],
  ['sheetCss', 2048],
  ['js', 6144],
  // Where it is needed 18 kB are meant for scripts. Each Node brings a Brotli of its own, whose bytes differ by a few.
  ['live', 17_664],
  ['tools', 1024],
  ['check', 4096],
  ['passbook', 4096],
  ['uploads', 4096],
] as const)('%s stays within its bytes on the line', (name, mostBytes) => {
  const file = assets.files.find(({ url }) => url === assets.urls[name]);
  expect(file?.bodies.br.length).toBeLessThanOrEqual(mostBytes);
});

test('the service worker is small, lies at the root, and is asked for each time', async () => {
  const answer = await app.inject({ url: '/sw.js', headers: { 'accept-encoding': 'br' } });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('no-cache');
  expect(answer.rawPayload.length).toBeLessThanOrEqual(6144);
  const { body } = await app.inject('/sw.js');
  for (const url of [assets.urls.css, assets.urls.js, assets.urls.uploads]) expect(body).toContain(url);
});

test('a file is kept for ever under the name of its content', async () => {
  const answer = await app.inject({ url: assets.urls.css, headers: { 'accept-encoding': 'gzip, br' } });
  expect(assets.urls.css).toMatch(/^\/assets\/app\.[0-9a-f]{10}\.css$/);
  expect(answer.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'br',
    'content-type': 'text/css; charset=utf-8',
    vary: 'Accept-Encoding',
  });
});

test.each([
  [undefined, undefined],
  ['gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['deflate, gzip, br, zstd', 'br'],
])('accept-encoding %s is answered with %s', async (accepted, sent) => {
  const headers = accepted ? { 'accept-encoding': accepted } : {};
  const answer = await app.inject({ url: assets.urls.js, headers });
  expect(answer.headers['content-encoding']).toBe(sent);
});

test('an old name is not found', async () => {
  expect((await app.inject('/assets/app.0000000000.css')).statusCode).toBe(404);
});
