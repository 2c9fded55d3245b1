/** The tree as the database keeps it, against the vectors and against a tree made of all leaves at once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HASH_BYTES, perfectRoot, rangeRoot } from '../../src/auditlog/merkle.ts';
import { inclusionPath, verifyInclusion } from '../../src/auditlog/proofs.ts';
import { readEntries, readSubtrees, readTiles } from '../../src/auditlog/stored-tree.ts';
import { widthInTree } from '../../src/auditlog/tiles.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addLeaves } from './bulk-acts.ts';
import { readerOf, testLeaves } from './test-tree.ts';
import vectors from './tlog-vectors.json' with { type: 'json' };

const SIZES = [0, 1, 255, 256, 257, 513, 70_000] as const;
const LARGEST = 70_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.close());

const store = async (villageId: number) => {
  const [row] = await database.sql<{ size: number }[]>`select store_log_tiles(${villageId}) as size`;
  return row?.size;
};

const rootOf = async (villageId: number, size: number) => {
  const whole = { start: 0, end: size };
  return rangeRoot(whole, await readSubtrees(database.sql, villageId, size, [whole]));
};

test.each(SIZES.map((size, index) => [size, index + 1] as const))(
  'the root over %i stored leaves',
  async (size, villageId) => {
    await addLeaves(database.ownerSql, villageId, size);
    expect(await store(villageId)).toBe(size);
    expect((await rootOf(villageId, size)).toString('base64')).toBe(vectors.roots[size]);
    const [row] = await database.sql<{ tiles: number }[]>`
    select count(*)::integer as tiles from log_tile where village_id = ${villageId}`;
    expect(row?.tiles).toBe(Math.floor(size / 256) + Math.floor(size / 65_536));
  },
);

test('of 70,000 leaves every tile is the one that the leaves make, at every width', async () => {
  const villageId = SIZES.indexOf(LARGEST) + 1;
  const leaves = Buffer.concat(testLeaves(LARGEST));
  const rows = [leaves];
  for (let level = 1; 256 ** level <= LARGEST; level += 1) {
    const below = rows[level - 1] as Buffer;
    const full = Math.floor(below.length / HASH_BYTES / 256);
    rows.push(
      Buffer.concat(Array.from({ length: full }, (_, at) => perfectRoot(below.subarray(at * 8_192, (at + 1) * 8_192)))),
    );
  }
  for (const [level, row] of rows.entries()) {
    for (const index of [0, 1, Math.floor(row.length / 8_192)]) {
      const width = widthInTree({ level, index }, LARGEST);
      for (const part of [1, 2, width - 1, width].filter((candidate) => candidate > 0 && candidate <= width)) {
        const [tile] = await readTiles(database.sql, villageId, [{ level, index, width: part }]);
        expect(tile?.hashes.equals(row.subarray(index * 8_192, index * 8_192 + part * HASH_BYTES))).toBe(true);
      }
    }
  }
});

test('any leaf of 70,000 is proved by at most six tiles, in every tree that it stood in', async () => {
  const villageId = SIZES.indexOf(LARGEST) + 1;
  const leaves = testLeaves(LARGEST);
  for (const [index, size] of [
    [0, LARGEST],
    [255, 256],
    [256, 257],
    [65_535, 65_536],
    [65_536, LARGEST],
    [12_345, 40_000],
    [LARGEST - 1, LARGEST],
  ] as const) {
    const path = inclusionPath(index, size);
    const read = await readSubtrees(database.sql, villageId, size, path);
    const proof = path.map((range) => rangeRoot(range, read));
    expect(verifyInclusion(leaves[index] as Buffer, index, size, proof, await rootOf(villageId, size))).toBe(true);
  }
});

test('entries come back to the byte', async () => {
  const entries = await readEntries(database.sql, SIZES.indexOf(513) + 1, 511, 5);
  expect(entries.map(String)).toEqual(['{"n":511}', '{"n":512}']);
});

test('two servers may store the tiles of a log at the same time', async () => {
  await addLeaves(database.ownerSql, 100, 1_500);
  expect(await Promise.all([store(100), store(100), store(100), store(100)])).toEqual([1_500, 1_500, 1_500, 1_500]);
  expect(await rootOf(100, 1_024)).toEqual(rangeRoot({ start: 0, end: 1_024 }, readerOf(testLeaves(1_024))));
});

test('the application stores no tile but by that function, and nobody changes one', async () => {
  const { sql, ownerSql } = database;
  await expect(sql`insert into log_tile select 101, level, index, hashes, root from log_tile limit 1`).rejects.toThrow(
    'permission denied',
  );
  await expect(sql`insert into public_log values (101, 'x', 'y', now())`).rejects.toThrow('permission denied');
  for (const statement of ['update log_tile set root = root', 'delete from log_tile', 'truncate log_tile']) {
    await expect(sql.unsafe(statement)).rejects.toThrow('permission denied');
    await expect(ownerSql.unsafe(statement)).rejects.toThrow('never changed or removed');
  }
});

test('a gap in the record stores no tile', async () => {
  await addLeaves(database.ownerSql, 102, 300);
  await database.ownerSql.begin(async (tx) => {
    await tx`alter table act disable trigger all`;
    await tx`delete from act where village_id = 102 and seq = 77`;
    await tx`alter table act enable trigger all`;
  });
  await expect(store(102)).rejects.toThrow('has a gap below tile 0/0');
});
