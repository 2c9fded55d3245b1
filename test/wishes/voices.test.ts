/** 语音心愿: a wish may be spoken. What the bytes say decides, never a name; nobody hears it but those who may read the village. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findVillage } from '../../src/people/index.ts';
import { decideSound } from '../../src/photos/decide-sound.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, people, willowCode } from '../support/cast.ts';
import { multipart } from '../support/pictures.ts';
import { checkWorld } from '../support/world.ts';

const base = `/villages/${willowCode}`;

let world: TestApp;
let villageId: number;
let ownPage: string;

beforeAll(async () => {
  world = await createTestApp();
  villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  const [card] = await world.db.sql<{ token: string }[]>`
    select token from card where village_id = ${villageId} and number = ${cards.单小花}`;
  ownPage = `/C/${card?.token}/wishes`;
});

afterAll(() => world.close());

/** Eight thousand bytes a second of silence. */
function wave(seconds: number): Buffer {
  const rate = 8_000;
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + rate * seconds, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(rate * seconds, 40);
  return Buffer.concat([head, Buffer.alloc(rate * seconds, 0x80)]);
}

function mp3(frames: number): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

const file = (content: Buffer, name = 'voice.m4a', type = 'audio/mp4') => ({ field: 'voice', name, type, content });
const voices = () => world.db.sql<{ publicId: string; media: string }[]>`
  select public_id as "publicId", media from photo where purpose = 'voice' order by photo_id`;
const wish = (fields: Record<string, string> = {}) => ({
  kind: 'goods',
  words: '',
  contact: '',
  idempotencyKey: crypto.randomUUID(),
  ...fields,
});

describe('what is a voice note', () => {
  const SPEECH = { container: 'MPEG-4', codec: 'MPEG-4/AAC', seconds: 12, hasVideo: false };
  test.each([
    [{ container: 'M4A/mp42/isom' }, 100_000, 'mp4'],
    [{ container: 'EBML/webm', codec: 'OPUS' }, 100_000, 'webm'],
    [{ container: 'EBML/webm', codec: 'OPUS', seconds: undefined }, 1_500_000, 'webm'],
    [{ container: 'EBML/webm', codec: 'OPUS', seconds: undefined }, 1_500_001, 'voice_too_long'],
    [{ container: 'Ogg', codec: 'Vorbis I' }, 100_000, 'ogg'],
    [{ container: 'WAVE', codec: 'PCM', seconds: 92 }, 100_000, 'wav'],
    [{ container: 'WAVE', codec: 'PCM', seconds: 92.1 }, 100_000, 'voice_too_long'],
    [{ container: 'WAVE', codec: 'PCM', seconds: 0 }, 100_000, 'voice_too_long'],
    [{ container: 'MPEG', codec: 'MPEG 1 Layer 3' }, 5 * 1024 * 1024 + 1, 'voice_too_large'],
    [{ container: 'M4A/mp42/isom', hasVideo: true }, 100_000, 'voice_not_a_sound'],
    [{ container: 'FLAC', codec: 'FLAC' }, 100_000, 'voice_not_a_sound'],
    [{ container: undefined, codec: undefined }, 100_000, 'voice_not_a_sound'],
  ])('%j of %d bytes: %s', (change, bytes, expected) => {
    const decided = decideSound({ ...SPEECH, ...change }, bytes);
    expect(typeof decided === 'string' ? decided : decided.refused).toBe(expected);
  });
});

