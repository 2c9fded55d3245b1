import { z } from 'zod';
import { WarningsPage } from '../../views/oversight/warnings-page.tsx';
import { villageOf } from '../people/index.ts';
import { villageTime } from '../platform/clock.ts';
import { centipoints, day, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { villageWarnings } from './village-warnings.ts';

const warningsAnswer = z.object({
  outstandingCentipoints: centipoints,
  outstandingFen: z.int().meta({ description: 'what these points are worth, in hundredths of a yuan' }),
  stockValueFen: z.int().meta({ description: 'what the goods on the shelf are worth, in hundredths of a yuan' }),
  items: z.array(
    z
      .object({ code: z.string(), level: z.enum(['red', 'yellow', 'blue']), owner: z.string(), dueOn: day })
      .loose()
      .meta({ description: 'the gravest first; what else belongs to it depends on its code' }),
  ),
});

/** 预警 of one village, worked out each time. */
export const warningRoutes: Routes = async (app, { db: { sql } }) => {
  app.get('/villages/:village/warnings', { config: { access: 'village.read' } }, async (request, reply) => {
    const found = await villageWarnings(sql, { ...villageOf(request), today: request.today });
    return reply.page(<WarningsPage {...found} time={villageTime(new Date())} />);
  });

  app.get(
    '/api/v1/villages/:village/warnings',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What needs somebody in a village, who that is and until when',
        security: signedIn,
        params: villageParams,
        response: { 200: warningsAnswer, ...problems },
      },
    },
    async (request) => {
      const { warnings, ...figures } = await villageWarnings(sql, { ...villageOf(request), today: request.today });
      return { ...figures, items: warnings.map(({ warning }) => ({ ...warning })) };
    },
  );
};
