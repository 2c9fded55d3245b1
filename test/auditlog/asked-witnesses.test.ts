/** What becomes of a log that is witnessed: by a good witness, by one that is down, hangs, lies or talks nonsense. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { openWitnesses, type Witnesses } from '../../src/auditlog/ask-witnesses.ts';
import { cosign } from '../../src/auditlog/cosignature.ts';
import { openPublicLogs, type PublicLogs, type SignedCheckpoint } from '../../src/auditlog/index.ts';
import { noteKey, parseNote } from '../../src/auditlog/signed-note.ts';
import { openWitness, type WitnessService } from '../../src/auditlog/witness.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { fetchOf, key as madeKey, makeEntry, makeLog, makeStory } from '../audit/made-log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addLeaves } from './bulk-acts.ts';

const VILLAGE = { villageId: 1, code: '990100001001' };
/** A machine that runs many tests may be slow; a good witness is not to be given up for it. */
const PATIENCE_MS = 20_000;
/** With one that hangs, each signature takes this long. */
const HANGING_PATIENCE_MS = 2_000;
const stranger = noteKey('witness.example', Buffer.alloc(32, 5), 'cosigner');

let database: TestDatabase;
let db: Db;
let dataDir: string;
let witnessDir: string;
let reports: string[];
let servers: Server[];

beforeEach(async () => {
  database = await createTestDatabase();
  db = createDb(database.sql);
  dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-witnessed-'));
  witnessDir = mkdtempSync(join(tmpdir(), 'love-supermarket-witness-'));
  reports = [];
  servers = [];
  await addLeaves(database.ownerSql, VILLAGE.villageId, 10);
});

afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await database.close();
  for (const folder of [dataDir, witnessDir]) rmSync(folder, { recursive: true, force: true });
});

