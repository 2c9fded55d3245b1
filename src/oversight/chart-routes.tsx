import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { regionCharts, villageCharts } from '../../views/oversight/chart-texts.ts';
import { ChartsPage, type ShownChart } from '../../views/oversight/charts-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { regionOf, villageOf } from '../people/index.ts';
import { CHART_LOOKS, chartHash, chartSize, drawChart } from '../platform/draw-chart.ts';
import { centipoints, listOf, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { compareVillages } from './comparison.ts';
import { monthSeries } from './month-series.ts';

const pictureQuery = z.object({
  v: z.preprocess(lastOf, z.string().max(40).optional()).catch(undefined),
  look: z.preprocess(lastOf, z.enum(CHART_LOOKS)).catch('wide'),
});
const villageChart = villageParams.extend({ chart: z.string().max(40) });
const regionChart = z.object({ region: z.string(), chart: z.string().max(40) });
const fen = z.int().meta({ description: 'hundredths of a yuan' });

/** 图表: what the figures of a village were month by month, and how villages compare; each picture has its own address, and its table. */
export const chartRoutes: Routes = async (app, { db: { sql } }) => {
  const ofVillage = { access: 'village.read' } as const;
  const ofRegion = { access: 'region.compare' } as const;

  app.get('/villages/:village/charts', { config: ofVillage }, async (request, reply) => {
    const { code, name } = villageOf(request);
    const charts = await chartsOfVillage(request);
    return drawPage(request, reply, { base: `/villages/${code}`, name, upHref: `/villages/${code}/desk`, charts });
  });

  app.get(
    '/villages/:village/charts/:chart',
    { config: ofVillage, schema: { params: villageChart, querystring: pictureQuery } },
    async (request, reply) => drawPicture(reply, await chartsOfVillage(request), request.params.chart, request.query),
  );

  app.get('/regions/:region/charts', { config: ofRegion }, async (request, reply) => {
    const { code, name } = regionOf(request);
    const charts = await chartsOfRegion(request);
    return drawPage(request, reply, { base: `/regions/${code}`, name, upHref: `/regions/${code}`, charts });
  });

  app.get(
    '/regions/:region/charts/:chart',
    { config: ofRegion, schema: { params: regionChart, querystring: pictureQuery } },
    async (request, reply) => drawPicture(reply, await chartsOfRegion(request), request.params.chart, request.query),
  );

  app.get(
    '/api/v1/villages/:village/months',
    {
      config: ofVillage,
      schema: {
        summary: 'The last twelve months of a village: points, exchanges, stock, and what is promised',
        security: signedIn,
        params: villageParams,
        response: {
          200: listOf(
            z.object({
              month: z.string(),
              givenCentipoints: centipoints,
              exchangedCentipoints: centipoints,
              exchanges: z.int(),
              stockFen: fen,
              moneyFen: fen,
              promisedFen: fen,
            }),
          ),
          ...problems,
        },
      },
    },
    async (request) => ({ items: await monthSeries(sql, { ...villageOf(request), today: request.today }) }),
  );

  async function chartsOfVillage(request: FastifyRequest) {
    const months = await monthSeries(sql, { ...villageOf(request), today: request.today });
    return villageCharts(months, { t: translate(request.locale), locale: request.locale });
  }

  async function chartsOfRegion(request: FastifyRequest) {
    const villages = await compareVillages(sql, regionOf(request).regionId, request.today);
    return regionCharts(villages, translate(request.locale));
  }
};

function drawPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { base, name, upHref, charts }: { base: string; name: string; upHref: string; charts: readonly ShownChart[] },
) {
  const title = translate(request.locale)('oversight.charts.title', { place: name });
  return reply.page(
    <ChartsPage
      title={title}
      crumbs={[{ href: upHref, label: name }]}
      charts={charts}
      pictureOf={({ name: chart, picture }, look) => ({
        address: `${base}/charts/${chart}.svg?v=${chartHash(picture)}${look === 'wide' ? '' : `&look=${look}`}`,
        ...chartSize(picture, look),
      })}
    />,
  );
}

/** By the hash in its address a browser keeps it as long as it likes: other figures have another address. */
async function drawPicture(
  reply: FastifyReply,
  charts: readonly ShownChart[],
  file: string,
  { v: version, look }: z.output<typeof pictureQuery>,
) {
  const chart = charts.find(({ name }) => `${name}.svg` === file);
  if (!chart) return reply.callNotFound();
  const isNamed = version === chartHash(chart.picture);
  return reply
    .type('image/svg+xml')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    .header('cache-control', isNamed ? 'private, max-age=86400' : 'no-store')
    .send(await drawChart(chart.picture, look));
}
