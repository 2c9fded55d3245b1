/** Photos are taken in as pictures alone: whatever else comes is refused by name, and nothing of it stays. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findVillage } from '../../src/people/index.ts';
import { photosById } from '../../src/photos/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { people, poplarCode, willowCode } from '../support/cast.ts';
import { declaredPng, type FormFile, multipart, phonePhoto } from '../support/pictures.ts';

const URL = `/api/v1/villages/${willowCode}/photos?purpose=evidence`;

let world: TestApp;
let token: string;
let good: Buffer;

beforeAll(async () => {
  world = await createTestApp();
  token = await world.apiToken(people.manager);
  good = await phonePhoto();
});

afterAll(async () => {
  await world.close();
});

interface Stored {
  items: { id: string; sha256: string; width: number; height: number; href: string }[];
}

function send(files: readonly FormFile[], url = URL) {
  const { payload, headers } = multipart({}, files);
  return world.app.inject({ method: 'POST', url, payload, headers: { ...headers, authorization: `Bearer ${token}` } });
}

async function kept(): Promise<{ rows: number; files: string[] }> {
  const [counted] = await world.db.sql<{ rows: number }[]>`select count(*)::integer as rows from photo`;
  const folder = join(world.dataDir, 'photos');
  const files = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort()
    : [];
  return { rows: counted?.rows ?? 0, files };
}

test('a photo is drawn anew: smaller, upright, and without where and with what it was taken', async () => {
  const answer = await send([{ content: good }]);
  expect(answer.statusCode).toBe(201);
  const [item] = answer.json<Stored>().items;
  expect([item?.width, item?.height]).toEqual([1_600, 1_200]);
  const headers = { authorization: `Bearer ${token}` };
  const manager = await world.browser(people.manager);
  const picture = await manager.get(item?.href ?? '', headers);
  expect(picture.statusCode).toBe(200);
  expect(picture.headers['content-type']).toBe('image/jpeg');
  expect(picture.headers['x-content-type-options']).toBe('nosniff');
  expect(picture.headers['content-security-policy']).toContain('sandbox');
  expect(picture.headers['cache-control']).toBe('no-store');
  const bytes = picture.rawPayload;
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(item?.sha256);
  expect(bytes.includes('SecretCamera')).toBe(false);
  const { exif, format } = await sharp(bytes).metadata();
  expect([exif, format]).toEqual([undefined, 'jpeg']);
  expect((await kept()).files).toEqual([`${item?.sha256}.jpg`]);
});

test('the same photo again is a row more and no file more', async () => {
  const before = await kept();
  expect((await send([{ content: good }])).statusCode).toBe(201);
  expect(await kept()).toEqual({ rows: before.rows + 1, files: before.files });
});

test('personal evidence is for those who may read the village, a picture of a gift for everybody', async () => {
  const [evidence] = (await send([{ content: good }])).json<Stored>().items;
  const [gift] = (await send([{ content: good }], URL.replace('evidence', 'gift'))).json<Stored>().items;
  const nobody = await world.browser();
  expect(evidence?.href).toBe(`/villages/${willowCode}/photos/${evidence?.id}`);
  expect((await nobody.get(evidence?.href ?? '')).statusCode).toBe(303);
  expect((await nobody.get(`/villages/${willowCode}/pictures/${evidence?.id}`)).statusCode).toBe(404);
  expect((await nobody.get(gift?.href ?? '')).statusCode).toBe(200);
  const neighbour = await world.browser(people.otherManager);
  expect((await neighbour.get(evidence?.href ?? '')).statusCode).toBe(403);
  expect((await neighbour.get(`/villages/${poplarCode}/photos/${evidence?.id}`)).statusCode).toBe(404);
});

test('an act names photos of its own village, purpose and sender alone', async () => {
  const [item] = (await send([{ content: good }])).json<Stored>().items;
  const village = await findVillage(world.db.sql, willowCode);
  const villageId = village?.villageId ?? 0;
  const [row] = await world.db.sql<{ addedBy: number }[]>`
    select added_by as "addedBy" from photo where public_id = ${item?.id ?? ''}`;
  const asked = { villageId, purpose: 'evidence', addedBy: row?.addedBy ?? 0, ids: [item?.id ?? ''] } as const;
  const wanted = (other: object) => photosById(world.db.sql, { ...asked, ids: [...asked.ids], ...other });
  expect(await wanted({})).toHaveLength(1);
  const refused = { refused: 'unknown_photo' };
  expect(await wanted({ purpose: 'gift' })).toEqual(refused);
  expect(await wanted({ addedBy: null })).toEqual(refused);
  expect(await wanted({ villageId: villageId + 1 })).toEqual(refused);
  expect(await wanted({ ids: ['NOSUCHPHOTO'] })).toEqual(refused);
});

const HTML = Buffer.from('<script>alert(1)</script>');

test.each<[string, () => Promise<FormFile[]>, number, string]>([
  ['a page that calls itself a photo', async () => [{ content: HTML }], 422, 'photo_not_an_image'],
  [
    'a drawing in SVG, which could fetch and run things',
    async () => [{ content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), type: 'image/svg+xml' }],
    422,
    'photo_not_an_image',
  ],
  [
    'a GIF',
    async () => [{ content: Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1') }],
    422,
    'photo_not_an_image',
  ],
  [
    'a TIFF',
    async () => [{ content: await sharp(good).resize(50).tiff().toBuffer(), type: 'image/tiff' }],
    422,
    'photo_not_an_image',
  ],
  ['the beginning of a photo', async () => [{ content: good.subarray(0, 20_000) }], 422, 'photo_not_an_image'],
  [
    'only the mark of a photo',
    async () => [{ content: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) }],
    422,
    'photo_not_an_image',
  ],
  [
    'a bomb: a few bytes that are 3.6 billion pixels',
    async () => [{ content: declaredPng(60_000, 60_000) }],
    422,
    'photo_too_many_pixels',
  ],
  ['a bomb in one long line', async () => [{ content: declaredPng(60_000_000, 1) }], 422, 'photo_too_many_pixels'],
  [
    'more bytes than a photo has',
    async () => [{ content: Buffer.alloc(13 * 1024 * 1024, 0xff) }],
    413,
    'photo_too_large',
  ],
  [
    'five photos',
    async () => Array.from({ length: 5 }, () => ({ content: good.subarray(0, 9) })),
    413,
    'too_many_photos',
  ],
  ['one good photo and one bad', async () => [{ content: good }, { content: HTML }], 422, 'photo_not_an_image'],
])('refuses %s and keeps nothing of it', async (_what, make, status, code) => {
  const before = await kept();
  const answer = await send(await make());
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  expect(answer.json<{ detail: string }>().detail).not.toContain('{');
  expect(await kept()).toEqual(before);
});

test('what hangs behind or inside a photo is gone when it is kept', async () => {
  const polyglot = Buffer.concat([good, Buffer.from('PK\x03\x04<?php evil(); ?>'), HTML]);
  const answer = await send([{ content: polyglot }]);
  const [item] = answer.json<Stored>().items;
  const manager = await world.browser(people.manager);
  const { rawPayload } = await manager.get(item?.href ?? '');
  expect(rawPayload.includes('evil')).toBe(false);
  expect(rawPayload.includes('script')).toBe(false);
});

test('a name leads nowhere: files are called after their content', async () => {
  const before = await kept();
  const other = await phonePhoto({ width: 400, height: 300, hue: 99 });
  const answer = await send([{ content: other, name: '../../../../tmp/evil.jpg' }]);
  expect(answer.statusCode).toBe(201);
  const after = await kept();
  expect(after.files).toHaveLength(before.files.length + 1);
  expect(after.files.every((name) => /^[0-9a-f]{64}\.jpg$/.test(name))).toBe(true);
});

test('a route that asks for no photos takes none', async () => {
  const { payload, headers } = multipart({ username: 'x', password: 'y' }, [{ content: good }]);
  const answer = await world.app.inject({ method: 'POST', url: '/api/v1/sessions', payload, headers });
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([415, 'wrong_media_type']);
});

test('nobody who may not is read to the end', async () => {
  const { payload, headers } = multipart({}, [{ content: good }]);
  expect((await world.app.inject({ method: 'POST', url: URL, payload, headers })).statusCode).toBe(401);
  const auditor = await world.apiToken(people.otherManager);
  const answer = await world.app.inject({
    method: 'POST',
    url: URL,
    payload,
    headers: { ...headers, authorization: `Bearer ${auditor}` },
  });
  expect(answer.statusCode).toBe(403);
});

test.each([
  ['no boundary', 'multipart/form-data', '--x\r\n'],
  [
    'a part without an end',
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nabc',
  ],
  ['nothing at all', 'multipart/form-data; boundary=x', ''],
])('a broken form is refused: %s', async (_what, type, payload) => {
  const headers = { 'content-type': type, authorization: `Bearer ${token}` };
  const answer = await world.app.inject({ method: 'POST', url: URL, payload, headers });
  expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  expect(answer.statusCode).toBeLessThan(500);
});

test('those who begin to send and go away take no place from others', async () => {
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  const address = world.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { payload, headers } = multipart({}, [{ content: good }]);
  const before = await kept();
  const head = [
    `POST ${URL} HTTP/1.1`,
    'host: localhost',
    `authorization: Bearer ${token}`,
    `content-type: ${headers['content-type']}`,
    `content-length: ${payload.length}`,
    '',
    '',
  ].join('\r\n');
  const leave = () =>
    new Promise<void>((resolve) => {
      const socket = dial(address.port, '127.0.0.1', () => {
        socket.write(head);
        socket.write(payload.subarray(0, 50_000), () => setTimeout(() => socket.destroy(), 100));
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });
  // More than may send at once.
  for (let round = 0; round < 3; round += 1) await Promise.all(Array.from({ length: 6 }, leave));
  expect(await kept()).toEqual(before);
  await expect.poll(async () => (await send([{ content: good }])).statusCode).toBe(201);
});
