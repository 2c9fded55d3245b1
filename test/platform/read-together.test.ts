import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Sql } from '../../src/platform/database/connect.ts';
import { openReadTogether } from '../../src/platform/database/read-together.ts';

/** Stands for the handle that is passed on to the read. */
const sql = {} as Sql;

test('those who ask while a query is under way share the next one, which begins after all of them have asked', async () => {
  let value = 'old';
  const asked: string[][] = [];
  const read = async (_sql: Sql, keys: string[]) => {
    asked.push(keys);
    const seen = value;
    await sleep(10);
    return new Map(keys.map((key) => [key, `${key} ${seen}`]));
  };
  const readTogether = openReadTogether(sql);
  const first = readTogether(read, 'a');
  while (asked.length === 0) await nextTurn();
  value = 'new';
  const others = [readTogether(read, 'b'), readTogether(read, 'a'), readTogether(read, 'b')];
  expect(await first).toBe('a old');
  expect(await Promise.all(others)).toEqual(['b new', 'a new', 'b new']);
  expect(asked).toEqual([['a'], ['b', 'a']]);
  expect(await readTogether(read, 'c')).toBe('c new');
});

test('what is not found is undefined, each read has its own queue, and a fault reaches those who asked and nobody later', async () => {
  const readTogether = openReadTogether(sql);
  expect(await readTogether(async () => new Map<number, string>(), 1)).toBeUndefined();
  let isBroken = true;
  const fails = async (_sql: Sql, keys: number[]) => {
    if (isBroken) throw new Error('the database is away');
    return new Map(keys.map((key) => [key, key]));
  };
  const answers = await Promise.allSettled([readTogether(fails, 1), readTogether(fails, 2)]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isBroken = false;
  expect(await readTogether(fails, 3)).toBe(3);
});
