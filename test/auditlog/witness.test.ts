/** The witness as C2SP tlog-witness asks for it: each answer, what it keeps, and two requests at once. */

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openNote as openTrusted, parseVkey as parseTrusted } from '../../src/audit/note.ts';
import { formatCheckpoint } from '../../src/auditlog/checkpoint.ts';
import { replaceDurably } from '../../src/auditlog/guard.ts';
import { rangeRoot } from '../../src/auditlog/merkle.ts';
import { consistencyPath } from '../../src/auditlog/proofs.ts';
import { noteKey, signNote } from '../../src/auditlog/signed-note.ts';
import { openWitness } from '../../src/auditlog/witness.ts';
import { formatAddCheckpoint } from '../../src/auditlog/witness-request.ts';
import { createDb } from '../../src/platform/database/db.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { readerOf, testLeaves } from './test-tree.ts';

const NAME = 'county.example/witness';
const leaves = testLeaves(600);
const read = readerOf(leaves);
const otherRead = readerOf(testLeaves(600).map((leaf, place) => (place === 3 ? Buffer.alloc(32) : leaf)));

let turn = 0;
/** A log of its own for each test, so that the witness knows nothing of it yet. */
let key = noteKey('points.example/log/1', Buffer.alloc(32, 1));
const keys = Array.from({ length: 80 }, (_, place) => noteKey(`points.example/log/${place}`, Buffer.alloc(32, place)));
let served: TestApp;

beforeAll(async () => {
  const known = keys.slice(0, 79).map(({ vkey }) => vkey);
  served = await createTestApp({ env: { WITNESS_NAME: NAME, WITNESS_LOGS: known.join(',') } });
});

afterAll(() => served.close());

beforeEach(() => {
  turn += 1;
  key = keys[turn] as typeof key;
});

const noteOf = (size: number, tree = read, signer = key, origin = signer.name) =>
  signNote(formatCheckpoint({ origin, size, root: rangeRoot({ start: 0, end: size }, tree) }), signer);

const requestOf = (oldSize: number, size: number, tree = read) => ({
  oldSize,
  proof: consistencyPath(oldSize, size).map((range) => rangeRoot(range, tree)),
  note: noteOf(size, tree),
});

const add = (request: ReturnType<typeof requestOf> | string | Buffer, headers: Record<string, string> = {}) =>
  served.app.inject({
    method: 'POST',
    url: '/api/witness/add-checkpoint',
    payload: typeof request === 'string' || Buffer.isBuffer(request) ? request : formatAddCheckpoint(request),
    headers,
  });

const witnessKey = async () => (await served.app.inject('/api/witness/vkey')).body.trim();
const hashOf = (origin: string) => createHash('sha256').update(origin).digest('hex');
const lastOf = (origin: string) => served.app.inject(`/api/witness/${hashOf(origin)}/checkpoint`);

async function expectCosigned(note: string, lines: string): Promise<void> {
  const trusted = parseTrusted(await witnessKey());
  if (!trusted) throw new Error('the witness shows no key');
  const opened = openTrusted(`${note}${lines}`, [trusted]);
  expect(opened?.signers).toEqual([trusted]);
  expect(Math.abs((opened?.times.get(trusted) ?? 0) - Date.now() / 1000)).toBeLessThan(60);
}

test('a growing log is cosigned, and a verifier that shares no code believes it', async () => {
  let before = 0;
  for (const size of [0, 1, 2, 255, 256, 257, 600, 600]) {
    const request = requestOf(before, size);
    const answer = await add(request);
    expect([size, answer.statusCode, answer.headers['content-type']]).toEqual([size, 200, 'text/plain; charset=utf-8']);
    expect(answer.body).toMatch(new RegExp(`^— ${NAME} [A-Za-z0-9+/]+=*\n$`));
    await expectCosigned(request.note, answer.body);
    const last = await lastOf(key.name);
    expect(last.body).toBe(`${request.note}${answer.body}`);
    before = size;
  }
});

test('its key has the type of a cosigner and its own name', async () => {
  expect(await witnessKey()).toMatch(/^county\.example\/witness\+[0-9a-f]{8}\+B[A-Za-z0-9+/]{43}$/);
});

test('extension lines are signed as they stand, and foreign signatures are left out', async () => {
  const text = `${formatCheckpoint({ origin: key.name, size: 3, root: rangeRoot({ start: 0, end: 3 }, read) })}more\nlines\n`;
  const stranger = noteKey('stranger.example', Buffer.alloc(32, 9));
  const own = signNote(text, key);
  const note = own + signNote(text, stranger).slice(text.length + 1);
  const answer = await add({ oldSize: 0, proof: [], note });
  expect(answer.statusCode).toBe(200);
  await expectCosigned(note, answer.body);
  expect((await lastOf(key.name)).body).toBe(own + answer.body);
});

