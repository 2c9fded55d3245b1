/** A village's log over HTTP, as any reader finds it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.ts';
import { poplarCode, willowCode } from '../support/cast.ts';

let served: TestApp;
const get = (path: string, headers: Record<string, string> = {}) =>
  served.app.inject({ method: 'GET', url: `/log/${willowCode}/${path}`, headers });

beforeAll(async () => {
  served = await createTestApp();
});

afterAll(() => served.close());

test('the checkpoint is signed under the name of the log', async () => {
  const answer = await get('checkpoint');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'public, max-age=2',
    'access-control-allow-origin': '*',
  });
  const origin = `127.0.0.1:3000/log/${willowCode}`;
  expect(answer.body).toMatch(new RegExp(`^${origin}\n7\n[A-Za-z0-9+/]{43}=\n\n— ${origin} [A-Za-z0-9+/]{91}=\n$`));
  expect((await get('vkey')).body).toMatch(new RegExp(`^${origin}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}\n$`));
});

test('tiles and bundles are bytes that never change', async () => {
  const tile = await get('tile/0/000.p/7');
  const bundle = await get('tile/entries/000.p/7');
  for (const { statusCode, headers } of [tile, bundle]) {
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
    });
  }
  expect(tile.rawPayload.length).toBe(7 * 32);
  expect((await get('tile/0/000.p/3')).rawPayload).toEqual(tile.rawPayload.subarray(0, 96));
  const length = bundle.rawPayload.readUInt16BE(0);
  const first: unknown = JSON.parse(bundle.rawPayload.subarray(2, 2 + length).toString());
  expect(first).toMatchObject({ type: 'village.open', opening: 10_000 });
});

test('a bundle is compressed for those who ask, a tile never', async () => {
  const asked = { 'accept-encoding': 'gzip' };
  expect((await get('tile/entries/000.p/7', asked)).headers['content-encoding']).toBe('gzip');
  expect((await get('tile/0/000.p/7', asked)).headers['content-encoding']).toBeUndefined();
});

test.each([
  'tile/0/000',
  'tile/0/000.p/8',
  'tile/0/001.p/1',
  'tile/1/000.p/1',
  'tile/0/000.p/07',
  'tile/0/000%2Ep/7',
  'tile/0/000.p%2F7',
  'tile/00/000.p/7',
  'tile/entries/000',
  'tile/entries/000.p/8',
  'tile/entries/001.p/1',
  'tile/data/000.p/7',
  'tile/',
  'receipt/7',
  'receipt/-1',
  'receipt/00',
  'receipt/1e1',
  'receipt/99999999999999999999',
  'nothing',
])('there is no %s', async (path) => {
  const answer = await get(path);
  expect(answer.statusCode).toBe(404);
});

test('a log of nobody is not there, and says so to every origin', async () => {
  for (const code of ['990100001009', '1', '99010000100x']) {
    const answer = await served.app.inject(`/log/${code}/checkpoint`);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  }
});

test('each village has a key of its own', async () => {
  const key = async (code: string) => (await served.app.inject(`/log/${code}/vkey`)).body.split('+')[2];
  expect(await key(willowCode)).not.toBe(await key(poplarCode));
});

test('a receipt is a tlog-proof with the entry itself', async () => {
  const answer = await get('receipt/3');
  expect(answer.statusCode).toBe(200);
  expect(answer.body).toMatch(
    /^c2sp.org\/tlog-proof@v1\nextra [A-Za-z0-9+/=]+\nindex 3\n([A-Za-z0-9+/=]{44}\n){3}\n127/,
  );
  expect(answer.body.length).toBeLessThan(1_500);
});
