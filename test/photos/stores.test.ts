/** Two places where pictures lie, one promise: what was put under its hash comes back, or nothing does. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPhotoStore } from '../../src/photos/index.ts';
import { type Config, readConfig } from '../../src/platform/config.ts';
import { createTestApp } from '../support/app.ts';
import { people, willowCode } from '../support/cast.ts';
import { multipart, phonePhoto } from '../support/pictures.ts';
import { type S3StandIn, startS3 } from '../support/s3-stand-in.ts';

let dataDir: string;
let s3: S3StandIn;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'love-supermarket-photos-'));
  s3 = await startS3();
});

afterAll(async () => {
  await s3.close();
  await rm(dataDir, { recursive: true, force: true });
});

function configOf(env: Record<string, string>): Config {
  const config = readConfig({ DATA_DIR: dataDir, ...env });
  if ('refused' in config) throw new Error(config.message);
  return config;
}

const picture = Buffer.from('as good as a picture');
const sha256 = createHash('sha256').update(picture).digest();
const hex = sha256.toString('hex');

test.each(['disk', 's3'])('what was put is there, twice is once, what is unknown is not there: %s', async (kind) => {
  const store = openPhotoStore(configOf(kind === 's3' ? s3.env : {}));
  expect(await store.get(sha256)).toBeNull();
  await Promise.all([store.put(sha256, picture), store.put(sha256, picture)]);
  await store.put(sha256, picture);
  expect((await store.get(sha256))?.equals(picture)).toBe(true);
});

test('on the disk nothing but the picture remains, readable by its owner alone', () => {
  expect(readdirSync(join(dataDir, 'photos'))).toEqual([hex.slice(0, 2)]);
  expect(readdirSync(join(dataDir, 'photos', hex.slice(0, 2)))).toEqual([`${hex}.jpg`]);
});

test.each(['disk', 's3'])('what was removed is not there, and what was never there is removed: %s', async (kind) => {
  const store = openPhotoStore(configOf(kind === 's3' ? s3.env : {}));
  const other = Buffer.from(`another picture for ${kind}`);
  const name = createHash('sha256').update(other).digest();
  await store.put(name, other);
  await store.remove(name);
  await store.remove(name);
  expect(await store.get(name)).toBeNull();
});

test('a picture that is not what its name says is not handed out', async () => {
  const store = openPhotoStore(configOf({}));
  writeFileSync(join(dataDir, 'photos', hex.slice(0, 2), `${hex}.jpg`), 'something else that long');
  expect(await store.get(sha256)).toBeNull();
  for (const key of s3.objects.keys()) s3.objects.set(key, Buffer.from('changed in the bucket'));
  expect(await openPhotoStore(configOf(s3.env)).get(sha256)).toBeNull();
});

test('the bucket is asked with a signature, and a wrong key is a fault and not an empty store', async () => {
  expect(s3.refused).toBe(0);
  const store = openPhotoStore(configOf({ ...s3.env, S3_SECRET_ACCESS_KEY: 'another' }));
  await expect(store.put(sha256, picture)).rejects.toBeInstanceOf(Error);
  await expect(store.get(sha256)).rejects.toBeInstanceOf(Error);
  expect(s3.refused).toBeGreaterThan(0);
});

test.each(['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])('an endpoint without %s is refused', (name) => {
  const { [name]: _left, ...rest } = s3.env;
  expect(readConfig(rest)).toMatchObject({ refused: 'bad_setting', message: expect.stringContaining(name) });
});

test('a whole server keeps its photos in the bucket and nothing on its disk', async () => {
  const world = await createTestApp({ env: s3.env });
  try {
    const token = await world.apiToken(people.manager);
    const { payload, headers } = multipart({}, [{ content: await phonePhoto({ width: 300, height: 200 }) }]);
    const answer = await world.app.inject({
      method: 'POST',
      url: `/api/v1/villages/${willowCode}/photos?purpose=gift`,
      payload,
      headers: { ...headers, authorization: `Bearer ${token}` },
    });
    expect(answer.statusCode).toBe(201);
    const [item] = answer.json<{ items: { sha256: string; href: string }[] }>().items;
    expect(s3.objects.has(`/photos-of-villages/photos/${item?.sha256}.jpg`)).toBe(true);
    expect(existsSync(join(world.dataDir, 'photos'))).toBe(false);
    const shown = await world.app.inject(item?.href ?? '');
    expect(createHash('sha256').update(shown.rawPayload).digest('hex')).toBe(item?.sha256);
  } finally {
    await world.close();
  }
});
