import type { FastifyRequest } from 'fastify';
import { CheckState, VerifyPage } from '../../views/oversight/verify-page.tsx';
import { viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { nameFindings } from './finding-names.ts';
import { startVillageCheck, villageCheck } from './village-check.ts';

/** 核对账本: everybody who may read the village may have every row of it checked, and sees what the last check found. */
export const verifyRoutes: Routes = async (app, { config, db }) => {
  const ending = new AbortController();
  const running = new Set<Promise<void>>();
  app.addHook('onClose', async () => {
    ending.abort(new Error('the server is closing'));
    await Promise.allSettled(running);
  });

  app.get(
    '/villages/:village/verify',
    { config: { access: 'village.read' }, schema: { params: villageParams } },
    async (request, reply) => {
      const state = await stateOf(request);
      reply.header('cache-control', 'no-store').header('vary', 'HX-Request');
      return request.headers['hx-request'] === undefined
        ? reply.page(<VerifyPage {...state} />)
        : reply.fragment(<CheckState {...state} />);
    },
  );

  app.post(
    '/villages/:village/verify',
    { config: { access: 'village.read' }, schema: { params: villageParams } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { personId } = viewerOf(request);
      const started = await startVillageCheck(db, {
        village: { villageId, code },
        startedBy: personId,
        dataDir: config.dataDir,
        signal: ending.signal,
      });
      if (started) {
        const run = started.finished
          .catch((error: unknown) => request.log.error({ err: error, village: code }, 'a check broke off'))
          .finally(() => running.delete(run));
        running.add(run);
      }
      return reply.redirect(`/villages/${code}/verify`, 303);
    },
  );

  async function stateOf(request: FastifyRequest) {
    const { villageId } = villageOf(request);
    const { run, last } = await villageCheck(db.sql, villageId);
    const findings = await nameFindings(db.sql, villageId, last?.findings ?? []);
    return { run, last, findings };
  }
};
