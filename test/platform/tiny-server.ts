/** The smallest server under our own supervision: enough to kill it in every way. Its one page names the worker. */
import cluster from 'node:cluster';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/platform/config.ts';
import { connect } from '../../src/platform/database/connect.ts';
import { runPrimary } from '../../src/platform/process/run-primary.ts';
import { runWorker } from '../../src/platform/process/run-worker.ts';

if (cluster.isPrimary) {
  const firstWorker = cluster.fork();
  const config = readConfig(process.env);
  if ('refused' in config) throw new Error(config.message);
  await runPrimary({
    config,
    firstWorker,
    prepare: async (owner) => {
      const sql = connect(owner, { max: 1, applicationName: 'prepare' });
      await sql.unsafe(`
        do $$ begin
          if not exists (select 1 from pg_roles where rolname = 'love_supermarket_app') then
            create role love_supermarket_app login;
          end if;
        end $$;
        grant love_supermarket_app to current_user;
        create table if not exists mark (id int primary key);
        grant select, insert on mark to love_supermarket_app;
      `);
      await sql.end();
      return config;
    },
    welcome: (address) => console.log(`ready ${address}`),
  });
} else {
  runWorker(async ({ config, database }, applicationName) => {
    const sql = connect(database, { max: 4, applicationName });
    let isLost = false;
    const answer = async (path: string): Promise<string> => {
      if (path === '/slow') {
        console.log('asked for what is slow');
        await sleep(1_200);
      }
      if (path === '/lose-pool') isLost = true;
      if (path.startsWith('/mark/'))
        await sql`insert into mark (id) values (${Number(path.slice(6))}) on conflict do nothing`;
      const [row] = await sql<
        { marks: number; role: string }[]
      >`select count(*) as marks, current_user as role from mark`;
      return JSON.stringify({ worker: process.pid, ...row });
    };
    const server = createServer((request, response) => {
      answer(request.url ?? '/').then(
        (text) => response.end(text),
        () => response.writeHead(503).end(),
      );
    });
    return {
      listen: () => new Promise<void>((resolve) => server.listen(config.port, config.host, resolve)),
      probe: () => (isLost ? new Promise(() => {}) : sql`select 1`),
      close: async () => {
        await new Promise((resolve) => server.close(resolve));
        await sql.end({ timeout: 1 });
      },
    };
  });
}
