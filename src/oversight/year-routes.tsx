import { z } from 'zod';
import { RegionYearPage } from '../../views/oversight/region-year-page.tsx';
import { VillageYearPage } from '../../views/oversight/village-year-page.tsx';
import { regionOf, villageOf } from '../people/index.ts';
import { centipoints, listOf, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { yearReport } from './year-report.ts';

const year = z.coerce.number().int().min(2000).max(2999);
const fen = z.int().meta({ description: 'hundredths of a yuan' });
const count = z.int();

const yearAnswer = z.object({
  code: z.string(),
  name: z.string(),
  households: count,
  openCards: count,
  openedCentipoints: centipoints,
  givenCentipoints: centipoints,
  takenCentipoints: centipoints,
  exchangedCentipoints: centipoints,
  exchanges: count,
  exchangingHouseholds: count,
  boughtFen: fen,
  donatedFen: fen,
  handedOutFen: fen,
  giftGoodsFen: fen,
  giftMoneyFen: fen,
  gifts: count,
  wishesFiled: count,
  wishesFulfilled: count,
  objections: count,
  objectionsUpheld: count,
  problemsFound: count,
  problemsClosed: count,
  publishedMonths: count,
});

/** 年报: a sheet of one year of a village, or of a township or county with its villages; each figure leads to its lines. */
export const yearRoutes: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/villages/:village/years/:year',
    { config: { access: 'village.read' }, schema: { params: villageParams.extend({ year }) } },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const [figures] = await yearReport(sql, { regionId: villageId, year: request.params.year });
      if (!figures) throw new Error(`village ${villageId} has no figures`);
      return reply.page(<VillageYearPage year={request.params.year} figures={figures} />);
    },
  );

  app.get(
    '/regions/:region/years/:year',
    { config: { access: 'region.compare' }, schema: { params: z.object({ region: z.string(), year }) } },
    async (request, reply) => {
      const region = regionOf(request);
      const villages = await yearReport(sql, { regionId: region.regionId, year: request.params.year });
      return reply.page(<RegionYearPage region={region} year={request.params.year} villages={villages} />);
    },
  );

  app.get(
    '/api/v1/regions/:region/years/:year',
    {
      config: { access: 'region.compare' },
      schema: {
        summary: 'A year of each village of a township or county, or of the one village',
        security: signedIn,
        params: z.object({ region: z.string(), year }),
        response: { 200: listOf(yearAnswer), ...problems },
      },
    },
    async (request) => ({
      items: await yearReport(sql, { regionId: regionOf(request).regionId, year: request.params.year }),
    }),
  );
};