test('the content type of a request says nothing', async () => {
  for (const type of [
    'text/plain',
    'application/octet-stream',
    'application/json',
    'application/x-www-form-urlencoded',
  ]) {
    expect((await add(requestOf(type === 'text/plain' ? 0 : 5, 5), { 'content-type': type })).statusCode).toBe(200);
  }
});

describe('what is refused', () => {
  const hash = Buffer.alloc(32).toString('base64');

  test.each<[string, () => string | Buffer]>([
    ['nothing', () => ''],
    ['no empty line', () => 'old 0\n'],
    ['no old size', () => `\n\n${noteOf(1)}`],
    ['a leading zero', () => `old 00\n\n${noteOf(1)}`],
    ['a sign', () => `old -1\n\n${noteOf(1)}`],
    ['a capital letter', () => `Old 0\n\n${noteOf(1)}`],
    ['a number too large', () => `old 99999999999999999999\n\n${noteOf(1)}`],
    ['a short hash', () => `old 0\nAAAA\n\n${noteOf(1)}`],
    ['loose base64', () => `old 0\n${hash.replace(/A=$/, 'B=')}\n\n${noteOf(1)}`],
    ['64 hashes', () => `old 0\n${`${hash}\n`.repeat(64)}\n${noteOf(1)}`],
    ['a carriage return', () => `old 0\r\n\r\n${noteOf(1)}`],
    ['no checkpoint', () => 'old 0\n\nhello\n'],
    ['no signature', () => `old 0\n\n${noteOf(1).split('\n\n')[0]}\n`],
    ['a size with a leading zero', () => `old 0\n\n${signNote(`${key.name}\n01\n${hash}\n`, key)}`],
    ['no last line feed', () => `old 0\n\n${noteOf(1).slice(0, -1)}`],
    ['bytes that are no text', () => Buffer.concat([Buffer.from('old 0\n\n'), Buffer.from([0xff, 0xfe])])],
  ])('%s is malformed', async (_what, body) => {
    expect((await add(body())).statusCode).toBe(400);
  });

  test('too much is too large', async () => {
    expect((await add('x'.repeat(70_000))).statusCode).toBe(413);
  });

  test('a log that it was not told to watch', async () => {
    key = keys[79] as typeof key;
    expect((await add(requestOf(0, 3))).statusCode).toBe(404);
    expect((await lastOf(key.name)).statusCode).toBe(404);
  });

  test('a checkpoint without the signature of the log, and one with a false one', async () => {
    const other = noteKey(key.name, Buffer.alloc(32, 200));
    expect((await add({ oldSize: 0, proof: [], note: noteOf(3, read, other) })).statusCode).toBe(403);
    const note = noteOf(3);
    const bytes = Buffer.from(note.trimEnd().split(' ').at(-1) ?? '', 'base64');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    const forged = `${note.slice(0, note.lastIndexOf(' '))} ${bytes.toString('base64')}\n`;
    expect((await add({ oldSize: 0, proof: [], note: forged })).statusCode).toBe(403);
    expect((await add({ oldSize: 0, proof: [], note: note + forged.split('\n\n')[1] })).statusCode).toBe(403);
    expect((await lastOf(key.name)).statusCode).toBe(404);
  });

  test('an old size above the new one', async () => {
    await add(requestOf(0, 10));
    expect((await add({ ...requestOf(0, 5), oldSize: 10 })).statusCode).toBe(400);
  });

  test('another old size than the one it cosigned, which it tells', async () => {
    await add(requestOf(0, 10));
    for (const oldSize of [0, 5, 11]) {
      const answer = await add(requestOf(oldSize, 20));
      expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([
        409,
        'text/x.tlog.size',
        '10\n',
      ]);
    }
    const first = await add({ ...requestOf(0, 20), oldSize: 10 });
    expect(first.statusCode).toBe(422);
  });

  test('a history that is another one, longer or as long', async () => {
    await add(requestOf(0, 10));
    expect((await add(requestOf(10, 20, otherRead))).statusCode).toBe(422);
    expect((await add(requestOf(10, 10, otherRead))).statusCode).toBe(422);
    expect((await add({ ...requestOf(10, 20), proof: requestOf(10, 20).proof.slice(1) })).statusCode).toBe(422);
    expect((await add(requestOf(10, 20))).statusCode).toBe(200);
  });

  test('a proof where none is needed, and an empty tree with a root', async () => {
    expect((await add({ ...requestOf(0, 3), proof: [Buffer.alloc(32)] })).statusCode).toBe(422);
    const note = signNote(formatCheckpoint({ origin: key.name, size: 0, root: Buffer.alloc(32) }), key);
    expect((await add({ oldSize: 0, proof: [], note })).statusCode).toBe(422);
    expect((await add(requestOf(0, 0))).statusCode).toBe(200);
    expect((await add({ ...requestOf(0, 0), proof: [Buffer.alloc(32)] })).statusCode).toBe(422);
  });
});

