import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { warningText } from '../../views/oversight/warning-text.ts';
import { WarningsPage } from '../../views/oversight/warnings-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { villageTime } from '../platform/clock.ts';
import { day, idempotencyHeaders, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { keyOf } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { problems as readProblems } from '../problems/index.ts';
import { nameOf, recordWarning, type WarningName } from './record-warning.ts';
import { villageWarnings } from './village-warnings.ts';

const fen = z.int();
const level = z.enum(['red', 'yellow', 'blue', 'green']);

const warningsAnswer = z.object({
  promisedFen: fen.meta({ description: 'what points in hand and in publicity are worth, in hundredths of a yuan' }),
  goodsFen: fen.meta({ description: 'what the goods that may be handed out are worth' }),
  moneyFen: fen.meta({ description: 'money given and not spent' }),
  solvency: z.object({
    level,
    percent: z
      .int()
      .nullable()
      .meta({ description: 'promised in percent of goods and money; null where there are none' }),
    budget: z.object({ centipoints: z.int(), usedPercent: z.int(), level }).nullable(),
  }),
  stop: z.object({ isOn: z.boolean(), liftedUntil: day.nullable() }),
  items: z.array(
    z
      .object({
        code: z.string(),
        level: z.enum(['red', 'yellow', 'blue']),
        owner: z.string(),
        dueOn: day,
        problem: z.int().nullable().meta({ description: 'its number in the problem ledger, where it is open there' }),
      })
      .loose()
      .meta({ description: 'the gravest first; what else belongs to it depends on its code' }),
  ),
});

const text = z.preprocess((value) => lastOf(value) ?? '', z.string().max(200));
const warningForm = z.object({ code: text, item: text, idempotencyKey: text });
const warningBody = z.object({ code: z.string().max(40), item: z.string().max(40).nullable().default(null) });

/** 预警 of one village, worked out each time; a press puts one into the problem ledger. */
export const warningRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get('/villages/:village/warnings', { config: { access: 'village.read' } }, (request, reply) =>
    draw(request, reply),
  );

  app.post(
    '/villages/:village/warnings/problems',
    { config: { access: 'problem.find' }, schema: { params: villageParams, body: warningForm } },
    async (request, reply) => {
      const { code, item, idempotencyKey } = request.body;
      const key = keyOf({ idempotencyKey });
      const outcome = await record(request, { code, item: item || null }, key);
      if ('refused' in outcome) return draw(request, reply, outcome);
      return reply.redirect(`/villages/${villageOf(request).code}/problems/${outcome.n}?done=1`, 303);
    },
  );

  app.get(
    '/api/v1/villages/:village/warnings',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'What needs somebody in a village, who that is and until when',
        security: signedIn,
        params: villageParams,
        response: { 200: warningsAnswer, ...problems },
      },
    },
    async (request) => {
      const { warnings, ...figures } = await villageWarnings(sql, { ...villageOf(request), today: request.today });
      return { ...figures, items: warnings.map(({ warning, problem }) => ({ ...warning, problem })) };
    },
  );

  app.post(
    '/api/v1/villages/:village/warnings/problems',
    {
      config: { access: 'problem.find' },
      schema: {
        summary: 'Put a warning that stands into the problem ledger',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: warningBody,
        response: { 201: z.object({ n: z.int() }), ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await record(request, request.body, request.headers['idempotency-key']);
      return 'refused' in outcome ? reply.refuse(outcome) : reply.code(201).send(outcome);
    },
  );

  /** Under which number it stands in the problem ledger. */
  async function record(
    request: FastifyRequest,
    { code, item }: WarningName,
    idempotencyKey: string,
  ): Promise<{ n: number } | Refusal> {
    const { villageId } = villageOf(request);
    const { locale, today } = request;
    const { warnings } = await villageWarnings(sql, { villageId, today });
    const standing = warnings.find(({ warning }) => {
      const name = nameOf(warning);
      return name.code === code && name.item === item;
    });
    if (!standing) return { refused: 'warning_gone' };
    const what = warningText(standing.warning, { t: translate(locale), locale, today });
    const recordedBy = viewerOf(request).personId;
    const outcome = await recordWarning(db, {
      villageId,
      warning: { code, item },
      what,
      idempotencyKey,
      recordedBy,
      today,
    });
    if ('refused' in outcome) return outcome;
    const found = (await readProblems(sql, villageId)).find(({ seq }) => seq === outcome.acts[0]?.seq);
    if (!found) throw new Error('a problem that was recorded is not there');
    return { n: found.n };
  }

  async function draw(request: FastifyRequest, reply: FastifyReply, refusal?: Refusal) {
    const village = villageOf(request);
    const found = await villageWarnings(sql, { ...village, today: request.today });
    const { appointments } = viewerOf(request);
    const allows = (capability: Capability) => may(appointments, capability, village);
    if (refusal) reply.code(refusalStatus(refusal));
    return reply.page(
      <WarningsPage
        {...found}
        time={villageTime(new Date())}
        mayRecord={allows('problem.find')}
        mayLift={allows('duties.waive')}
        refusal={refusal}
        idempotencyKey={newIdempotencyKey()}
      />,
    );
  }
};
