import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFactorVault } from '../../src/people/second-factor.ts';
import { base32, codeAt, stepAt } from '../../src/people/totp.ts';
import { openVault, rotateVault } from '../../src/platform/vault.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { PASSWORD, people } from '../support/cast.ts';

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'love-supermarket-vault-'));
  folders.push(folder);
  return folder;
};

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('a vault', () => {
  const plain = Buffer.from('twenty bytes of ours');

  test('opens what it sealed, for the same row and purpose alone, and nothing that was changed', () => {
    const folder = newFolder();
    const vault = openVault(folder, 'one');
    const sealed = vault.seal(plain, 'row 1');
    expect(sealed.includes(plain)).toBe(false);
    expect(vault.seal(plain, 'row 1').equals(sealed)).toBe(false);
    expect(vault.open(sealed, 'row 1')).toEqual(plain);
    expect(vault.open(sealed, 'row 2')).toBeNull();
    expect(openVault(folder, 'another').open(sealed, 'row 1')).toBeNull();
    expect(openVault(newFolder(), 'one').open(sealed, 'row 1')).toBeNull();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(vault.open(changed, 'row 1'), `byte ${at}`).toBeNull();
      expect(vault.open(sealed.subarray(0, at), 'row 1'), `${at} bytes`).toBeNull();
    }
  });

  test('reads after a rotation what it sealed before, also in a process that started earlier', () => {
    const folder = newFolder();
    const early = openVault(folder, 'one');
    const before = early.seal(plain, 'row');
    rotateVault(folder);
    const late = openVault(folder, 'one');
    expect(late.open(before, 'row')).toEqual(plain);
    expect(late.isNewest(before)).toBe(false);
    const after = late.seal(plain, 'row');
    expect(late.isNewest(after)).toBe(true);
    expect(early.open(after, 'row')).toEqual(plain);
  });

  test('keeps its keys to itself, and refuses a file that is none', () => {
    const folder = newFolder();
    openVault(folder, 'one');
    const path = join(folder, 'storage-keys');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const first = readFileSync(path, 'utf8');
    openVault(folder, 'one');
    expect(readFileSync(path, 'utf8')).toBe(first);
    writeFileSync(path, 'half a ke');
    expect(() => openVault(folder, 'one')).toThrow('storage-keys is damaged');
  });
});

describe('the secrets of authenticators', () => {
  let world: TestApp;
  beforeAll(async () => {
    world = await createTestApp();
  });
  afterAll(() => world.close());

  const stored = async () => {
    const [row] = await world.database.ownerSql<{ secret: Buffer; personId: number }[]>`
      select secret, person_id as "personId" from second_factor`;
    if (!row) throw new Error('nobody has a second step');
    return row;
  };
  const opened = async () => {
    const { secret, personId } = await stored();
    return openFactorVault(world.dataDir).open(secret, `second_factor ${personId}`);
  };
  const signIn = async (otp: string) => {
    await world.database.ownerSql`update second_factor set last_step = 0`;
    const payload = { username: people.supervisor, password: PASSWORD, otp };
    return (await world.app.inject({ method: 'POST', url: '/api/v1/sessions', payload })).statusCode;
  };
  const codeOf = (secret: Buffer | null) => codeAt(secret ?? Buffer.alloc(20), stepAt(new Date()));

  test('lie sealed in their table from the first moment', async () => {
    const browser = await world.browser(people.supervisor);
    await browser.get('/second-factor');
    await browser.submit('/second-factor/secrets', {});
    const secret = await opened();
    expect(secret).toHaveLength(20);
    expect((await stored()).secret.includes(secret ?? '')).toBe(false);
    expect((await browser.get('/second-factor')).body).toContain(base32(secret ?? Buffer.alloc(0)).slice(0, 4));
    await browser.submit('/second-factor/secrets', {});
    expect(await opened()).toEqual(secret);
    expect((await browser.submit('/second-factor', { code: codeOf(secret) })).statusCode).toBe(200);
    expect(await signIn(codeOf(secret))).toBe(201);
  });

  test('a row from before there was a vault counts, and is sealed when it is used', async () => {
    const secret = await opened();
    await world.database.ownerSql`update second_factor set secret = ${secret ?? ''}`;
    expect((await stored()).secret).toEqual(secret);
    expect(await signIn('000000')).toBe(401);
    expect((await stored()).secret).toEqual(secret);
    expect(await signIn(codeOf(secret))).toBe(201);
    expect((await stored()).secret).not.toEqual(secret);
    expect(await opened()).toEqual(secret);
  });

  test('without their key no code is right, and nothing breaks', async () => {
    const { secret } = await stored();
    const code = codeOf(await opened());
    await world.database
      .ownerSql`update second_factor set secret = ${openVault(newFolder(), 'authenticators').seal(Buffer.alloc(20), 'x')}`;
    expect(await signIn(codeOf(Buffer.alloc(20)))).toBe(401);
    expect(await signIn(code)).toBe(401);
    await world.database.ownerSql`update second_factor set secret = ${secret}`;
    expect(await signIn(codeOf(await opened()))).toBe(201);
  });
});
