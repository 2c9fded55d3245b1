import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const identifier = z.string().regex(/^[a-z_][a-z0-9_]*$/);

/** What a backup holds, written as its last part but one. */
export const backupManifest = z.strictObject({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Applied to the database when the backup was made, in order. */
  migrations: z.array(z.strictObject({ name: z.string(), sha256 })).min(1),
  /** In the order in which they can be filled: what is referred to comes first. */
  tables: z.array(
    z.strictObject({
      name: identifier,
      columns: z.array(identifier).min(1),
      rows: z.number().int().nonnegative(),
    }),
  ),
  sequences: z.array(
    z.strictObject({
      table: identifier,
      column: identifier,
      lastValue: z.number().int(),
      isCalled: z.boolean(),
    }),
  ),
  /** What each public log had signed last: the database in the backup holds at least as much. */
  heads: z.array(z.strictObject({ log: z.string(), size: z.number().int().nonnegative(), root: z.string() })),
  parts: z.array(z.strictObject({ name: z.string(), bytes: z.number().int().nonnegative(), sha256 })),
});

export type BackupManifest = z.infer<typeof backupManifest>;

/** The files of a part's name: a table's rows in pieces, and the files of DATA_DIR. */
export const TABLES = 'tables/';
export const FILES = 'data/';
export const MANIFEST = 'manifest.json';
/** The last part: the SHA-256 of every byte before it. */
export const CHECKSUM = 'checksum';
