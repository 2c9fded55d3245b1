import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { CountSheetPage } from '../../views/stocktakes/count-sheet-page.tsx';
import { StocktakePage } from '../../views/stocktakes/stocktake-page.tsx';
import { StocktakesPage } from '../../views/stocktakes/stocktakes-page.tsx';
import { CAUSES, nameGoods, ZONES } from '../goods/index.ts';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { villageDay } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { readCounts, readScan, readTime } from './count-form.ts';
import { varianceOf } from './decide-stocktake.ts';
import { type CountLine, countLines, KINDS_BY_HAND, type Stocktake, stocktakes } from './stocktake.ts';
import { moveOn, nameCauses, openStocktake, postStocktake, saveCounts } from './take-stock.ts';

const params = villageParams.extend({ stocktake: rowNumber });
const body = z.record(z.string(), z.unknown());
const PAGE = 30;

type Scanned = { fault: 'code' | 'code.moved' } | { code: string; counts: { code: string; counted: number }[] } | null;

type OneRequest = FastifyRequest<{ Params: { stocktake: number } }>;

/** 盘点: begin, count blind, look at the differences, record. */
export const stocktakeRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/stocktakes',
    {
      config: { access: 'village.read' },
      schema: {
        params: villageParams,
        querystring: z.object({ before: rowNumber.optional().catch(undefined) }),
      },
    },
    async (request, reply) => drawList(request, reply, { beforeId: request.query.before }),
  );

  app.post(
    '/villages/:village/stocktakes',
    { config: { access: 'goods.manage' }, schema: { params: villageParams, body } },
    async (request, reply) => {
      const kind = KINDS_BY_HAND.find((one) => one === lastOf(request.body.kind)) ?? 'monthly';
      const secondCounter = (lastOf(request.body.secondCounter) ?? '').trim().slice(0, 40);
      const outcome = await openStocktake(sql, { ...askerOf(request), kind, secondCounter });
      if ('refused' in outcome) return drawList(request, reply, { refusal: outcome, values: { kind, secondCounter } });
      return reply.redirect(`${hrefOf(request)}/${outcome.stocktakeId}`, 303);
    },
  );

  app.get(
    '/villages/:village/stocktakes/:stocktake',
    {
      config: { access: 'village.read' },
      schema: {
        params,
        querystring: z.object({
          saved: z.string().max(40).optional().catch(undefined),
          scanned: z.string().max(40).optional().catch(undefined),
        }),
      },
    },
    async (request, reply) => {
      const { saved, scanned } = request.query;
      return drawOne(request, reply, { saved: saved !== undefined, scanned });
    },
  );

  app.get(
    '/villages/:village/stocktakes/:stocktake/sheet',
    { config: { access: 'village.read' }, schema: { params } },
    async (request, reply) => {
      const { villageId, name } = villageOf(request);
      const [found] = await stocktakes(sql, villageId, { stocktakeId: request.params.stocktake, limit: 1 });
      if (!found) return reply.refuse({ refused: 'unknown_stocktake' });
      return reply.page(
        <CountSheetPage
          backHref={`${hrefOf(request)}/${found.stocktakeId}`}
          villageName={name}
          number={found.stocktakeId}
          openedDay={villageDay(found.openedAt)}
          counters={`${found.openedByName}、${found.secondCounter}`}
          lines={await countLines(sql, villageId, found)}
        />,
      );
    },
  );

  app.post(
    '/villages/:village/stocktakes/:stocktake/counts',
    { config: { access: 'goods.manage' }, schema: { params, body } },
    async (request, reply) => {
      const read = readCounts(request.body);
      const countedAt = readTime(lastOf(request.body.countedAt) ?? '', new Date());
      const faults = [...read.faults, ...(countedAt === null ? ['countedAt'] : [])];
      if (faults.length > 0 || countedAt === null) return drawOne(request, reply, { faults });
      const one = { ...askerOf(request), stocktakeId: request.params.stocktake };
      const scanned = await addScanned(one, request.body, read.counts);
      if (scanned && 'fault' in scanned) return drawOne(request, reply, { faults: [scanned.fault] });
      const counts = scanned?.counts ?? read.counts;
      const saved = await saveCounts(sql, { ...one, counts, countedAt });
      if ('refused' in saved) return drawOne(request, reply, { refusal: saved });
      if (scanned) return goTo(request, reply, `?scanned=${encodeURIComponent(scanned.code)}`);
      if (lastOf(request.body.do) !== 'review') return goTo(request, reply, '?saved=1');
      const moved = await moveOn(sql, one, 'review');
      return 'refused' in moved ? drawOne(request, reply, { refusal: moved }) : goTo(request, reply);
    },
  );

  app.post(
    '/villages/:village/stocktakes/:stocktake/reviews',
    { config: { access: 'goods.manage' }, schema: { params, body } },
    async (request, reply) => {
      const one = { ...askerOf(request), stocktakeId: request.params.stocktake };
      const isRecount = lastOf(request.body.do) === 'recount';
      const outcome = isRecount
        ? await moveOn(sql, one, 'recount')
        : await nameCauses(sql, { ...one, causes: readCauses(request.body) });
      if ('refused' in outcome) return drawOne(request, reply, { refusal: outcome });
      return goTo(request, reply, isRecount ? '' : '?saved=causes');
    },
  );

  app.post(
    '/villages/:village/stocktakes/:stocktake/postings',
    { config: { access: 'goods.check' }, schema: { params } },
    async (request, reply) => {
      const one = { ...askerOf(request), stocktakeId: request.params.stocktake, today: request.today };
      const outcome = await postStocktake(db, one);
      return 'refused' in outcome ? drawOne(request, reply, { refusal: outcome }) : goTo(request, reply);
    },
  );

  app.post(
    '/villages/:village/stocktakes/:stocktake/abandonments',
    { config: { access: 'goods.manage' }, schema: { params } },
    async (request, reply) => {
      const one = { ...askerOf(request), stocktakeId: request.params.stocktake };
      const outcome = await moveOn(sql, one, 'abandon');
      return 'refused' in outcome ? drawOne(request, reply, { refusal: outcome }) : goTo(request, reply);
    },
  );

  function goTo(request: OneRequest, reply: FastifyReply, query = '') {
    return reply.redirect(`${hrefOf(request)}/${request.params.stocktake}${query}`, 303);
  }

  /** One more of what was scanned, on top of what stands in the form or was saved. */
  async function addScanned(
    { villageId, stocktakeId }: { villageId: number; stocktakeId: number },
    fields: Readonly<Record<string, unknown>>,
    counts: readonly { code: string; counted: number }[],
  ): Promise<Scanned> {
    const scan = readScan(fields);
    if (!scan) return null;
    const [found] = await stocktakes(sql, villageId, { stocktakeId, limit: 1 });
    const lines = found ? await countLines(sql, villageId, found) : [];
    const line = lines.find(({ code, barcode }) => code === scan.code || barcode === scan.code);
    if (!line) return { fault: 'code' };
    // Of what was counted some has gone since, or more has come: how many of them lie there now, only a new count says.
    const there = line.lots.reduce((sum, { quantityOnHand }) => sum + quantityOnHand, 0);
    if (line.counted !== null && line.expected !== there) return { fault: 'code.moved' };
    const before = counts.find(({ code }) => code === line.code)?.counted ?? line.counted ?? 0;
    const others = counts.filter(({ code }) => code !== line.code);
    return { code: line.code, counts: [...others, { code: line.code, counted: before + scan.quantity }] };
  }

  async function drawList(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: { beforeId?: number | undefined; refusal?: Refusal; values?: { kind: string; secondCounter: string } },
  ) {
    const { villageId, code } = villageOf(request);
    const { beforeId, refusal, values = { kind: 'monthly', secondCounter: '' } } = asked;
    const found = await stocktakes(sql, villageId, { beforeId, limit: PAGE + 1 });
    const rows = found.slice(0, PAGE).map(rowOf);
    const href = hrefOf(request);
    const text = refusal && refusalText(request.locale, refusal);
    return reply
      .code(refusal ? refusalStatus(refusal) : 200)
      .page(
        <StocktakesPage
          href={href}
          stockHref={`/villages/${code}/goods`}
          rows={rows}
          open={rows.find(({ state }) => state === 'counting' || state === 'reviewing') ?? null}
          mayOpen={allows(request, 'goods.manage')}
          values={values}
          refusal={text}
          nextHref={found.length > PAGE ? `${href}?before=${rows.at(-1)?.stocktakeId}` : undefined}
          firstHref={beforeId === undefined ? undefined : href}
        />,
      );
  }

  async function drawOne(
    request: OneRequest,
    reply: FastifyReply,
    {
      refusal,
      faults = [],
      saved = false,
      scanned,
    }: { refusal?: Refusal; faults?: readonly string[]; saved?: boolean; scanned?: string | undefined },
  ) {
    const { villageId, code } = villageOf(request);
    const [found] = await stocktakes(sql, villageId, { stocktakeId: request.params.stocktake, limit: 1 });
    if (!found) return reply.refuse({ refused: 'unknown_stocktake' });
    const lines = await countLines(sql, villageId, found);
    const t = translate(request.locale);
    const errors: FieldErrors = faults.map((name) => ({
      name: name === 'code.moved' ? 'code' : name,
      message: t(FAULT_WORDS[name] ?? 'stocktakes.countWrong'),
    }));
    const typed = (request.body ?? {}) as Record<string, unknown>;
    const refused = refusal ?? (errors.length > 0 ? { refused: 'invalid_input' } : undefined);
    const isCounting = found.state === 'counting';
    return reply
      .code(refused ? refusalStatus(refused) : 200)
      .page(
        <StocktakePage
          href={`${hrefOf(request)}/${found.stocktakeId}`}
          listHref={hrefOf(request)}
          stocktake={{ ...rowOf(found), seq: found.seq }}
          refusal={refusal && refusalText(request.locale, nameGoods(refusal, lines))}
          errors={errors}
          blind={isCounting ? lines.map((line) => blindLine(line, typed)) : undefined}
          countedAt={isCounting ? (lastOf(typed['countedAt']) ?? '') : ''}
          saved={saved}
          scan={{ typed: lastOf(typed['code']) ?? '', last: lines.find(({ code }) => code === scanned) }}
          differences={isCounting || found.state === 'abandoned' ? undefined : differencesOf(lines)}
          countedKinds={lines.filter(({ counted }) => counted !== null).length}
          actHref={found.seq === null ? undefined : `/villages/${code}/acts/${found.seq}`}
          may={{ count: allows(request, 'goods.manage'), post: allows(request, 'goods.check') }}
        />,
      );
  }
};

