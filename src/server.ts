/**
 * Starts and stops the process: one primary, which owns the database, and workers, which serve. What only one of the two
 * needs is imported there, so that the primary starts fast and the workers load while the database comes up.
 */
import cluster from 'node:cluster';

if (cluster.isPrimary) await startPrimary();
else await startWorker();

async function startPrimary(): Promise<void> {
  const firstWorker = cluster.fork();
  const { readConfig } = await import('./platform/config.ts');
  const { runPrimary } = await import('./platform/process/run-primary.ts');
  const config = readConfig(process.env);
  if ('refused' in config) {
    console.error(config.message);
    process.exit(1);
  }
  await runPrimary({
    config,
    firstWorker,
    prepare: async (owner, log) => {
      const { prepareDatabase } = await import('./demo/index.ts');
      const { demo } = await prepareDatabase(owner, log, config, { photoPlace: config });
      // Loaded while the first worker still loads, so that nobody waits for it at the end.
      await import('./print-welcome.ts');
      return { ...config, demo };
    },
    welcome: async (address, owner, servedConfig) => {
      const { printWelcome } = await import('./print-welcome.ts');
      await printWelcome(address, owner, servedConfig);
      if (servedConfig.metricsPort !== undefined) {
        const { serveMetrics } = await import('./operate/index.ts');
        await serveMetrics({ ...servedConfig, metricsPort: servedConfig.metricsPort }, owner);
      }
    },
  });
}

async function startWorker(): Promise<void> {
  const { buildApp } = await import('./app.ts');
  const { connect } = await import('./platform/database/connect.ts');
  const { createDb } = await import('./platform/database/db.ts');
  const { runWorker } = await import('./platform/process/run-worker.ts');
  runWorker(async ({ config, secrets, database }, applicationName) => {
    const sql = connect(database, { max: connectionsPerWorker(config.workers), applicationName, plansOnce: true });
    const background = connect(database, { max: 1, applicationName });
    const app = await buildApp({ config, secrets, db: createDb(sql, background) });
    return {
      listen: () => app.listen({ host: config.host, port: config.port }),
      probe: () => sql`select 1`,
      close: async () => {
        await app.close();
        await Promise.all([sql.end({ timeout: 1 }), background.end({ timeout: 1 })]);
      },
    };
  });
}

/**
 * The database has room for 100 sessions; some are for migrations, the watch and the operator. More than five at once for each
 * processor only wait for one another: ten did a tenth less.
 */
function connectionsPerWorker(workers: number): number {
  return Math.max(1, Math.min(5, Math.floor(80 / workers) - 1));
}
