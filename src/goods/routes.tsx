import { z } from 'zod';
import { ReceiptPage } from '../../views/goods/receipt-page.tsx';
import { ReceiptsPage } from '../../views/goods/receipts-page.tsx';
import { ShelfPage } from '../../views/goods/shelf-page.tsx';
import { type StockFilter, StockPage } from '../../views/goods/stock-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { villageTerms } from '../ledger/index.ts';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { villageDay, villageTime } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { seqNumber } from '../platform/http/form-fields.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import type { Locale } from '../platform/i18n/locale.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { checkReceipt } from './check-receipt.ts';
import { decideWarning } from './decide-warning.ts';
import { findGoods } from './find-goods.ts';
import { type Receipt, receipt, receipts } from './receipt.ts';
import { shelf, ZONES, type Zone } from './shelf.ts';
import { slipNumbers } from './slip-numbers.ts';
import { stockList } from './stock-list.ts';

const FILTERS = ['all', 'none', 'low', 'expiring', 'expired'] as const satisfies readonly StockFilter[];

const stockQuery = z.object({
  q: z.string().trim().max(100).catch(''),
  only: z.enum(FILTERS).catch('all'),
});

const PAGE = 50;

/** What is there: the storekeeper's list, what came in, and the shelf that everybody may see. */
export const goodsRoutes: Routes = async (app, { db }) => {
  const { sql } = db;
  app.get(
    '/villages/:village/goods',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: stockQuery } },
    async (request, reply) => {
      const { q, only } = request.query;
      const { village, goods, receipts: receiptsHref, receive } = hrefsOf(request);
      const all = await stockList(sql, villageOf(request).villageId, request.today);
      const judged = all.map((line) => ({ ...line, warning: decideWarning(line, request.today) }));
      const found = q === '' ? judged : findGoods(judged, q);
      const rows = found.filter(({ warning }) => (only === 'all' ? warning !== 'never' : warning === only));
      return reply.page(
        <StockPage
          stockHref={goods}
          receiptsHref={receiptsHref}
          proposalsHref={`${village}/goods-proposals`}
          stocktakesHref={`${village}/stocktakes`}
          receiveHref={allows(request, 'goods.receive') ? receive : undefined}
          zones={byZone(rows, request.locale).map(({ goods: ofZone, ...zone }) => ({ ...zone, rows: ofZone }))}
          never={only === 'all' ? found.filter(({ warning }) => warning === 'never') : []}
          totals={{
            kinds: all.filter(({ quantityOnHand }) => quantityOnHand > 0).length,
            valueFen: all.reduce((sum, { valueFen }) => sum + valueFen, 0),
          }}
          filters={FILTERS.map((filter) => ({
            filter,
            href: filter === 'all' ? goods : `${goods}?only=${filter}`,
            count: judged.filter(({ warning }) => (filter === 'all' ? warning !== 'never' : warning === filter)).length,
            current: filter === only,
          }))}
          query={q}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/receipts',
    {
      config: { access: 'village.read' },
      schema: {
        params: villageParams,
        querystring: z.object({ before: seqNumber.optional().catch(undefined) }),
      },
    },
    async (request, reply) => {
      const { before } = request.query;
      const { receipts: href, receive } = hrefsOf(request);
      const { villageId } = villageOf(request);
      const [found, { missing, missingCount }] = await Promise.all([
        receipts(sql, villageId, { beforeSeq: before, limit: PAGE + 1, today: request.today }),
        slipNumbers(sql, villageId, 'receipts'),
      ]);
      const rows = found.slice(0, PAGE);
      return reply.page(
        <ReceiptsPage
          rows={rows.map((row) => ({ ...describe(row), href: `${href}/${row.operationId}` }))}
          receiveHref={allows(request, 'goods.receive') ? receive : undefined}
          missing={{ numbers: missing, count: missingCount }}
          nextHref={found.length > PAGE ? `${href}?before=${rows.at(-1)?.seq}` : undefined}
          firstHref={before === undefined ? undefined : href}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/receipts/:operation',
    {
      config: { access: 'village.read' },
      schema: { params: villageParams.extend({ operation: z.string().max(40) }) },
    },
    async (request, reply) => {
      const found = await receipt(sql, villageOf(request).villageId, request.params.operation, request.today);
      if (!found) return reply.refuse({ refused: 'unknown_receipt' });
      return reply.page(drawReceipt(request, found));
    },
  );

  app.post(
    '/villages/:village/receipts/:operation/checks',
    {
      config: { access: 'goods.check' },
      schema: {
        params: villageParams.extend({ operation: z.string().max(40) }),
        body: z.object({ idempotencyKey: z.string().min(1).max(200) }),
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const found = await receipt(sql, villageId, request.params.operation, request.today);
      if (!found) return reply.refuse({ refused: 'unknown_receipt' });
      const outcome = await checkReceipt(db, {
        villageId,
        seq: found.seq,
        idempotencyKey: request.body.idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) {
        const now = (await receipt(sql, villageId, request.params.operation, request.today)) ?? found;
        return reply.code(refusalStatus(outcome)).page(drawReceipt(request, now, refusalText(request.locale, outcome)));
      }
      return reply.redirect(`${hrefsOf(request).receipts}/${found.operationId}`, 303);
    },
  );

  app.get(
    '/villages/:village/shelf',
    { config: { access: 'everybody' }, schema: { params: villageParams } },
    async (request, reply) => {
      const { villageId, name } = villageOf(request);
      const { village } = hrefsOf(request);
      const [goods, { fenPerPoint }] = await Promise.all([
        shelf(sql, villageId, request.today),
        villageTerms(sql, villageId),
      ]);
      return reply.page(
        <ShelfPage
          villageName={name}
          villageHref={village}
          shelfHref={`${village}/shelf`}
          rulesHref={`${village}/rules`}
          fenPerPoint={fenPerPoint}
          zones={byZone(
            goods.filter(({ quantityOnHand }) => quantityOnHand > 0),
            request.locale,
          )}
          gone={goods.filter(({ quantityOnHand }) => quantityOnHand <= 0)}
        />,
      );
    },
  );
};

function drawReceipt(request: VillageRequest, found: Receipt, refusal?: string) {
  const { village, goods, receipts: href, receive } = hrefsOf(request);
  const isStanding = found.reversedBySeq === null;
  const mayReverse = isStanding && allows(request, 'act.reverse');
  const isOthers = found.recordedBy !== viewerOf(request).personId;
  const mayCheck = isStanding && found.awaitsCheck && isOthers && allows(request, 'goods.check');
  const checkHref = `${href}/${found.operationId}/checks`;
  return (
    <ReceiptPage
      receipt={describe(found)}
      actHref={`${village}/acts/${found.seq}`}
      stockHref={goods}
      photosHref={`${village}/photos`}
      receiveHref={allows(request, 'goods.receive') ? receive : undefined}
      reversalHref={mayReverse ? `${village}/reversals/new?operation=${found.operationId}` : undefined}
      check={mayCheck ? { href: checkHref, idempotencyKey: newIdempotencyKey() } : undefined}
      refusal={refusal}
    />
  );
}

type VillageRequest = Parameters<typeof villageOf>[0];

function hrefsOf(request: VillageRequest) {
  const village = `/villages/${villageOf(request).code}`;
  return { village, goods: `${village}/goods`, receipts: `${village}/receipts`, receive: `${village}/receipts/new` };
}

function allows(request: VillageRequest, capability: Capability): boolean {
  return may(viewerOf(request).appointments, capability, villageOf(request));
}

/** The zones that have any of the goods, in the order of the shop. */
function byZone<Goods extends { zone: Zone }>(goods: readonly Goods[], locale: Locale) {
  const t = translate(locale);
  return ZONES.map((zone) => ({
    code: zone,
    name: t(`goods.zone.${zone}`),
    goods: goods.filter((item) => item.zone === zone),
  })).filter((zone) => zone.goods.length > 0);
}

function describe({ recordedAt, ...found }: Receipt) {
  return { ...found, recordedDay: villageDay(recordedAt), recordedTime: villageTime(recordedAt) };
}