test('of twenty that add at once from the same size, one wins and the others are told', async () => {
  await add(requestOf(0, 10));
  const sizes = Array.from({ length: 20 }, (_, place) => 11 + place);
  const answers = await Promise.all(sizes.map((size) => add(requestOf(10, size))));
  const won = answers.findIndex(({ statusCode }) => statusCode === 200);
  expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  for (const answer of answers.filter((_, place) => place !== won)) {
    expect([answer.statusCode, answer.body]).toEqual([409, `${sizes[won]}\n`]);
  }
  expect((await lastOf(key.name)).body.split('\n')[1]).toBe(String(sizes[won]));
});

describe('what it keeps', () => {
  const config = () => ({
    dataDir: served.dataDir,
    witness: { name: NAME, logVkeys: [key.vkey] },
  });
  const fileOf = (origin: string) => join(served.dataDir, 'witness', `${hashOf(origin)}.note`);

  test('survives a restart, for this account alone', async () => {
    await add(requestOf(0, 10));
    const again = openWitness(config(), served.db);
    expect(await again?.addCheckpoint(formatAddCheckpoint(requestOf(0, 20)))).toEqual({ status: 409, lastSize: 10 });
    expect(statSync(fileOf(key.name)).mode & 0o777).toBe(0o600);
    expect(statSync(join(served.dataDir, 'witness-seed')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(served.dataDir, 'witness')).every((name) => /^[0-9a-f]{64}\.note$/.test(name))).toBe(true);
  });

  test('a file that is damaged cosigns nothing, least of all from the beginning', async () => {
    await add(requestOf(0, 10));
    const good = readFileSync(fileOf(key.name), 'utf8');
    for (const damaged of ['', good.slice(0, 30), good.replace('\n10\n', '\n9\n'), noteOf(2)]) {
      writeFileSync(fileOf(key.name), damaged);
      expect((await add(requestOf(0, 20))).statusCode).toBe(500);
      expect((await add(requestOf(2, 20))).statusCode).toBe(500);
    }
    writeFileSync(fileOf(key.name), good);
    expect((await add(requestOf(10, 20))).statusCode).toBe(200);
  });

  test.each(['before', 'after'])(
    'a disk that fails %s the file was replaced leaves no answer and no fork',
    async (when) => {
      await add(requestOf(0, 10));
      const failing = openWitness(config(), served.db, (path, content) => {
        if (when === 'after') replaceDurably(path, content);
        throw new Error('no space left on device');
      });
      await expect(failing?.addCheckpoint(formatAddCheckpoint(requestOf(10, 20)))).rejects.toThrow('no space');
      const next = await add(requestOf(10, 30, otherRead));
      // Whatever survived, the next tree must continue it.
      expect(next.statusCode).toBe(when === 'before' ? 422 : 409);
      const from = when === 'before' ? 10 : 20;
      expect((await add(requestOf(from, 30))).statusCode).toBe(200);
    },
  );

  test('servers on one data folder and one database never cosign two trees of one size', async () => {
    const servers = Array.from({ length: 6 }, () => openWitness(config(), createDb(served.database.sql))).filter(
      (one) => one !== null,
    );
    let size = 0;
    for (let round = 0; round < 10; round += 1) {
      const next = size + 7;
      const answers = await Promise.all(
        servers.map((server, place) =>
          server.addCheckpoint(formatAddCheckpoint(requestOf(size, next + (place % 2), place % 2 ? otherRead : read))),
        ),
      );
      const good = answers.flatMap((answer, place) => (answer.status === 200 ? [place] : []));
      const sizes = new Set(good.map((place) => place % 2));
      expect(sizes.size).toBeLessThanOrEqual(1);
      size = Number((await lastOf(key.name)).body.split('\n')[1]);
      if (sizes.has(1)) break;
    }
    expect(size).toBeGreaterThan(0);
  });
});

test('the logs to watch may stand in a file, and what is no key is named', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-witness-'));
  try {
    const open = () => openWitness({ dataDir, witness: { name: NAME, logVkeys: [] } }, served.db);
    writeFileSync(join(dataDir, 'witness-logs'), `# the county\n${keys[0]?.vkey}  # 柳树村\n\n${keys[1]?.vkey}\n`);
    expect(open()?.logCount).toBe(2);
    writeFileSync(join(dataDir, 'witness-logs'), 'nonsense\n');
    expect(open).toThrow('nonsense');
    expect(openWitness({ dataDir, witness: undefined }, served.db)).toBeNull();
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});

test('a server that was not asked to be a witness is none', async () => {
  const plain = await createTestApp();
  try {
    const answer = await plain.app.inject({ method: 'POST', url: '/api/witness/add-checkpoint', payload: 'old 0\n' });
    expect(answer.statusCode).toBe(404);
  } finally {
    await plain.close();
  }
});
