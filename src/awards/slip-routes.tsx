import { z } from 'zod';
import { AwardSlipsPage } from '../../views/awards/award-slips-page.tsx';
import { householdOperation } from '../cards/index.ts';
import { villageOf } from '../people/index.ts';
import { villageDay, villageTime } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { publicOrigin } from '../platform/http/public-origin.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { ruleNameOf } from './award-operations.ts';

/** What each household of an award may take home: one slip after the other on a roll. */
export const slipRoutes: Routes = async (app, { config, db: { sql } }) => {
  app.get(
    '/villages/:village/awards/:operation/slips',
    { config: { access: 'village.read' }, schema: { params: villageParams.extend({ operation: z.string().max(40) }) } },
    async (request, reply) => {
      const { villageId, code, name } = villageOf(request);
      const { operation: operationId } = request.params;
      const operation = await householdOperation(sql, { villageId, operationId, kind: 'award' });
      if (!operation) return reply.refuse({ refused: 'not_found' });
      const { occurredOn, recordedAt, note, lines, facts } = operation;
      const origin = publicOrigin(config, request);
      return reply.page(
        <AwardSlipsPage
          villageName={name}
          ruleName={await ruleNameOf(sql, villageId, facts)}
          occurredOn={occurredOn}
          day={villageDay(recordedAt)}
          time={villageTime(recordedAt)}
          note={note ?? undefined}
          lines={lines.map((line) => ({ ...line, recordUrl: `${origin}/r/${line.actId}` }))}
          backHref={`/villages/${code}/awards/${operationId}`}
        />,
      );
    },
  );
};
