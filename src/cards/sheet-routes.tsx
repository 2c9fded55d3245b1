import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CardSheetPage } from '../../views/cards/card-sheet-page.tsx';
import { villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { publicOrigin } from '../platform/http/public-origin.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { type CardFace, cardFaces } from './card-faces.ts';

const groupQuery = z.object({
  group: z.preprocess(lastOf, rowNumber).optional().catch(undefined),
});

/** Cards on paper. The token in a QR opens the household's page, so only who hands out cards may print them. */
export const sheetRoutes: Routes = async (app, { config, db: { sql } }) => {
  app.get(
    '/villages/:village/cards/print',
    { config: { access: 'card.open' }, schema: { params: villageParams, querystring: groupQuery } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { group } = request.query;
      const faces = await cardFaces(sql, villageId, { groupId: group ?? null });
      return drawSheet(request, reply, faces, `/villages/${code}/cards${group === undefined ? '' : `?group=${group}`}`);
    },
  );

  app.get(
    '/villages/:village/cards/:number/print',
    { config: { access: 'card.open' }, schema: { params: villageParams.extend({ number: z.string().max(20) }) } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { number } = request.params;
      const faces = await cardFaces(sql, villageId, { number });
      if (faces.length === 0) return reply.refuse({ refused: 'no_such_card', number });
      return drawSheet(request, reply, faces, `/villages/${code}/cards/${number}`);
    },
  );

  function drawSheet(request: FastifyRequest, reply: FastifyReply, faces: readonly CardFace[], backHref: string) {
    const origin = publicOrigin(config, request);
    const cards = faces.map(({ token, ...face }) => ({ ...face, address: `${origin}/C/${token}`.toUpperCase() }));
    return reply.header('cache-control', 'no-store').page(<CardSheetPage cards={cards} backHref={backHref} />);
  }
};
