import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BoardPage } from '../../views/claims/board-page.tsx';
import { SheetPage } from '../../views/claims/sheet-page.tsx';
import { nameSetting } from '../cards/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, refusalNotice } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { boardSheets, publicName } from './board.ts';
import { decisionForm } from './claim-form.ts';
import { claimTerms } from './claim-terms.ts';
import { readyClaims } from './claims.ts';
import { decidePublicity } from './decide-publicity.ts';
import { MOST_LINES, postSheet } from './post-sheet.ts';

const SHEETS_A_PAGE = 5;

const boardQuery = z.object({
  before: z.preprocess(lastOf, z.coerce.number().int().min(1).max(1_000_000_000)).optional().catch(undefined),
});

/** 公示榜: what hangs on the board, and the press that begins its days. */
export const boardRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/board',
    { config: { access: 'everybody' }, schema: { params: villageParams, querystring: boardQuery } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { before } = request.query;
      const found = await boardSheets(sql, villageId, { before, limit: SHEETS_A_PAGE + 1 });
      const sheets = found.slice(0, SHEETS_A_PAGE);
      const href = `/villages/${code}/board`;
      return reply.page(
        <BoardPage
          sheets={sheets}
          nextHref={found.length > SHEETS_A_PAGE ? `${href}?before=${sheets.at(-1)?.sheet}` : undefined}
          firstHref={before === undefined ? undefined : href}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/sheets/new',
    { config: { access: 'claim.endorse' }, schema: { params: villageParams } },
    (request, reply) => drawSheet(request, reply),
  );

  app.post(
    '/villages/:village/sheets',
    { config: { access: 'claim.endorse' }, schema: { params: villageParams, body: decisionForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { claims, idempotencyKey } = request.body;
      const outcome = await postSheet(db, {
        villageId,
        claimIds: claims,
        personId: viewerOf(request).personId,
        idempotencyKey: keyOf({ idempotencyKey }),
        today: request.today,
      });
      if ('refused' in outcome) return drawSheet(request, reply, outcome);
      return reply.redirect(`/villages/${code}/board`, 303);
    },
  );

  async function drawSheet(request: FastifyRequest, reply: FastifyReply, refusal?: Refusal): Promise<FastifyReply> {
    const { villageId } = villageOf(request);
    const [ready, terms, { level }] = await Promise.all([
      readyClaims(sql, villageId, MOST_LINES),
      claimTerms(sql, villageId),
      nameSetting(sql, villageId),
    ]);
    if (refusal) reply.code(refusalStatus(refusal));
    return reply.page(
      <SheetPage
        lines={ready.map((claim) => {
          const shownName = publicName(claim, level);
          const { clearsOn } = decidePublicity(claim, terms, request.today);
          return { ...claim, shownName, shownGroup: shownName === null ? null : claim.groupName, clearsOn };
        })}
        idempotencyKey={newIdempotencyKey()}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};
