import { z } from 'zod';
import { RegionProblemsPage } from '../../views/problems/region-problems-page.tsx';
import { regionOf } from '../people/index.ts';
import { problems as refusals, signedIn } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { countProblemsBelow } from './region-problems.ts';

const figure = z.int();

/** What the villages of a township or county have found and closed, the most overdue first. */
export const regionProblemRoutes: Routes = async (app, { db: { sql } }) => {
  app.get('/regions/:region/problems', { config: { access: 'region.compare' } }, async (request, reply) => {
    const region = regionOf(request);
    const villages = await countProblemsBelow(sql, { regionId: region.regionId, today: request.today });
    return reply.page(<RegionProblemsPage region={region} villages={villages} />);
  });

  app.get(
    '/api/v1/regions/:region/problems',
    {
      config: { access: 'region.compare' },
      schema: {
        summary: 'How many problems each village has found, closed and put off; found = open + closed + longTerm',
        security: signedIn,
        params: z.object({ region: z.string() }),
        response: {
          200: z.object({
            items: z.array(
              z.object({
                code: z.string(),
                name: z.string(),
                counts: z.object({
                  found: figure,
                  open: figure,
                  closed: figure,
                  longTerm: figure,
                  unassigned: figure,
                  unconfirmed: figure,
                  overdue: figure,
                  overdueDays: figure,
                }),
              }),
            ),
          }),
          ...refusals,
        },
      },
    },
    async (request) => ({
      items: await countProblemsBelow(sql, { regionId: regionOf(request).regionId, today: request.today }),
    }),
  );
};
