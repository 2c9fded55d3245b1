import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BoardPage } from '../../views/claims/board-page.tsx';
import { SheetPage } from '../../views/claims/sheet-page.tsx';
import { nameSetting } from '../cards/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { photoFields, type StoredPhoto, storePhotos } from '../photos/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, refusalNotice } from '../platform/http/form-answer.tsx';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { shownPhotos } from '../problems/index.ts';
import { boardSheets, publicName } from './board.ts';
import { decisionForm } from './claim-form.ts';
import { claimTerms } from './claim-terms.ts';
import { readyClaims } from './claims.ts';
import { decidePublicity } from './decide-publicity.ts';
import { MOST_LINES, postSheet } from './post-sheet.ts';

const SHEETS_A_PAGE = 5;

const boardQuery = z.object({
  before: z.preprocess(lastOf, rowNumber).optional().catch(undefined),
});

/** 公示榜: what hangs on the board, and the press that begins its days. */
export const boardRoutes: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;

  app.get(
    '/villages/:village/board',
    { config: { access: 'everybody' }, schema: { params: villageParams, querystring: boardQuery } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { before } = request.query;
      const found = await boardSheets(sql, villageId, { before, limit: SHEETS_A_PAGE + 1 });
      const sheets = found.slice(0, SHEETS_A_PAGE);
      const photos = await shownPhotos(
        sql,
        { villageId, code },
        sheets.flatMap((sheet) => sheet.photos),
      );
      const href = `/villages/${code}/board`;
      return reply.page(
        <BoardPage
          sheets={sheets.map((sheet) => ({
            ...sheet,
            shownPhotos: sheet.photos.flatMap((id) => photos.get(id) ?? []),
          }))}
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
    { config: { access: 'claim.endorse', uploads: true }, schema: { params: villageParams, body: decisionForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { claims, idempotencyKey } = request.body;
      const { personId } = viewerOf(request);
      const photos = await storePhotos(services, {
        villageId,
        purpose: 'board',
        addedBy: personId,
        fields: photoFields(request),
        most: 2,
      });
      if ('refused' in photos) return drawSheet(request, reply, { refusal: photos });
      const outcome = await postSheet(db, {
        villageId,
        claimIds: claims,
        photos,
        personId,
        idempotencyKey: keyOf({ idempotencyKey }),
        today: request.today,
      });
      if ('refused' in outcome) return drawSheet(request, reply, { refusal: outcome, photos });
      return reply.redirect(`/villages/${code}/board`, 303);
    },
  );

  async function drawSheet(
    request: FastifyRequest,
    reply: FastifyReply,
    { refusal, photos = [] }: { refusal?: Refusal; photos?: readonly StoredPhoto[] } = {},
  ): Promise<FastifyReply> {
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
        keptIds={photos.map(({ publicId }) => publicId)}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};
