import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type CheckLine, ReceiveCheckPage } from '../../views/goods/receive-check-page.tsx';
import { ReceivePage } from '../../views/goods/receive-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { photoFields, type StoredPhoto, storePhotos } from '../photos/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import { isRefusal, type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { addGoods } from './add-goods.ts';
import type { ReceiptRequest } from './decide-receipt.ts';
import { nameGoods } from './name-goods.ts';
import { isBarcode, type NewGoodsForm, readNewGoods, typedGoods } from './new-goods-form.ts';
import {
  BLANK_ROW,
  checkReceiptForm,
  type FaultyField,
  gatherRows,
  goodsLabel,
  isBlank,
  isDay,
  type ReadRow,
  type ReceiptForm,
  readReceiptForm,
  readRows,
} from './receipt-form.ts';
import { previewReceipt, receiveGoods } from './receive-goods.ts';
import { receivableGoods, type ShelfGoods } from './shelf.ts';
import { slipNumbers } from './slip-numbers.ts';
import { doubtUseBy, latestUseBy } from './use-by.ts';

const fields = z.record(z.string(), z.unknown());

const FIRST_ROWS = 5;
const MORE_ROWS = 5;

/** Goods come in: the form, the page to check it against the paper slip, and the one press that counts. */
export const receiveRoutes: Routes = async (app, services) => {
  const { db } = services;
  app.get(
    '/villages/:village/receipts/new',
    { config: { access: 'goods.receive' }, schema: { params: villageParams } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const [goods, { next }] = await Promise.all([
        receivableGoods(db.sql, villageId, request.today),
        slipNumbers(db.sql, villageId, 'receipts'),
      ]);
      const papers = { fund: '', voucher: next === null ? '' : String(next), invoice: '', witness: '', later: '' };
      const form = { kind: 'donation', sourceName: '', occurredOn: request.today, papers, rows: [] };
      const rows = withBlanks([], FIRST_ROWS);
      return reply.page(
        <ReceivePage {...formProps(code, form, rows, goods)} idempotencyKey={newIdempotencyKey()} faults={[]} />,
      );
    },
  );

  // The switches of size and language come back to the address of the page, also where it answers a press.
  app.get(
    '/villages/:village/receipts/check',
    { config: { access: 'goods.receive' }, schema: { params: villageParams } },
    async (request, reply) => reply.redirect(`/villages/${villageOf(request).code}/receipts/new`, 303),
  );

  app.post(
    '/villages/:village/receipts/check',
    { config: { access: 'goods.receive' }, schema: { params: villageParams, body: fields } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const goods = await receivableGoods(db.sql, villageId, request.today);
      const form = readReceiptForm(request.body);
      const idempotencyKey = lastOf(request.body.idempotencyKey) ?? newIdempotencyKey();
      const pressed = lastOf(request.body.do) ?? 'find';
      const adding = /^add-(\d{1,3})$/.exec(pressed)?.[1];
      if (adding !== undefined) {
        const added = await addInPlace(request, form, Number(adding), idempotencyKey);
        const there = await receivableGoods(db.sql, villageId, request.today);
        const rows = readRows(form.rows, there);
        return reply.code(added.refusal ? refusalStatus(added.refusal) : 200).page(
          <ReceivePage
            {...formProps(
              code,
              form,
              withBlanks(
                rows.filter((row) => !isBlank(row)),
                1,
              ),
              there,
              request.body,
            )}
            idempotencyKey={idempotencyKey}
            faults={[]}
            newErrors={added.errors}
            refusal={
              added.errors.length === 0 && added.refusal ? refusalText(request.locale, added.refusal) : undefined
            }
          />,
        );
      }
      if (pressed !== 'check') {
        const known = gatherRows(readRows(form.rows, goods));
        const blanks = Math.max(FIRST_ROWS, form.rows.length) - known.length + (pressed === 'more' ? MORE_ROWS : 0);
        const rows = withBlanks(known, Math.max(blanks, 1));
        return reply.page(
          <ReceivePage
            {...formProps(code, form, rows, goods)}
            idempotencyKey={idempotencyKey}
            faults={pressed === 'find' ? unrecognised(known) : []}
            focusedRow={known.length}
          />,
        );
      }
      const rows = readRows(form.rows, goods);
      const checked = checkReceiptForm(form, rows);
      const refusal =
        'faults' in checked ? null : refusedOf(await previewReceipt(db.sql, askerOf(request), checked.request));
      if ('faults' in checked || refusal) {
        return reply
          .code(refusalStatus(refusal ?? { refused: 'invalid_input' }))
          .page(
            <ReceivePage
              {...formProps(code, form, rows, goods)}
              idempotencyKey={idempotencyKey}
              faults={'faults' in checked ? checked.faults : []}
              refusal={refusal ? refusalText(request.locale, nameGoods(refusal, goods)) : undefined}
            />,
          );
      }
      const { source, occurredOn } = checked.request;
      const checkLines = linesToCheck(checked.request, goods);
      return reply.page(
        <ReceiveCheckPage
          receiptsHref={`/villages/${code}/receipts`}
          changeHref={`/villages/${code}/receipts/check`}
          idempotencyKey={idempotencyKey}
          kind={source.kind}
          sourceName={source.name}
          occurredOn={occurredOn}
          papers={form.papers}
          lines={checkLines}
          totalFen={checkLines.reduce((sum, line) => sum + line.quantity * line.unitValueFen, 0)}
          fields={fieldsOf({ ...form, rows: rows.filter((row) => !isBlank(row)) })}
        />,
      );
    },
  );

  app.post(
    '/villages/:village/receipts',
    { config: { access: 'goods.receive', uploads: true }, schema: { params: villageParams, body: fields } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const goods = await receivableGoods(db.sql, villageId, request.today);
      const form = readReceiptForm(request.body);
      const rows = readRows(form.rows, goods);
      const checked = checkReceiptForm(form, rows);
      const idempotencyKey = lastOf(request.body.idempotencyKey);
      const by = askerOf(request);
      const fields = photoFields(request);
      const photos = await storePhotos(services, { villageId, purpose: 'stock', addedBy: by.recordedBy, fields });
      const outcome =
        'faults' in checked || idempotencyKey === undefined
          ? { refused: 'invalid_input' }
          : 'refused' in photos
            ? photos
            : await receiveGoods(db, { ...by, ...checked.request, photos: photos.map(nameOf), idempotencyKey });
      if (!('refused' in outcome)) return reply.redirect(`/villages/${code}/receipts/${outcome.operationId}`, 303);
      // A key that belongs to other goods would be refused for ever.
      const key = outcome.refused === 'key_reused' ? undefined : idempotencyKey;
      return reply
        .code(refusalStatus(outcome))
        .page(
          <ReceivePage
            {...formProps(code, form, withBlanks(rows, 1), goods)}
            idempotencyKey={key ?? newIdempotencyKey()}
            faults={'faults' in checked ? checked.faults : []}
            refusal={'faults' in checked ? undefined : refusalText(request.locale, nameGoods(outcome, goods))}
          />,
        );
    },
  );

  /** 新增物品 in the row where it was typed or scanned; in its place stands the code that it has now. */
  async function addInPlace(request: FastifyRequest, form: ReceiptForm, index: number, idempotencyKey: string) {
    const row = form.rows[index];
    if (!row) return { errors: [], refusal: { refused: 'invalid_input' } };
    const typed = newGoodsOf(row.goods, index, request.body as Record<string, unknown>);
    const read = readNewGoods(typed);
    if ('faults' in read) {
      const t = translate(request.locale);
      const errors = read.faults.map(({ name, word }) => ({ name: `new.${name}-${index}`, message: t(word) }));
      return { errors, refusal: { refused: 'invalid_input' } };
    }
    const outcome = await addGoods(db, {
      ...askerOf(request),
      ...read,
      idempotencyKey: `${idempotencyKey} ${row.goods}`,
    });
    if ('refused' in outcome) return { errors: [], refusal: outcome };
    row.goods = read.barcode ?? `${read.name}${read.spec}`;
    return { errors: [], refusal: null };
  }
};

/** A code that was scanned is the barcode; anything else that was typed is the name to begin with. */
function newGoodsOf(goods: string, index: number, body: Readonly<Record<string, unknown>>): NewGoodsForm {
  const typed = typedGoods(body, 'new.', `-${index}`);
  const barcode = isBarcode(goods) ? goods : '';
  return {
    ...typed,
    barcode,
    zone: typed.zone || 'DAILY',
    name: typed.name || (barcode === '' ? goods.slice(0, 30) : ''),
  };
}

function formProps(
  villageCode: string,
  form: ReceiptForm,
  rows: readonly ReadRow[],
  goods: readonly ShelfGoods[],
  body: Readonly<Record<string, unknown>> = {},
) {
  const { kind, sourceName, occurredOn, papers } = form;
  return {
    papers,
    checkHref: `/villages/${villageCode}/receipts/check`,
    kind,
    sourceName,
    occurredOn,
    rows: rows.map((row, index) => {
      const [item] = row.found;
      return {
        ...row,
        newGoods: row.found.length === 0 && row.goods !== '' ? newGoodsOf(row.goods, index, body) : undefined,
        latestUseBy: item && isDay(occurredOn) ? latestUseBy(occurredOn, item.shelfLifeMonths) : undefined,
      };
    }),
    goodsLabels: goods.map(goodsLabel),
  };
}

function withBlanks(rows: readonly ReadRow[], count: number): ReadRow[] {
  return [...rows, ...Array.from({ length: count }, () => ({ ...BLANK_ROW, found: [] }))];
}

/** After a scan only what was not recognised is pointed out; what is still empty may be on its way. */
function unrecognised(rows: readonly ReadRow[]): FaultyField[] {
  return rows.flatMap(({ found, goods }, index) => {
    if (found.length === 1 || goods === '') return [];
    return [{ name: `goods-${index}`, fault: found.length === 0 ? 'goods_unknown' : 'goods_ambiguous' } as const];
  });
}

function nameOf({ publicId, sha256 }: StoredPhoto) {
  return { photo: publicId, sha256 };
}

function askerOf(request: Parameters<typeof viewerOf>[0]) {
  const { villageId } = villageOf(request);
  return { villageId, recordedBy: viewerOf(request).personId, today: request.today };
}

function refusedOf(outcome: object): Refusal | null {
  return isRefusal(outcome) ? outcome : null;
}

/** The stock before and after each line; two lots of the same goods follow each other. */
function linesToCheck({ lines, occurredOn }: ReceiptRequest, goods: readonly ShelfGoods[]): CheckLine[] {
  const byCode = new Map(goods.map((item) => [item.code, item]));
  const onHand = new Map(goods.map(({ code, quantityOnHand }) => [code, quantityOnHand]));
  return lines.flatMap(({ code, quantity, unitValueFen, useBy }) => {
    const item = byCode.get(code);
    if (!item) return [];
    const beforeQuantity = onHand.get(code) ?? 0;
    const afterQuantity = beforeQuantity + quantity;
    onHand.set(code, afterQuantity);
    const { name, spec, unit, shelfLifeMonths } = item;
    return [
      {
        code,
        name,
        spec,
        unit,
        quantity,
        unitValueFen: unitValueFen ?? item.unitValueFen,
        priceCentipoints: item.priceCentipoints,
        useBy: useBy ?? null,
        beforeQuantity,
        afterQuantity,
        doubt: doubtUseBy(useBy, { occurredOn, shelfLifeMonths }),
      },
    ];
  });
}

function fieldsOf({ kind, sourceName, occurredOn, papers, rows }: ReceiptForm): [name: string, value: string][] {
  return [
    ['kind', kind],
    ['sourceName', sourceName],
    ['occurredOn', occurredOn],
    ...Object.entries(papers),
    ...rows.flatMap(({ goods, quantity, value, useBy }): [string, string][] => [
      ['goods', goods],
      ['quantity', quantity],
      ['value', value],
      ['useBy', useBy],
    ]),
  ];
}
