import Fastify, { type FastifyInstance } from 'fastify';
import type { Config } from './platform/config.ts';
import type { Db } from './platform/database/db.ts';
import type { Sql } from './platform/database/connect.ts';
import type { Secrets } from './platform/secrets.ts';

export interface Services {
  config: Config;
  secrets: Secrets;
  db: Db;
  sql: Sql;
}

export async function buildApp({ sql }: Services): Promise<FastifyInstance> {
  const app = Fastify({ requestTimeout: 30_000, connectionTimeout: 60_000 });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      await sql`select 1`;
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'database unavailable' });
    }
  });
  return app;
}
