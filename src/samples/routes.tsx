import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SamplePage, SampleSheetPage } from '../../views/samples/sample-page.tsx';
import { SamplesPage } from '../../views/samples/samples-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { foundingDay } from '../ledger/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { monthText } from '../platform/calendar-text.ts';
import { addMonths, monthOf } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { sampleKey } from './draw-sample.ts';
import { samples } from './samples.ts';
import { checkLine, publishSeed } from './take-sample.ts';

const text = z.preprocess((value) => lastOf(value) ?? '', z.string().max(2_000));

const monthParams = villageParams.extend({ month: monthText });

const drawForm = z.object({ month: text, idempotencyKey: text });

const checkForm = z.object({ line: text, outcome: text, note: text, idempotencyKey: text });

const MONTHS_OFFERED = 6;
const LONGEST_NOTE = 200;

/** 每月抽查: the seed is published, whoever looks sees the same lines, and the first secretary looks at each. */
export const sampleRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/samples',
    { config: { access: 'village.read' }, schema: { params: villageParams } },
    (request, reply) => drawList(request, reply),
  );

  app.post(
    '/villages/:village/samples',
    { config: { access: 'sample.draw' }, schema: { params: villageParams, body: drawForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { month, idempotencyKey } = request.body;
      if (!monthText.safeParse(month).success) {
        reply.code(422);
        const message = translate(request.locale)('samples.monthError');
        return drawList(request, reply, { errors: [{ name: 'month', message }] });
      }
      const outcome = await publishSeed(db, {
        villageId,
        month,
        idempotencyKey: keyOf({ idempotencyKey }),
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return drawList(request, reply, { refusal: outcome });
      return reply.redirect(`/villages/${code}/samples/${month}`, 303);
    },
  );

  app.get(
    '/villages/:village/samples/:month',
    { config: { access: 'village.read' }, schema: { params: monthParams } },
    (request, reply) => drawSample(request, reply, request.params.month),
  );

  app.get(
    '/villages/:village/samples/:month/sheet',
    { config: { access: 'village.read' }, schema: { params: monthParams } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { month } = request.params;
      const sample = (await samples(sql, villageId)).find((one) => one.month === month);
      if (!sample) return reply.refuse({ refused: 'unknown_sample', month });
      return reply.page(<SampleSheetPage sample={sample} backHref={`/villages/${code}/samples/${month}`} />);
    },
  );

  app.post(
    '/villages/:village/samples/:month/checks',
    { config: { access: 'sample.draw' }, schema: { params: monthParams, body: checkForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { month } = request.params;
      const { body } = request;
      const t = translate(request.locale);
      const sample = (await samples(sql, villageId)).find((one) => one.month === month);
      const line = sample?.lines.find((one) => sampleKey(one) === body.line);
      const errors: FieldErrors = [
        ...(['good', 'finding'].includes(body.outcome)
          ? []
          : [{ name: 'outcome', message: t('samples.outcomeError') }]),
        ...(body.note.length > LONGEST_NOTE ? [{ name: 'note', message: t('samples.noteError') }] : []),
      ];
      const typed = { line: body.line, outcome: body.outcome, note: body.note };
      if (errors.length > 0) return drawSample(request, reply, month, { typed, errors });
      if (!line) return drawSample(request, reply, month, { typed, refusal: { refused: 'not_in_sample' } });
      const { kind, seq, item } = line;
      const outcome = await checkLine(db, {
        villageId,
        month,
        line: { kind, seq, item },
        isGood: body.outcome === 'good',
        note: body.note,
        idempotencyKey: keyOf(body),
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return drawSample(request, reply, month, { typed, refusal: outcome });
      return reply.redirect(`/villages/${code}/samples/${month}`, 303);
    },
  );

  async function drawList(
    request: FastifyRequest,
    reply: FastifyReply,
    { errors = [], refusal }: { errors?: FieldErrors; refusal?: Refusal } = {},
  ) {
    const village = villageOf(request);
    const [all, foundedOn] = await Promise.all([samples(sql, village.villageId), foundingDay(sql, village.villageId)]);
    const thisMonth = monthOf(request.today);
    const firstMonth = monthOf(foundedOn);
    const months = Array.from({ length: MONTHS_OFFERED }, (_, place) => addMonths(thisMonth, -place - 1));
    if (refusal) reply.code(refusalStatus(refusal));
    return reply.page(
      <SamplesPage
        samples={all}
        months={months.filter((month) => month >= firstMonth && all.every((sample) => sample.month !== month))}
        mayDraw={may(viewerOf(request).appointments, 'sample.draw', village)}
        idempotencyKey={newIdempotencyKey()}
        errors={errors}
        refusal={refusal}
      />,
    );
  }

  async function drawSample(
    request: FastifyRequest,
    reply: FastifyReply,
    month: string,
    {
      typed,
      errors = [],
      refusal,
    }: { typed?: { line: string; outcome: string; note: string }; errors?: FieldErrors; refusal?: Refusal } = {},
  ) {
    const village = villageOf(request);
    const sample = (await samples(sql, village.villageId)).find((one) => one.month === month);
    if (!sample) return reply.refuse({ refused: 'unknown_sample', month });
    setStatus(reply, { errors, refusal });
    return reply.page(
      <SamplePage
        sample={{ ...sample, lines: sample.lines.map((line) => ({ ...line, key: sampleKey(line) })) }}
        mayCheck={may(viewerOf(request).appointments, 'sample.draw', village)}
        idempotencyKey={newIdempotencyKey()}
        typed={typed}
        errors={errors}
        refusal={refusal}
      />,
    );
  }
};
