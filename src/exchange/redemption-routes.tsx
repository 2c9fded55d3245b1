import { z } from 'zod';
import { RedemptionPage } from '../../views/exchange/redemption-page.tsx';
import { RedemptionsPage } from '../../views/exchange/redemptions-page.tsx';
import { SlipPage } from '../../views/exchange/slip-page.tsx';
import { slipText } from '../../views/exchange/slip-text.ts';
import { translate } from '../../views/shared/dictionary.ts';
import { undoableOperation } from '../cards/index.ts';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { villageDay, villageTime } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { seqNumber } from '../platform/http/form-fields.ts';
import { publicOrigin } from '../platform/http/public-origin.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { shownPhotos } from '../problems/index.ts';
import { counterQueue } from './queue.ts';
import { type Redemption, redemption, redemptions } from './redemption.ts';

const operationParams = villageParams.extend({ operation: z.string().max(40) });

const PAGE = 50;

/** What was exchanged: the list, one exchange under its own address, and its slip in two forms. */
export const redemptionRoutes: Routes = async (app, { config, db }) => {
  app.get(
    '/villages/:village/redemptions',
    {
      config: { access: 'village.read' },
      schema: {
        params: villageParams,
        querystring: z.object({ before: seqNumber.optional().catch(undefined) }),
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { before } = request.query;
      const found = await redemptions(db.sql, villageId, { beforeSeq: before, limit: PAGE + 1 });
      const rows = found.slice(0, PAGE);
      const { counter, redemptions: href } = hrefsOf(request);
      return reply.page(
        <RedemptionsPage
          rows={rows.map((row) => ({ ...describe(row), href: `${href}/${row.operationId}` }))}
          counterHref={allows(request, 'goods.redeem') ? counter : undefined}
          nextHref={found.length > PAGE ? `${href}?before=${rows.at(-1)?.seq}` : undefined}
          firstHref={before === undefined ? undefined : href}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/redemptions/:operation',
    { config: { access: 'village.read' }, schema: { params: operationParams } },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { operation: operationId } = request.params;
      const { personId, sessionId } = viewerOf(request);
      const [found, undone, queue] = await Promise.all([
        redemption(db.sql, villageId, operationId),
        undoableOperation(db.sql, { villageId, operationId, personId }),
        counterQueue(db.sql, { villageId, day: request.today, sessionId }),
      ]);
      if (!found) return reply.refuse({ refused: 'unknown_redemption' });
      const photos = await shownPhotos(db.sql, villageOf(request), found.photos);
      const hrefs = hrefsOf(request);
      const mayReverse = found.reversedBySeq === null && allows(request, 'act.reverse');
      return reply.page(
        <RedemptionPage
          redemption={describe(found)}
          photos={[...photos.values()]}
          slipHref={`${hrefs.redemptions}/${found.operationId}/slip`}
          actHref={`${hrefs.village}/acts/${found.seq}`}
          cardHref={`${hrefs.village}/cards/${found.cardNumber}`}
          counterHref={allows(request, 'goods.redeem') ? hrefs.counter : undefined}
          queue={queue}
          parkName={`baskets ${villageOf(request).code} ${personId}`}
          undo={mayReverse && undone ? { operationId, idempotencyKey: newIdempotencyKey(), lines: undone } : undefined}
          reversalHref={
            mayReverse && !undone ? `${hrefs.village}/reversals/new?operation=${found.operationId}` : undefined
          }
        />,
      );
    },
  );

  app.get(
    '/villages/:village/redemptions/:operation/slip',
    { config: { access: 'village.read' }, schema: { params: operationParams } },
    async (request, reply) => {
      const found = await redemption(db.sql, villageOf(request).villageId, request.params.operation);
      if (!found) return reply.refuse({ refused: 'unknown_redemption' });
      const href = `${hrefsOf(request).redemptions}/${found.operationId}`;
      return reply.page(<SlipPage {...slipOf(found, request)} backHref={href} plainHref={`${href}/slip.txt`} />);
    },
  );

  app.get(
    '/villages/:village/redemptions/:operation/slip.txt',
    { config: { access: 'village.read' }, schema: { params: operationParams } },
    async (request, reply) => {
      const found = await redemption(db.sql, villageOf(request).villageId, request.params.operation);
      if (!found) return reply.refuse({ refused: 'unknown_redemption' });
      return reply.type('text/plain; charset=utf-8').send(slipText(translate(request.locale), slipOf(found, request)));
    },
  );

  function slipOf(found: Redemption, request: VillageRequest) {
    const recordUrl = `${publicOrigin(config, request)}/r/${found.actId}`;
    return { redemption: describe(found), villageName: villageOf(request).name, recordUrl };
  }
};

type VillageRequest = Parameters<typeof villageOf>[0];

function hrefsOf(request: VillageRequest) {
  const village = `/villages/${villageOf(request).code}`;
  return { village, counter: `${village}/counter`, redemptions: `${village}/redemptions` };
}

function allows(request: VillageRequest, capability: Capability): boolean {
  return may(viewerOf(request).appointments, capability, villageOf(request));
}

function describe({ recordedAt, ...found }: Redemption) {
  return { ...found, isPictured: found.photos.length > 0, day: villageDay(recordedAt), time: villageTime(recordedAt) };
}
