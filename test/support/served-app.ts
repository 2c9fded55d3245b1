/** The whole server behind a real address on a port of its own, with a database of its own: for browsers. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '../../src/platform/database/db.ts';
import { createTestApp, type TestApp } from './app.ts';
import type { TestDatabase } from './database.ts';
import type { TemplateName } from './templates.ts';

export interface ServedApp {
  /** Without a slash at the end. */
  baseUrl: string;
  db: Db;
  database: TestDatabase;
  /** Where the server keeps its files, such as the code of the set-up page. */
  dataDir: string;
  /** Every address that it answers, and to whom. */
  accessTable: TestApp['app']['accessTable'];
  close(): Promise<void>;
}

export async function serveApp({ template = 'cast' }: { template?: TemplateName } = {}): Promise<ServedApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'love-supermarket-served-'));
  const { app, db, database, close } = await createTestApp({ template, env: { DATA_DIR: dataDir } });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    db,
    database,
    dataDir,
    accessTable: app.accessTable,
    close: async () => {
      // Browsers keep their connections open; nobody waits for them.
      app.server.closeAllConnections();
      await close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