const FAULT_WORDS: Readonly<
  Record<string, 'stocktakes.timeWrong' | 'stocktakes.codeUnknown' | 'stocktakes.codeMoved'>
> = {
  countedAt: 'stocktakes.timeWrong',
  code: 'stocktakes.codeUnknown',
  'code.moved': 'stocktakes.codeMoved',
};

function blindLine({ code, name, spec, unit, zone, counted }: CountLine, typed: Record<string, unknown>) {
  const kept = lastOf(typed[`counted.${code}`]);
  const known = ZONES.find((one) => one === zone) ?? 'DAILY';
  return { code, name, spec, unit, zone: known, typed: kept ?? (counted === null ? '' : String(counted)) };
}

function differencesOf(lines: readonly CountLine[]) {
  return lines.flatMap((line) => {
    if (line.counted === null || line.counted === line.expected) return [];
    const variance = varianceOf(line);
    const valueFen = 'refused' in variance ? null : variance.valueFen;
    return [{ ...line, counted: line.counted, valueFen }];
  });
}

function readCauses(fields: Readonly<Record<string, unknown>>) {
  return Object.entries(fields).flatMap(([name, value]) => {
    const cause = CAUSES.find((one) => one === lastOf(value));
    return name.startsWith('cause.') && cause ? [{ code: name.slice('cause.'.length), cause }] : [];
  });
}

function rowOf({ openedAt, closedAt: _closedAt, operationId: _operation, ...stocktake }: Stocktake) {
  return { ...stocktake, openedDay: villageDay(openedAt) };
}

function askerOf(request: FastifyRequest) {
  return { villageId: villageOf(request).villageId, personId: viewerOf(request).personId };
}

function hrefOf(request: FastifyRequest): string {
  return `/villages/${villageOf(request).code}/stocktakes`;
}

function allows(request: FastifyRequest, capability: Capability): boolean {
  return may(viewerOf(request).appointments, capability, villageOf(request));
}