const report = (facts: Record<string, unknown>, line: string) =>
  reports.push(`${line}: ${typeof facts['reason'] === 'string' ? facts['reason'] : ''}`);

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/w`;
}

/** Our own witness behind a real socket; `ours` are the keys of the logs that it watches. */
async function goodWitness(
  vkey: string,
  name = 'county.example/witness',
): Promise<{ url: string; vkey: string; witness: WitnessService }> {
  const witness = openWitness({ dataDir: witnessDir, witness: { name, logVkeys: [vkey] } }, db);
  if (!witness) throw new Error('no witness');
  const url = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await witness.addCheckpoint(Buffer.concat(chunks).toString());
    response.statusCode = answer.status;
    response.end(answer.status === 200 ? answer.lines : answer.status === 409 ? `${answer.lastSize}\n` : answer.reason);
  });
  return { url, vkey: witness.vkey, witness };
}

function startServer(
  witnesses: readonly { url: string; vkey: string }[],
  { patienceMs = PATIENCE_MS, pauseMs = 1 } = {},
) {
  const config = { dataDir, host: '127.0.0.1', port: 3000, publicOrigin: 'https://shop.example', witnesses };
  const asked = openWitnesses({ config, db, report, patienceMs, pauseMs });
  return { asked, logs: openPublicLogs({ config, db, report, witnesses: asked }) };
}

const signed = async (logs: PublicLogs): Promise<SignedCheckpoint> => {
  const answer = await logs.published(VILLAGE);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
};

/** The next signature, as a server that was just started gives it. */
async function signAgain(witnesses: readonly { url: string; vkey: string }[], grow: number, patienceMs = PATIENCE_MS) {
  await addLeaves(database.ownerSql, VILLAGE.villageId, grow);
  const past = new Date(Date.now() - 60_000);
  utimesSync(join(dataDir, 'log', `${VILLAGE.code}.note`), past, past);
  const server = startServer(witnesses, { patienceMs });
  const first = await signed(server.logs);
  await server.asked.settled();
  return { ...server, first, note: server.asked.complete(VILLAGE.code, first.note) };
}

const vkeyOfLog = () => startServer([]).logs.identity(VILLAGE.code).vkey;
const keyIdOf = (vkey: string) => vkey.split('+')[1] ?? '';
const signersOf = (note: string) => parseNote(note)?.signatures.map(({ name }) => name);

test('a cosignature stands under the checkpoint as soon as it is there, and grows with the log', async () => {
  const good = await goodWitness(vkeyOfLog());
  const { logs, asked } = startServer([good]);
  const first = await signed(logs);
  expect(signersOf(first.note)).toEqual([first.checkpoint.origin]);
  await asked.settled();
  const note = asked.complete(VILLAGE.code, first.note);
  expect(signersOf(note)).toEqual([first.checkpoint.origin, 'county.example/witness']);
  expect(logs.cosigned(VILLAGE.code, keyIdOf(good.vkey))).toBe(note);
  expect(logs.cosigned(VILLAGE.code, '00000000')).toBeNull();

  for (const grow of [1, 245, 1, 300]) {
    const next = await signAgain([good], grow);
    expect(signersOf(next.note)).toHaveLength(2);
  }
  expect(reports).toEqual([]);
});

test('a witness that knows another size than we remember is asked from there', async () => {
  const good = await goodWitness(vkeyOfLog());
  const { logs, asked } = startServer([good]);
  await signed(logs);
  await asked.settled();
  rmSync(join(dataDir, 'log', 'cosigned'), { recursive: true });
  expect(signersOf((await signAgain([good], 7)).note)).toHaveLength(2);
  const [file = ''] = readdirSync(join(dataDir, 'log', 'cosigned'));
  writeFileSync(join(dataDir, 'log', 'cosigned', file), 'damaged');
  expect(signersOf((await signAgain([good], 7)).note)).toHaveLength(2);
});

describe('a witness that', () => {
  const hash = () => Buffer.alloc(64).toString('base64');

  test.each<[string, RequestListener]>([
    ['hangs', () => {}],
    ['hangs in the middle of its answer', (_request, response) => void response.writeHead(200).write('— ')],
    ['breaks off', (request) => void request.socket.destroy()],
    ['answers nothing', (_request, response) => void response.end()],
    ['answers a page', (_request, response) => void response.end('<html>not found</html>')],
    ['fails', (_request, response) => void response.writeHead(500).end('oh')],
    ['sends us elsewhere', (_request, response) => void response.writeHead(307, { location: '/elsewhere' }).end()],
    ['names no size', (_request, response) => void response.writeHead(409).end('many\n')],
    ['names another size each time', (_request, response) => void response.writeHead(409).end(`${turn++ % 9}\n`)],
    ['names the size that we said', (_request, response) => void response.writeHead(409).end('0\n')],
    ['claims to know more than there is', (_request, response) => void response.writeHead(409).end('1000000\n')],
    ['never ends', (_request, response) => endless(response)],
    ['signs with zeros', (_request, response) => void response.end(`— witness.example ${hash()}\n`)],
    ['signs another text', (_request, response) => void response.end(cosign('x\n1\ny\n', stranger, 1_700_000_000))],
  ])('%s costs nobody anything', async (what, answer) => {
    const patienceMs = what.startsWith('hangs') ? HANGING_PATIENCE_MS : PATIENCE_MS;
    const url = await listen(answer);
    const good = await goodWitness(vkeyOfLog());
    const { logs, asked } = startServer([{ url, vkey: stranger.vkey }, good], { patienceMs });
    const first = await signed(logs);
    await asked.settled();
    expect(signersOf(asked.complete(VILLAGE.code, first.note))).toEqual([
      first.checkpoint.origin,
      'county.example/witness',
    ]);
    expect(reports).toEqual([expect.stringContaining('a witness did not cosign: ')]);
    expect(logs.cosigned(VILLAGE.code, keyIdOf(stranger.vkey))).toBeNull();
    const later = await signAgain([{ url, vkey: stranger.vkey }, good], 5, patienceMs);
    expect(later.first.checkpoint.size).toBe(15);
  });

  test('never answers keeps no checkpoint waiting', async () => {
    const url = await listen(() => {});
    const { logs } = startServer([{ url, vkey: stranger.vkey }], { patienceMs: 3_600_000 });
    expect((await signed(logs)).checkpoint.size).toBe(10);
  });

  test('is not there at all is left alone for a while, and asked again later', async () => {
    const { logs, asked } = startServer([{ url: 'http://127.0.0.1:9/w', vkey: stranger.vkey }], { pauseMs: 60_000 });
    const first = await signed(logs);
    await asked.settled();
    for (let turns = 0; turns < 5; turns += 1) asked.show(VILLAGE, first);
    await asked.settled();
    expect(reports).toHaveLength(1);
  });

  test('comes back is told of, and signs what is newest then', async () => {
    let isDown = true;
    const good = await goodWitness(vkeyOfLog());
    const relay = await listen(async (request, response) => {
      if (isDown) return void response.writeHead(503).end();
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const answer = await fetch(`${good.url}/add-checkpoint`, { method: 'POST', body: Buffer.concat(chunks) });
      response.writeHead(answer.status).end(await answer.text());
    });
    const { logs, asked } = startServer([{ url: relay, vkey: good.vkey }]);
    const first = await signed(logs);
    await asked.settled();
    isDown = false;
    await new Promise((resolve) => setTimeout(resolve, 20));
    asked.show(VILLAGE, first);
    await asked.settled();
    expect(reports).toEqual([expect.stringContaining('did not cosign'), expect.stringContaining('cosigns again')]);
    expect(signersOf(asked.complete(VILLAGE.code, first.note))).toHaveLength(2);
  });

  test('has seen a longer past than the database now holds is believed and reported', async () => {
    const good = await goodWitness(vkeyOfLog());
    const { logs, asked } = startServer([good]);
    await signed(logs);
    await asked.settled();
    const first = readFileSync(join(dataDir, 'log', `${VILLAGE.code}.note`), 'utf8');
    await signAgain([good], 5);
    // The whole data folder and the database go back to a copy, all but what the witness knows.
    writeFileSync(join(dataDir, 'log', `${VILLAGE.code}.note`), first);
    rmSync(join(dataDir, 'log', 'cosigned'), { recursive: true });
    await database.ownerSql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`delete from act where seq >= 10`;
      await tx`update log_head set size = 10`;
    });
    const again = startServer([good]);
    await signed(again.logs);
    await again.asked.settled();
    expect(reports).toEqual([expect.stringContaining('it has cosigned 15 records, but only 10 are here')]);
  });
});

let turn = 1;

function endless(response: Parameters<RequestListener>[1]): void {
  response.on('error', () => {});
  const more = () => {
    if (!response.destroyed && response.write('x'.repeat(10_000))) setImmediate(more);
  };
  response.on('drain', more);
  more();
}

describe('the audit with witnesses', () => {
  const stories = makeStory(40).map(makeEntry);
  const trusted = noteKey('county.example/witness', Buffer.alloc(32, 3), 'cosigner');
  const keyId = trusted.keyId.toString('hex');
  const logOf = (size: number) => makeLog(stories.slice(0, size));
  const textOf = (log: Map<string, Buffer>) => parseNote(String(log.get('checkpoint')))?.text ?? '';
  const cosigned = (log: Map<string, Buffer>, seconds = 1_700_000_000) =>
    Buffer.from(`${String(log.get('checkpoint'))}${cosign(textOf(log), trusted, seconds)}`);
  const audit = (log: Map<string, Buffer>) =>
    auditLog({ fetch: fetchOf(log), vkey: madeKey.vkey, witnesses: [trusted.vkey], samples: 2 });

  test('believes one that signed the newest checkpoint, and says when', async () => {
    const log = logOf(30);
    log.set('checkpoint', cosigned(log));
    const at = new Date(1_700_000_000_000);
    expect(await audit(log)).toMatchObject({ witnessed: [{ name: trusted.name, size: 30, at }] });
  });

  test('believes one that signed an earlier one, which the log continues', async () => {
    const log = logOf(30);
    log.set(`cosigned/${keyId}`, cosigned(logOf(20)));
    expect(await audit(log)).toMatchObject({ checkpoint: { size: 30 }, witnessed: [{ size: 20 }] });
  });

  test('finds a log that does not continue what the witness signed', async () => {
    const other = makeLog(
      makeStory(20).map((facts, index) => makeEntry({ ...facts, at: '2026-11-21T10:45:05.124Z' }, index)),
    );
    const log = logOf(30);
    log.set(`cosigned/${keyId}`, cosigned(other));
    expect(await audit(log)).toMatchObject({
      finding: {
        step: 'checkpoint',
        sentence: `the first 20 entries are not the ones that ${trusted.name} has signed`,
      },
    });
  });

  test.each([
    ['no word of it', (log: Map<string, Buffer>) => log],
    [
      'its signature of an hour that was altered',
      (log: Map<string, Buffer>) => log.set('checkpoint', altered(cosigned(log))),
    ],
    ['its signature without a time', (log: Map<string, Buffer>) => log.set('checkpoint', cosigned(log, 0))],
    [
      'a longer log that it has signed',
      (log: Map<string, Buffer>) => log.set(`cosigned/${keyId}`, cosigned(logOf(40))),
    ],
  ])('finds %s', async (_what, alter) => {
    expect(await audit(alter(logOf(30)))).toMatchObject({ finding: { step: 'checkpoint' } });
  });
});

function altered(note: Buffer): Buffer {
  const lines = note.toString().trimEnd();
  const at = lines.lastIndexOf(' ') + 1;
  const bytes = Buffer.from(lines.slice(at), 'base64');
  bytes[11] = (bytes[11] ?? 0) ^ 1;
  return Buffer.from(`${lines.slice(0, at)}${bytes.toString('base64')}\n`);
}

test('without witnesses nothing is kept and nobody is asked', async () => {
  const asked: Witnesses = startServer([]).asked;
  expect(asked.complete('1', 'note')).toBe('note');
  await signed(startServer([]).logs);
  expect(readdirSync(join(dataDir, 'log'))).toEqual([`${VILLAGE.code}.note`]);
});
