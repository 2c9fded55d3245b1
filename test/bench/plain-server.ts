/** What Fastify does at best on as many processes: one route that answers a short object, and one that reads one row first. */
import cluster from 'node:cluster';
import Fastify from 'fastify';
import { connect, type PostgresOptions } from '../../src/platform/database/connect.ts';

const { PORT, DATABASE } = process.env;

if (cluster.isPrimary) {
  for (let worker = 0; worker < 2; worker += 1) cluster.fork();
} else {
  const sql = connect(JSON.parse(DATABASE ?? '{}') as PostgresOptions, { max: 10, applicationName: 'bench plain' });
  const app = Fastify();
  app.get('/plain', async () => ({ status: 'ok' }));
  app.get('/row', async () => {
    const [row] = await sql`select code, name from region where code = ${'990200001001'}`;
    return row;
  });
  await app.listen({ host: '127.0.0.1', port: Number(PORT) });
  process.send?.('listening');
}
