import type { TestProject } from 'vitest/node';
import { connect } from '../../src/platform/database/connect.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { startTestServer, type TestServerAddress } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServerAddress;
  }
}

/** Starts the one server of the run and migrates the template that every test database is cloned from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  try {
    const { owner, prefix } = server.address;
    const template = `${prefix}_template_migrated`;
    const sql = connect(owner, { max: 1, applicationName: 'test set-up', statementTimeoutMs: 0 });
    await sql.unsafe(`create database ${template}`);
    await migrate({ ...owner, database: template });
    await sql.unsafe(`alter database ${template} is_template true`);
    await sql.end();
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('testServer', server.address);
  return () => server.stop();
}
