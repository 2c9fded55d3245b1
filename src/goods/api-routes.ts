import { z } from 'zod';
import { FUNDS } from '../ledger/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import {
  centipoints,
  day,
  idempotencyHeaders,
  listOf,
  problems,
  quantity,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { checkReceipt } from './check-receipt.ts';
import { receiveGoods } from './receive-goods.ts';
import { shelf, ZONES } from './shelf.ts';

const goodsAnswer = z.object({
  code: z.string(),
  barcode: z.string().nullable(),
  zone: z.enum(ZONES),
  name: z.string(),
  spec: z.string(),
  unit: z.string(),
  priceCentipoints: centipoints,
  unitValueFen: z.int(),
  quantityOnHand: z.int(),
});

/** `"donation"`, `"purchase"`, the name of a donor, or both together. */
const source = z.union([
  z.enum(['donation', 'purchase']).transform((kind) => ({ kind, name: '' })),
  z
    .string()
    .trim()
    .min(1)
    .max(80)
    .transform((name) => ({ kind: 'donation' as const, name })),
  z.object({ kind: z.enum(['donation', 'purchase']), name: z.string().trim().max(80).default('') }),
]);

const receiptBody = z.object({
  source,
  occurredOn: day.optional(),
  fund: z.enum(FUNDS).optional().meta({ description: 'out of which pocket the goods came' }),
  voucher: z.int().min(1).max(999_999_999).optional().meta({ description: 'number of the paper slip' }),
  invoice: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,40}$/)
    .optional(),
  witness: z.string().trim().min(1).max(40).optional().meta({ description: 'who saw the goods besides' }),
  isCheckedLater: z
    .boolean()
    .optional()
    .meta({ description: 'another member of staff looks before they are handed out' }),
  lines: z
    .array(
      z.object({
        goods: z.string().min(1).max(40),
        quantity,
        unitValueFen: z.int().min(0).max(10_000_000).optional(),
        useBy: day.optional(),
      }),
    )
    .min(1)
    .max(200),
});

export const goodsApi: Routes = async (app, { db }) => {
  app.get(
    '/api/v1/villages/:village/goods',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'The shelf: prices and stock',
        params: villageParams,
        response: { 200: listOf(goodsAnswer), ...problems },
      },
    },
    async (request) => ({ items: await shelf(db.sql, villageOf(request).villageId, request.today) }),
  );

  app.post(
    '/api/v1/villages/:village/receipts',
    {
      config: { access: 'goods.receive' },
      schema: {
        summary: 'Take goods in',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: receiptBody,
        response: { 201: z.object({ seq: z.int(), operation: z.string(), recordedAt: z.iso.datetime() }), ...problems },
      },
    },
    async (request, reply) => {
      const { occurredOn = request.today, lines, ...papers } = request.body;
      const outcome = await receiveGoods(db, {
        villageId: villageOf(request).villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
        ...papers,
        occurredOn,
        lines: lines.map(({ goods, ...line }) => ({ code: goods, ...line })),
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      const { operationId, recordedAt, acts } = outcome;
      return reply.code(201).send({ seq: acts[0]?.seq ?? 0, operation: operationId, recordedAt });
    },
  );

  app.post(
    '/api/v1/villages/:village/receipts/:seq/checks',
    {
      config: { access: 'goods.check' },
      schema: {
        summary: 'Say, as a second person, that a receipt is as its slip says',
        security: signedIn,
        params: villageParams.extend({ seq: seqNumber }),
        headers: idempotencyHeaders,
        response: { 201: z.object({ seq: z.int(), operation: z.string(), recordedAt: z.iso.datetime() }), ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await checkReceipt(db, {
        villageId: villageOf(request).villageId,
        seq: request.params.seq,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      const { operationId, recordedAt, acts } = outcome;
      return reply.code(201).send({ seq: acts[0]?.seq ?? 0, operation: operationId, recordedAt });
    },
  );
};