describe('a household speaks from its own card', () => {
  let phone: TestBrowser;

  beforeAll(async () => {
    phone = await world.browser();
  });

  test('the page opens the recorder, and a voice without a word is a wish', async () => {
    expect(findHtmlFaults((await phone.get(ownPage)).body)).toEqual([]);
    expect((await phone.get(ownPage)).body).toMatch(/name="voice"[^>]*accept="audio\/\*"[^>]*capture/);
    const sent = await phone.upload(ownPage, wish(), [file(wave(3))]);
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `${ownPage}?sent=1`]);
    expect(await voices()).toMatchObject([{ media: 'wav' }]);
    expect((await phone.get(ownPage)).body).toContain('（没有文字）');
    await checkWorld(world.database.ownerSql);
  });

  test.each([
    ['no sound', randomBytes(400), 422, '不是能用的录音'],
    ['a page', Buffer.from('<script>alert(1)</script>'.repeat(20)), 422, '不是能用的录音'],
    ['too long', wave(95), 422, '录音太长'],
  ])('%s is refused with what to do, and leaves nothing', async (_what, content, status, words) => {
    const answer = await phone.upload(ownPage, wish(), [file(content)]);
    expect([answer.statusCode, answer.body.includes(words)]).toEqual([status, true]);
    expect(findHtmlFaults(answer.body)).toEqual([]);
    expect(await voices()).toHaveLength(1);
  });

  test('neither words nor a voice is sent back', async () => {
    const answer = await phone.submit(ownPage, wish());
    expect([answer.statusCode, answer.body.includes('请写一句话，或者说一段话')]).toEqual([422, true]);
  });

  test('what was spoken is not spoken again when something else was wrong', async () => {
    const answer = await phone.upload(ownPage, wish({ words: '长' }), [file(mp3(120), 'x.exe', 'text/html')]);
    expect(answer.statusCode).toBe(422);
    const kept = /name="voiceId" value="([^"]+)"/.exec(answer.body)?.[1] ?? '';
    expect(kept).not.toBe('');
    expect((await phone.submit(ownPage, wish({ words: '要一袋米', voiceId: kept }))).statusCode).toBe(303);
    expect(await voices()).toMatchObject([{ media: 'wav' }, { media: 'mp3' }]);
    // Somebody of the staff cannot claim it as his own.
    const manager = await world.browser(people.manager);
    await manager.get(`${base}/wishes/new`);
    const stolen = await manager.submit(`${base}/wishes`, wish({ number: cards.赵满仓, voiceId: kept }));
    expect(stolen.statusCode).toBe(404);
  });
});

describe('it is heard', () => {
  let href: string;

  beforeAll(async () => {
    const [first] = await voices();
    href = `${base}/photos/${first?.publicId}`;
  });

  test('by those who may read the village, as what it is, whole or in parts', async () => {
    const manager = await world.browser(people.manager);
    const whole = await manager.get(href);
    expect(whole.statusCode).toBe(200);
    expect(whole.headers).toMatchObject({
      'content-type': 'audio/wav',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'accept-ranges': 'bytes',
    });
    expect(whole.rawPayload.equals(wave(3))).toBe(true);
    const part = await manager.get(href, { range: 'bytes=0-3' });
    expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, 'RIFF', 'bytes 0-3/24044']);
    const tail = await manager.get(href, { range: 'bytes=-10' });
    expect([tail.statusCode, tail.rawPayload.length]).toEqual([206, 10]);
    expect((await manager.get(href, { range: 'bytes=99999-' })).statusCode).toBe(416);
  });

  test('by nobody else, and by no other address', async () => {
    const stranger = await world.browser();
    expect((await stranger.get(href)).statusCode).toBe(303);
    expect((await (await world.browser(people.otherManager)).get(href)).statusCode).toBe(403);
    expect((await stranger.get(href.replace('/photos/', '/pictures/'))).statusCode).toBe(404);
  });

  test('on the page of the wish, whose policy lets it play sounds from here and nothing else', async () => {
    const [row] = await world.db.sql<{ wishId: string }[]>`
      select wish_id as "wishId" from wish where village_id = ${villageId} and words = '' limit 1`;
    const page = await (await world.browser(people.manager)).get(`${base}/wishes/${row?.wishId}`);
    expect(page.body).toContain('<audio');
    expect(findHtmlFaults(page.body)).toEqual([]);
    expect(page.headers['content-security-policy']).toContain("media-src 'self'");
    const other = await (await world.browser(people.manager)).get(`${base}/wish-desk`);
    expect(other.headers['content-security-policy']).not.toContain('media-src');
  });
});

test('a program sends the voice first and names it with the wish', async () => {
  const authorization = `Bearer ${await world.apiToken(people.supervisor)}`;
  const { payload, headers } = multipart({}, [{ ...file(mp3(100)), field: 'files' }]);
  const stored = await world.app.inject({
    method: 'POST',
    url: `/api/v1${base}/voices`,
    payload,
    headers: { ...headers, authorization },
  });
  expect(stored.statusCode, stored.body).toBe(201);
  const { id } = stored.json<{ id: string }>();
  const post = (body: object) =>
    world.app.inject({
      method: 'POST',
      url: `/api/v1${base}/wishes`,
      payload: { card: cards.赵满仓, kind: 'help', ...body },
      headers: { authorization, 'idempotency-key': crypto.randomUUID() },
    });
  expect((await post({})).json().code).toBe('wish_says_nothing');
  expect((await post({ voice: 'NOSUCHVOICE' })).statusCode).toBe(404);
  expect((await post({ voice: id })).statusCode).toBe(201);
  await checkWorld(world.database.ownerSql);
});
