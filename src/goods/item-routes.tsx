import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GoodsItemPage } from '../../views/goods/goods-item-page.tsx';
import { PricePage } from '../../views/goods/price-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { villageTerms } from '../ledger/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import { isRefusal, type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { parsePoints } from '../platform/points.ts';
import { WRITE_OFF_CAUSES } from './causes.ts';
import { priceForValue } from './decide-price.ts';
import { goodsItem } from './goods-item.ts';
import { goodsLots } from './goods-lots.ts';
import { nameGoods } from './name-goods.ts';
import { priceHistory } from './price-history.ts';
import { proposals } from './proposals.ts';
import { type ProposedChange, proposeChange } from './propose-change.ts';
import { renameGoods } from './rename-goods.ts';
import { priceByRate, restrictGoods, setTerms } from './set-terms.ts';

const params = villageParams.extend({ goods: z.string().min(1).max(40) });
const body = z.record(z.string(), z.unknown());

const MOST_NAME = 30;

type ItemRequest = FastifyRequest<{ Params: { goods: string } }>;

/** One kind of goods: for everybody what it costs and cost, for staff its lots, price and limits. */
export const itemRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/shelf/:goods',
    { config: { access: 'everybody' }, schema: { params } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const [item, prices] = await Promise.all([
        goodsItem(sql, villageId, request.params.goods, request.today),
        priceHistory(sql, villageId, request.params.goods),
      ]);
      if (!item) return reply.refuse({ refused: 'no_such_goods' });
      return reply.page(
        <PricePage
          {...item}
          name={`${item.name} ${item.spec}`}
          prices={prices}
          shelfHref={`/villages/${code}/shelf`}
          actsHref={`/villages/${code}/acts`}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/goods/:goods',
    { config: { access: 'village.read' }, schema: { params } },
    async (request, reply) => drawItem(request, reply, {}),
  );

  app.post(
    '/villages/:village/goods/:goods/prices',
    { config: { access: 'goods.manage' }, schema: { params, body } },
    async (request, reply) => {
      const outcome = await priceByRate(db, { ...actOf(request), code: request.params.goods });
      return answer(request, reply, outcome);
    },
  );

  app.post(
    '/villages/:village/goods/:goods/terms',
    { config: { access: 'goods.manage' }, schema: { params, body } },
    async (request, reply) => {
      const values = valuesOf(request);
      const names = ['monthMax', 'yearMax', 'reorder'] as const;
      const [monthMax = null, yearMax = null, reorder = null] = names.map((name) => readCount(values[name] ?? ''));
      const wrong = names.filter((name) => Number.isNaN(readCount(values[name] ?? '') ?? 0));
      if (wrong.length > 0) return drawItem(request, reply, { faults: wrong.map((name) => [name, 'count_wrong']) });
      const terms = { monthMax, yearMax, reorder };
      return answer(request, reply, await setTerms(db, { ...actOf(request), code: request.params.goods, ...terms }));
    },
  );

  app.post(
    '/villages/:village/goods/:goods/names',
    { config: { access: 'goods.manage' }, schema: { params, body } },
    async (request, reply) => {
      const name = valuesOf(request)['name'] ?? '';
      if (name === '' || name.length > MOST_NAME) return drawItem(request, reply, { faults: [['name', 'name_wrong']] });
      return answer(request, reply, await renameGoods(db, { ...actOf(request), code: request.params.goods, name }));
    },
  );

  app.post(
    '/villages/:village/goods/:goods/restrictions',
    { config: { access: 'goods.manage' }, schema: { params, body } },
    async (request, reply) =>
      answer(request, reply, await restrictGoods(db, { ...actOf(request), code: request.params.goods })),
  );

  app.post(
    '/villages/:village/goods/:goods/proposals',
    { config: { access: 'goods.manage' }, schema: { params, body } },
    async (request, reply) => {
      const read = readProposal(request.params.goods, valuesOf(request));
      if ('faults' in read) return drawItem(request, reply, read);
      const { villageId, code } = villageOf(request);
      const { personId } = viewerOf(request);
      const outcome = await proposeChange(sql, { villageId, personId, today: request.today, change: read.change });
      if ('refused' in outcome) return drawItem(request, reply, { refusal: outcome });
      return reply.redirect(`/villages/${code}/goods-proposals`, 303);
    },
  );

  async function answer(request: ItemRequest, reply: FastifyReply, outcome: object) {
    if (isRefusal(outcome)) return drawItem(request, reply, { refusal: outcome });
    return reply.redirect(`/villages/${villageOf(request).code}/goods/${request.params.goods}`, 303);
  }

  async function drawItem(
    request: ItemRequest,
    reply: FastifyReply,
    { refusal, faults = [] }: { refusal?: Refusal; faults?: readonly ProposalFault[] },
  ) {
    const { villageId, code } = villageOf(request);
    const item = await goodsItem(sql, villageId, request.params.goods, request.today);
    if (!item) return reply.refuse({ refused: 'no_such_goods' });
    const [lots, waiting, { fenPerPoint }] = await Promise.all([
      goodsLots(sql, villageId, item.goodsId),
      proposals(sql, { villageId, today: request.today, code: item.code, limit: 20 }),
      villageTerms(sql, villageId),
    ]);
    const t = translate(request.locale);
    const errors: FieldErrors = faults.map(([name, fault]) => ({ name, message: t(`goods.fault.${fault}`) }));
    const itemHref = `/villages/${code}/goods/${item.code}`;
    const mayManage = may(viewerOf(request).appointments, 'goods.manage', villageOf(request));
    const refused = refusal ?? (errors.length > 0 ? { refused: 'invalid_input' } : undefined);
    return reply
      .code(refused ? refusalStatus(refused) : 200)
      .page(
        <GoodsItemPage
          item={item}
          lots={lots}
          ratedCentipoints={priceForValue(item.newestValueFen, fenPerPoint)}
          waiting={waiting.filter(({ state }) => state === 'open')}
          stockHref={`/villages/${code}/goods`}
          historyHref={`/villages/${code}/shelf/${item.code}`}
          proposalsHref={`/villages/${code}/goods-proposals`}
          manage={mayManage ? { itemHref, idempotencyKey: newIdempotencyKey(), values: valuesOf(request) } : undefined}
          refusal={refusal && refusalText(request.locale, nameGoods(refusal, [item]))}
          errors={errors}
        />,
      );
  }
};

type ProposalFault = readonly [
  name: string,
  fault: 'name_wrong' | 'price_wrong' | 'reason_missing' | 'quantity_wrong' | 'cause_missing' | 'count_wrong',
];

function readProposal(
  code: string,
  values: Readonly<Record<string, string>>,
): { change: ProposedChange } | { faults: ProposalFault[] } {
  if (values['kind'] === 'writeoff') {
    const quantity = readCount(values['quantity'] ?? '') ?? Number.NaN;
    const cause = WRITE_OFF_CAUSES.find((one) => one === values['cause']);
    const faults: ProposalFault[] = [];
    if (Number.isNaN(quantity)) faults.push(['quantity', 'quantity_wrong']);
    if (!cause) faults.push(['cause', 'cause_missing']);
    if (!cause || faults.length > 0) return { faults };
    return { change: { kind: 'writeoff', code, lotId: Number(values['lot']) || 0, quantity, reason: cause } };
  }
  const priceCentipoints = parsePoints(values['price'] ?? '');
  const reason = (values['reason'] ?? '').trim();
  const faults: ProposalFault[] = [];
  if (priceCentipoints === null || priceCentipoints <= 0 || priceCentipoints > 10_000_000)
    faults.push(['price', 'price_wrong']);
  if (reason === '') faults.push(['reason', 'reason_missing']);
  if (priceCentipoints === null || faults.length > 0) return { faults };
  return { change: { kind: 'price', code, priceCentipoints, reason } };
}

/** Nothing is null; what is no whole number from 1 to 9999 is NaN. */
function readCount(text: string): number | null {
  if (text === '') return null;
  return /^0*[1-9]\d{0,3}$/.test(text) ? Number(text) : Number.NaN;
}

function valuesOf(request: FastifyRequest): Record<string, string> {
  const fields = request.body && typeof request.body === 'object' ? request.body : {};
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, (lastOf(value) ?? '').normalize('NFKC').trim().slice(0, 100)]),
  );
}

function actOf(request: FastifyRequest) {
  const key = valuesOf(request)['idempotencyKey'];
  return {
    villageId: villageOf(request).villageId,
    idempotencyKey: key === undefined || key === '' ? newIdempotencyKey() : key,
    recordedBy: viewerOf(request).personId,
    today: request.today,
  };
}
