import { z } from 'zod';
import { regionOf } from '../people/index.ts';
import { centipoints, day, listOf, problems, signedIn } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { compareVillages } from './comparison.ts';

const fen = z.int().meta({ description: 'hundredths of a yuan' });
const month = z.string().meta({ examples: ['2026-11'] });

const comparedVillage = z.object({
  code: z.string(),
  name: z.string(),
  township: z.string(),
  householdCount: z.int(),
  openCardCount: z.int(),
  outstandingCentipoints: centipoints,
  outstandingFen: fen,
  givenCentipoints: centipoints.meta({ description: 'in the running month by awards, reversals taken off' }),
  exchangedCentipoints: centipoints.meta({ description: 'in the running month, reversals taken off' }),
  stockValueFen: fen,
  promisedFen: fen.meta({ description: 'points in hand and in publicity' }),
  goodsFen: fen.meta({ description: 'goods that may be handed out' }),
  moneyFen: fen.meta({ description: 'money given and not spent' }),
  solvency: z.object({
    level: z.enum(['red', 'yellow', 'blue', 'green']),
    percent: z.int().nullable().meta({ description: 'promised in percent of goods and money' }),
    budget: z.object({ centipoints, usedPercent: z.int(), level: z.string() }).nullable(),
  }),
  problems: z
    .object({
      found: z.int(),
      open: z.int(),
      closed: z.int(),
      longTerm: z.int(),
      unassigned: z.int(),
      unconfirmed: z.int(),
      overdue: z.int(),
    })
    .meta({ description: 'found = open + closed + longTerm' }),
  lastActOn: day,
  lastPublishedMonth: month.nullable(),
  isLastMonthPublished: z.boolean(),
  unpublishedMonthCount: z.int(),
  risk: z.object({
    level: z.enum(['red', 'yellow', 'blue', 'green']),
    reasons: z.array(z.object({ code: z.string(), level: z.string() }).loose()),
  }),
});

export const oversightApi: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/api/v1/regions/:region/villages',
    {
      config: { access: 'region.compare' },
      schema: {
        summary: 'The villages of a township or county compared, those that need a visit first',
        security: signedIn,
        params: z.object({ region: z.string() }),
        response: { 200: listOf(comparedVillage), ...problems },
      },
    },
    async (request) => {
      const villages = await compareVillages(sql, regionOf(request).regionId, request.today);
      return {
        items: villages.map(({ townshipName, risk: { level, reasons }, ...figures }) => ({
          ...figures,
          township: townshipName,
          risk: { level, reasons: reasons.map((reason) => ({ ...reason })) },
        })),
      };
    },
  );
};
