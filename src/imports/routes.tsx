import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ImportRunPage, ImportState } from '../../views/imports/import-run-page.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { cancelImport, type ImportRun, importRun } from './import-run.ts';

const config = { access: 'village.read' } as const;
const params = villageParams.extend({ import: z.string().max(40) });

/** 导入的进度: an address of its own, so that it may be reloaded, left, and looked at again. */
export const importRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get('/villages/:village/imports/:import', { config, schema: { params } }, async (request, reply) => {
    const run = await importRun(sql, villageOf(request).villageId, request.params.import);
    return run ? draw(request, reply, run) : reply.refuse({ refused: 'unknown_import' });
  });

  app.post(
    '/villages/:village/imports/:import/cancellation',
    { config, schema: { params } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const run = await importRun(sql, villageId, request.params.import);
      if (!run) return reply.refuse({ refused: 'unknown_import' });
      if (run.startedBy !== viewerOf(request).personId) return reply.refuse({ refused: 'not_allowed' });
      // Too late is no fault: the page says what has become of it.
      await cancelImport(sql, villageId, run.importId);
      return reply.redirect(`/villages/${code}/imports/${run.importId}`, 303);
    },
  );
};

function draw(request: FastifyRequest, reply: FastifyReply, run: ImportRun): FastifyReply {
  const view = {
    run,
    mayCancel: run.startedBy === viewerOf(request).personId,
    refusal: run.state === 'refused' ? refusalText(request.locale, run.outcome as unknown as Refusal) : null,
  };
  reply.header('cache-control', 'no-store').header('vary', 'HX-Request');
  return request.headers['hx-request'] === undefined
    ? reply.page(<ImportRunPage {...view} />)
    : reply.fragment(<ImportState {...view} />);
}
