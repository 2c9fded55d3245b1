import { z } from 'zod';
import { villageOf } from '../people/index.ts';
import { centipoints, day, listOf, problems, villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { villageRules } from './village-rules.ts';

const ruleAnswer = z.object({
  code: z.string(),
  version: z.int(),
  category: z.string(),
  name: z.string(),
  pointsCentipoints: centipoints.meta({ description: 'hundredths of a point; negative for a deduction' }),
  unit: z.string(),
  evidence: z.string(),
  effectiveFrom: day,
});

export const rulesApi: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/api/v1/villages/:village/rules',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'The rule table of today',
        params: villageParams,
        response: { 200: listOf(ruleAnswer), ...problems },
      },
    },
    async (request) => ({ items: await villageRules(sql, villageOf(request).villageId, request.today) }),
  );
};
