import { z } from 'zod';
import { AwardResultPage } from '../../views/awards/award-result-page.tsx';
import { AwardsPage } from '../../views/awards/awards-page.tsx';
import { photosOf } from '../auditlog/index.ts';
import { householdOperation, undoableOperation } from '../cards/index.ts';
import { claimsOfOperation, waitingCounts } from '../claims/index.ts';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { villageDay, villageTime } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { lastOf, seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { shownPhotos } from '../problems/index.ts';
import { awardOperations, ruleNameOf } from './award-operations.ts';
import { awardingRoutes } from './awarding-routes.tsx';
import { slipRoutes } from './slip-routes.tsx';
import { trialRoutes } from './trial-routes.tsx';
import { uploadRoutes } from './upload-routes.tsx';

const LIST_PAGE = 50;

const listQuery = z.object({
  before: z.preprocess(lastOf, seqNumber).optional().catch(undefined),
});

/** 加分 and 扣分: what was recorded, and the form that records. */
export const awardsRoutes: Routes = async (app, services) => {
  const { sql } = services.db;

  app.get(
    '/villages/:village/awards',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: listQuery } },
    async (request, reply) => {
      const village = villageOf(request);
      const { before } = request.query;
      const [found, waiting] = await Promise.all([
        awardOperations(sql, village.villageId, { beforeSeq: before, limit: LIST_PAGE + 1 }),
        waitingCounts(sql, village.villageId),
      ]);
      const awards = found.slice(0, LIST_PAGE);
      const href = `/villages/${village.code}/awards`;
      return reply.page(
        <AwardsPage
          awards={awards}
          waiting={waiting}
          mayAward={may(viewerOf(request).appointments, 'points.award', village)}
          nextHref={found.length > LIST_PAGE ? `${href}?before=${awards.at(-1)?.firstSeq}` : undefined}
          firstHref={before === undefined ? undefined : href}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/awards/:operation',
    { config: { access: 'village.read' }, schema: { params: villageParams.extend({ operation: z.string().max(40) }) } },
    async (request, reply) => {
      const village = villageOf(request);
      const { villageId } = village;
      const { operation: operationId } = request.params;
      const { personId } = viewerOf(request);
      const [operation, claims, undone] = await Promise.all([
        householdOperation(sql, { villageId, operationId, kind: 'award' }),
        claimsOfOperation(sql, villageId, operationId),
        undoableOperation(sql, { villageId, operationId, personId }),
      ]);
      if (!operation) return reply.refuse({ refused: 'not_found' });
      const photos = await shownPhotos(sql, village, photosOf(operation));
      const allows = (capability: Capability) => may(viewerOf(request).appointments, capability, village);
      const { occurredOn, recordedAt, recordedBy, note, lines, facts } = operation;
      return reply.page(
        <AwardResultPage
          operationId={operationId}
          rule={typeof facts['rule'] === 'string' ? facts['rule'] : ''}
          ruleName={claims[0]?.ruleName ?? (await ruleNameOf(sql, villageId, facts))}
          occurredOn={claims[0]?.occurredOn ?? occurredOn}
          recordedOn={{ day: villageDay(recordedAt), time: villageTime(recordedAt) }}
          recordedBy={recordedBy}
          note={note ?? undefined}
          lines={lines}
          claims={claims}
          photos={[...photos.values()]}
          mayAward={allows('points.award')}
          mayReverse={allows('act.reverse')}
          undo={
            undone && allows('act.reverse')
              ? { operationId, idempotencyKey: newIdempotencyKey(), lines: undone }
              : undefined
          }
        />,
      );
    },
  );

  await app.register(awardingRoutes, services);
  await app.register(slipRoutes, services);
  await app.register(trialRoutes, services);
  await app.register(uploadRoutes, services);
};
