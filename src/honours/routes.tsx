import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { honourName } from '../../views/honours/honour-name.ts';
import { HonoursPage } from '../../views/honours/honours-page.tsx';
import { NewRoundPage } from '../../views/honours/new-round-page.tsx';
import { type RoundForm, RoundPage, type RoundStep } from '../../views/honours/round-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { type HouseholdCandidate, householdError } from '../../views/shared/household-field.tsx';
import { householdMeant } from '../cards/index.ts';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, setStatus } from '../platform/http/form-answer.tsx';
import { allOf, lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { ruleOn, villageRules } from '../rules/index.ts';
import { villageSettings } from '../settings/index.ts';
import { backfillRoutes } from './backfill-routes.tsx';
import { honourBoard } from './board.ts';
import { closeRound } from './close-round.ts';
import { HONOUR_KINDS, isOfPerson } from './honour-kinds.ts';
import { honourRules } from './honour-rules.ts';
import { type Round, rounds } from './rounds.ts';
import { abandonRound, nominate, openRound } from './run-round.ts';
import { withdrawHonour } from './withdraw-honour.ts';

const text = z.preprocess((value) => lastOf(value) ?? '', z.string().trim().max(2_000));

const openForm = z.object({ kind: text, rule: text, closes: text, idempotencyKey: text });

const stepForm = z.object({
  card: text,
  member: text,
  reason: text,
  meeting: text,
  honour: text,
  chosen: z.preprocess((value) => allOf(value), z.array(z.string().max(20)).max(500)),
  idempotencyKey: text,
});

type StepForm = z.infer<typeof stepForm>;

const roundParams = villageParams.extend({ round: rowNumber });

/** Each step has its own address and its own right. */
const STEPS: Readonly<Record<RoundStep, { path: string; access: Capability; done: string }>> = {
  nominate: { path: 'nominations', access: 'honour.nominate', done: 'nominated' },
  decide: { path: 'result', access: 'honour.decide', done: 'decided' },
  abandon: { path: 'end', access: 'honour.decide', done: 'abandoned' },
  withdraw: { path: 'withdrawals', access: 'honour.decide', done: 'withdrawn' },
};

const DONE = z.object({
  done: z.enum(['opened', 'nominated', 'decided', 'abandoned', 'withdrawn']).optional().catch(undefined),
});

const A_PAGE = 20;

const HOUSEHOLDS_A_PAGE = 50;

const boardQuery = z.object({
  before: z.preprocess(lastOf, rowNumber).optional().catch(undefined),
  q: z.preprocess((value) => lastOf(value) ?? '', z.string().trim().max(60)).catch(''),
  from: z.preprocess(lastOf, z.coerce.number().int().min(0).max(1_000_000)).catch(0),
});

/** 评先 on pages: the board for everybody, and the rounds for those who work in the village. */
export const honourRoutes: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;
  await app.register(backfillRoutes, services);

  app.get(
    '/villages/:village/honours',
    {
      config: { access: 'everybody' },
      schema: {
        params: villageParams,
        querystring: boardQuery,
      },
    },
    async (request, reply) => {
      const village = villageOf(request);
      const { villageId, code } = village;
      const { before = Number.MAX_SAFE_INTEGER, q, from } = request.query;
      const t = translate(request.locale);
      const { honourStarCentipoints } = await villageSettings(sql, villageId);
      const board = await honourBoard(sql, { villageId, centipointsAStar: honourStarCentipoints });
      const found = board.households.filter(
        ({ name, groupName, honours }) =>
          q === '' ||
          [name, groupName, ...honours.map(({ kind }) => honourName(kind, t))].some((word) => word.includes(q)),
      );
      const older = board.rounds.filter(({ n }) => n < before);
      const shown = older.slice(0, A_PAGE);
      const appointments = request.viewer?.appointments ?? [];
      const href = `/villages/${code}/honours`;
      const householdsAt = (at: number) => {
        const query = new URLSearchParams({ ...(q && { q }), ...(at > 0 && { from: String(at) }) }).toString();
        return query === '' ? href : `${href}?${query}`;
      };
      return reply.page(
        <HonoursPage
          households={found.slice(from, from + HOUSEHOLDS_A_PAGE)}
          query={q}
          moreHref={from + HOUSEHOLDS_A_PAGE < found.length ? householdsAt(from + HOUSEHOLDS_A_PAGE) : undefined}
          topHref={from > 0 ? householdsAt(0) : undefined}
          rounds={shown}
          nextHref={older.length > A_PAGE ? `${href}?before=${shown.at(-1)?.n}` : undefined}
          firstHref={request.query.before === undefined ? undefined : href}
          centipointsAStar={honourStarCentipoints}
          mayRead={may(appointments, 'village.read', village)}
          mayOpen={may(appointments, 'honour.open', village)}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/honours/rounds/new',
    { config: { access: 'honour.open' }, schema: { params: villageParams } },
    (request, reply) =>
      drawOpening(request, reply, { kind: '', rule: '', closes: '', idempotencyKey: newIdempotencyKey() }),
  );

  app.post(
    '/villages/:village/honours/rounds',
    { config: { access: 'honour.open' }, schema: { params: villageParams, body: openForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const form = { ...request.body, idempotencyKey: keyOf(request.body) };
      const t = translate(request.locale);
      const kind = HONOUR_KINDS.find((one) => one === form.kind);
      const errors: FieldErrors[number][] = [];
      if (!kind) errors.push({ name: 'kind', message: t('honours.kindError') });
      if (form.rule === '') errors.push({ name: 'rule', message: t('honours.ruleError') });
      if (!dayText.safeParse(form.closes).success) errors.push({ name: 'closes', message: t('honours.dayError') });
      if (!kind || errors.length > 0) return drawOpening(request, reply, form, { errors });
      const { rule, closes } = form;
      const outcome = await openRound(db, { ...asked(request, form), villageId, kind, rule, closes });
      if ('refused' in outcome) return drawOpening(request, reply, form, { refusal: outcome });
      const seq = outcome.acts[0]?.seq;
      const n = (await rounds(sql, villageId)).find((round) => round.seq === seq)?.n ?? '';
      return reply.redirect(`/villages/${code}/honours/rounds/${n}?done=opened`, 303);
    },
  );

  app.get(
    '/villages/:village/honours/rounds/:round',
    { config: { access: 'village.read' }, schema: { params: roundParams, querystring: DONE } },
    (request, reply) => drawRound(request, reply, request.params.round),
  );

  for (const [step, { path, access, done }] of Object.entries(STEPS) as [RoundStep, (typeof STEPS)[RoundStep]][]) {
    app.post(
      `/villages/:village/honours/rounds/:round/${path}`,
      { config: { access }, schema: { params: roundParams, body: stepForm } },
      async (request, reply) => {
        const { villageId, code } = villageOf(request);
        const { round: n } = request.params;
        const form = { ...request.body, idempotencyKey: keyOf(request.body) };
        const round = (await rounds(sql, villageId)).find((one) => one.n === n);
        if (!round) return reply.refuse({ refused: 'unknown_round' });
        const meant = step === 'nominate' ? await householdMeant(sql, villageId, form.card) : { number: '' };
        const errors = faultsOf(request, step, form);
        if ('candidates' in meant) {
          const unsure = [householdError(translate(request.locale), 'card', meant), ...errors];
          return drawRound(request, reply, n, { step, form, errors: unsure, ...meant });
        }
        if (errors.length > 0) return drawRound(request, reply, n, { step, form, errors });
        const outcome = await take(request, round, step, { ...form, card: meant.number });
        if ('refused' in outcome) return drawRound(request, reply, n, { step, form, refusal: outcome });
        return reply.redirect(`/villages/${code}/honours/rounds/${n}?done=${done}`, 303);
      },
    );
  }

  function take(request: FastifyRequest, { seq: round }: Round, step: RoundStep, form: StepForm) {
    const village = villageOf(request);
    const { villageId } = village;
    const { appointments } = viewerOf(request);
    const { card, member, reason, meeting, honour, chosen } = form;
    const deciding = {
      ...asked(request, form),
      villageId,
      mayHandOut: may(appointments, 'goods.redeem', village),
    };
    switch (step) {
      case 'nominate':
        return nominate(db, { ...asked(request, form), villageId, round, number: card, member, reason });
      case 'decide':
        return closeRound(db, { ...deciding, round, chosen: chosen.map(Number), meeting });
      case 'abandon':
        return abandonRound(db, { ...asked(request, form), villageId, round, reason });
      case 'withdraw':
        return withdrawHonour(db, { ...deciding, honour: Number(honour), reason });
    }
  }

  async function drawOpening(
    request: FastifyRequest,
    reply: FastifyReply,
    values: z.infer<typeof openForm>,
    { errors = [], refusal }: { errors?: FieldErrors; refusal?: Refusal } = {},
  ) {
    setStatus(reply, { errors, refusal });
    const rules = honourRules(await villageRules(sql, villageOf(request).villageId, request.today));
    const key = keyAfter(refusal, values.idempotencyKey);
    return reply.page(
      <NewRoundPage
        kinds={HONOUR_KINDS}
        rules={rules}
        values={{ ...values, idempotencyKey: key }}
        errors={errors}
        refusal={refusal}
      />,
    );
  }

  async function drawRound(
    request: FastifyRequest,
    reply: FastifyReply,
    n: number,
    answer?: {
      step: RoundStep;
      form: StepForm;
      errors?: FieldErrors;
      refusal?: Refusal;
      candidates?: readonly HouseholdCandidate[];
    },
  ) {
    const village = villageOf(request);
    const round = (await rounds(sql, village.villageId)).find((one) => one.n === n);
    if (!round) return reply.refuse({ refused: 'unknown_round' });
    if (answer?.refusal) reply.code(refusalStatus(answer.refusal));
    else if (answer?.errors) reply.code(422);
    const { appointments } = viewerOf(request);
    const steps = (Object.keys(STEPS) as RoundStep[]).filter((step) => may(appointments, STEPS[step].access, village));
    return reply.page(
      <RoundPage
        round={round}
        rule={await ruleOn(sql, village.villageId, round.rule, round.result?.day ?? request.today)}
        isOfPerson={isOfPerson(round.kind)}
        steps={steps}
        idempotencyKey={
          answer && answer.refusal?.refused !== 'key_reused' ? answer.form.idempotencyKey : newIdempotencyKey()
        }
        answer={answer}
        done={answer ? undefined : DONE.parse(request.query).done}
      />,
    );
  }
};

function asked(request: FastifyRequest, { idempotencyKey }: { idempotencyKey: string }) {
  return { idempotencyKey, recordedBy: viewerOf(request).personId, today: request.today };
}

function faultsOf({ locale }: FastifyRequest, step: RoundStep, form: RoundForm): FieldErrors {
  const t = translate(locale);
  const errors: FieldErrors[number][] = [];
  const isSaid = (words: string) => words.length >= 2 && words.length <= 200;
  const reasonField = { nominate: 'reason', abandon: 'abandonReason', withdraw: `withdrawReason${form.honour}` };
  if (step === 'decide') {
    const isChosen = form.chosen.length > 0 && form.chosen.every((seq) => /^\d{1,15}$/.test(seq));
    if (!isChosen) errors.push({ name: 'chosen', message: t('honours.whoError') });
    if (!isSaid(form.meeting)) errors.push({ name: 'meeting', message: t('honours.meetingError') });
    return errors;
  }
  if (step === 'nominate' && form.member.length > 20) {
    errors.push({ name: 'member', message: t('honours.memberError') });
  }
  if (!isSaid(form.reason)) errors.push({ name: reasonField[step], message: t('honours.reasonError') });
  return errors;
}
