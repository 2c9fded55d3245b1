import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  asAppRole,
  checkServerVersion,
  connect,
  parseDatabaseUrl,
  type Sql,
} from '../../src/platform/database/connect.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.ts';

const isRoot = process.getuid?.() === 0;
const quiet = { fsync: 'off' };

describe('a database in a private folder', () => {
  // mkdtemp makes it 0700, so with root at the keyboard no other account reaches it.
  const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-test-'));
  const lines: string[] = [];
  let database: EmbeddedPostgres;
  let sql: Sql;

  beforeAll(async () => {
    // What a killed first start leaves.
    mkdirSync(join(dataDir, 'postgres.new', 'base'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres.new', 'PG_VERSION'), '18\n');
    database = await startEmbeddedPostgres({ dataDir, settings: quiet, log: (line) => lines.push(line) });
    sql = connect(database.owner(), { max: 2, applicationName: 'test' });
  });

  afterAll(async () => {
    await sql.end();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('sorts alike everywhere and finds Chinese', async () => {
    const [row] = await sql`
      select datlocprovider as provider, datlocale as locale, current_setting('data_checksums') as checksums
      from pg_database
      where datname = current_database()`;
    expect(row).toEqual({ provider: 'b', locale: 'C.UTF-8', checksums: 'on' });
    await sql`create extension if not exists pg_trgm`;
    const [trigrams] = await sql<{ found: string[] }[]>`select show_trgm('张三丰') as found`;
    expect(trigrams?.found.length).toBeGreaterThan(0);
  });

  test('gives every session the same limits and the same clock', async () => {
    const settings = await sql<{ name: string; setting: string }[]>`
      select name, setting
      from pg_settings
      where name in ('TimeZone', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'fsync')
      order by name collate "C"`;
    expect(settings.map(({ name, setting }) => `${name} ${setting}`)).toEqual([
      'TimeZone UTC',
      'fsync off',
      'idle_in_transaction_session_timeout 10000',
      'lock_timeout 2500',
      'statement_timeout 10000',
    ]);
  });

  test('gives numbers, days and instants as what they are', async () => {
    const [row] = await sql`
      select 9007199254740991::bigint as big, '2026-11-21'::date as day, '2026-11-21T00:00:00Z'::timestamptz as instant,
             array[1, 2]::bigint[] as bigs, ${[7, 8]}::bigint[] as sent, ${'2026-02-28'}::date + 1 as next_day,
             ${sql.json({ zone: '粮油' })}::jsonb as json`;
    expect(row).toEqual({
      big: 9_007_199_254_740_991,
      day: '2026-11-21',
      instant: new Date('2026-11-21T00:00:00Z'),
      bigs: [1, 2],
      sent: [7, 8],
      next_day: '2026-03-01',
      json: { zone: '粮油' },
    });
  });

  test('sends and reads arrays, with everything that a name may hold', async () => {
    const names = ['张三', 'a,b', '{c}', 'say "hi"', 'back\\slash', '', 'NULL', 'two\nlines', null];
    const days = ['2026-11-01', '2026-11-30'];
    const instants = [new Date('2026-11-21T01:02:03.004Z')];
    const [row] = await sql`
      select ${names}::text[] as names, ${[1, null]}::integer[] as numbers, ${[]}::bigint[] as none,
             ${days}::date[] as days, array['2026-11-21T01:02:03.004Z']::timestamptz[] as instants,
             array[true, false] as answers, cardinality(${names}::text[]) as count`;
    expect(row).toEqual({ names, numbers: [1, null], none: [], days, instants, answers: [true, false], count: 9 });
  });

  test('throws rather than round a number, and goes on working', async () => {
    await expect(sql`select 9007199254740993::bigint as big`.execute()).rejects.toThrow(RangeError);
    await expect(sql`select ${9.5}::bigint as big`.execute()).rejects.toThrow(RangeError);
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test('takes on the role with few rights from the first statement', async () => {
    await sql`create role love_supermarket_app login`;
    for (const options of [database.app(), asAppRole(database.owner())]) {
      const app = connect(options, { max: 1, applicationName: 'test' });
      expect(await app`select current_user as role`).toEqual([{ role: 'love_supermarket_app' }]);
      await expect(app`create table public.mine (id int)`.execute()).rejects.toMatchObject({ code: '42501' });
      await app.end();
    }
  });

  test('accepts the version that it runs', async () => {
    await expect(checkServerVersion(database.owner('postgres'))).resolves.toBeUndefined();
    const nobodyThere = { ...database.owner(), host: join(tmpdir(), 'no-such-folder') };
    await expect(checkServerVersion(nobodyThere)).rejects.toThrow('Check DATABASE_URL');
  });

  test('writes no statement and no value into its log', async () => {
    await sql`create table household (name text primary key)`;
    await sql`insert into household (name) values ('张三')`;
    await expect(sql`insert into household (name) values ('张三')`.execute()).rejects.toMatchObject({ code: '23505' });
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('张三');
  });

  test('leaves nothing half made', () => {
    expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.log']);
    expect(lines).toEqual(['creating the database']);
  });
});

describe('a database over TCP, as on Windows', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'love-supermarket-test-'));
  let database: EmbeddedPostgres;

  beforeAll(async () => {
    chmodSync(dataDir, 0o755);
    database = await startEmbeddedPostgres({ dataDir, settings: quiet, log: () => {}, transport: 'tcp' });
  });

  afterAll(async () => {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('lets nobody in without the password', async () => {
    for (const options of [database.owner(), database.app()]) {
      expect(options.host).toBe('127.0.0.1');
      const known = connect(options, { max: 1, applicationName: 'test' });
      expect(await known`select session_user as role`).toEqual([{ role: options.user }]);
      await known.end();
      const stranger = connect({ ...options, password: 'guessed' }, { max: 1, applicationName: 'test' });
      await expect(stranger`select 1`.execute()).rejects.toMatchObject({ code: '28P01' });
      await stranger.end();
    }
    if (process.platform !== 'win32')
      expect(statSync(join(dataDir, 'database-passwords.json')).mode & 0o777).toBe(0o600);
  });

  test.runIf(isRoot)('is not run by root where another account reaches it', () => {
    expect(statSync(join(dataDir, 'postgres')).uid).not.toBe(0);
  });
});

test('an address of a database says who, where and how', () => {
  expect(parseDatabaseUrl('postgres://us%40er:p%3Ass@[::1]:6543/shop?sslmode=require')).toEqual({
    host: '::1',
    port: 6543,
    user: 'us@er',
    password: 'p:ss',
    database: 'shop',
    ssl: 'require',
  });
  expect(parseDatabaseUrl('postgresql://user@localhost/shop?host=/run/postgresql')).toMatchObject({
    host: '/run/postgresql',
    port: 5432,
    password: undefined,
    ssl: undefined,
  });
  expect(() => parseDatabaseUrl('postgres://localhost/shop')).toThrow('must name a user');
});
