import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FindingPage } from '../../views/problems/finding-page.tsx';
import { ProblemPage, type StepName } from '../../views/problems/problem-page.tsx';
import { ProblemsPage } from '../../views/problems/problems-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { type HouseholdCandidate, householdError } from '../../views/shared/household-field.tsx';
import { householdMeant } from '../cards/index.ts';
import { type Capability, may, viewerOf, villageOf } from '../people/index.ts';
import { photoFields, storePhotos } from '../photos/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { changeProblem } from './change-problem.ts';
import { countProblems } from './count-problems.ts';
import type { ProblemStep } from './decide-problem.ts';
import { listProblems, PROBLEM_FILTERS } from './list-problems.ts';
import { problemOwners } from './problem-owners.ts';
import { problems } from './problems.ts';
import { recordFinding } from './record-finding.ts';
import { shownPhotos } from './shown-photos.ts';

const text = z.preprocess((value) => lastOf(value) ?? '', z.string().max(2_000));

const listQuery = z.object({
  state: z.preprocess(lastOf, z.enum(PROBLEM_FILTERS)).catch('open'),
  q: z.preprocess((value) => (lastOf(value) ?? '').slice(0, 40), z.string()),
  before: z.preprocess(lastOf, rowNumber).optional().catch(undefined),
});

const problemParams = villageParams.extend({ problem: rowNumber });

const findingForm = z.object({ what: text, card: text, idempotencyKey: text });

const stepForm = z.object({ owner: text, due: text, note: text, outcome: text, review: text, idempotencyKey: text });

type StepForm = z.infer<typeof stepForm>;

const LONGEST_NOTE = 200;
const A_PAGE = 50;

/** Each step has its own address and its own right. */
const STEPS: Readonly<Record<StepName, { path: string; access: Capability }>> = {
  assign: { path: 'assignments', access: 'problem.direct' },
  defer: { path: 'deferrals', access: 'problem.direct' },
  fix: { path: 'fixes', access: 'problem.fix' },
  check: { path: 'checks', access: 'problem.close' },
  close: { path: 'closures', access: 'problem.close' },
};

/** 问题台账: the list with its totals, each problem with its way so far, and the steps that are next. */
export const problemRoutes: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;

  app.get(
    '/villages/:village/problems',
    { config: { access: 'village.read' }, schema: { params: villageParams, querystring: listQuery } },
    async (request, reply) => {
      const village = villageOf(request);
      const { state, q, before } = request.query;
      const all = await problems(sql, village.villageId);
      const list = listProblems(all, { filter: state, text: q, before: before ?? null, limit: A_PAGE }, request.today);
      return reply.page(
        <ProblemsPage
          counts={countProblems(all, request.today)}
          filters={PROBLEM_FILTERS}
          filter={state}
          query={q}
          isFirst={before === undefined}
          {...list}
          mayFind={may(viewerOf(request).appointments, 'problem.find', village)}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/problems/new',
    { config: { access: 'problem.find' }, schema: { params: villageParams } },
    (_request, reply) => drawFinding(reply, { what: '', card: '', idempotencyKey: newIdempotencyKey() }),
  );

  app.post(
    '/villages/:village/problems',
    { config: { access: 'problem.find', uploads: true }, schema: { params: villageParams, body: findingForm } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const form = { ...request.body, idempotencyKey: keyOf(request.body) };
      const recordedBy = viewerOf(request).personId;
      const t = translate(request.locale);
      const meant = form.card.trim() === '' ? { number: undefined } : await householdMeant(sql, villageId, form.card);
      const errors = [
        ...(isNote(form.what) ? [] : [{ name: 'what', message: t('problems.whatError') }]),
        ...('candidates' in meant ? [householdError(t, 'card', meant)] : []),
      ];
      // Taken in before anything is asked back, so that no photo is chosen twice.
      const photos = await storePhotos(services, {
        villageId,
        purpose: 'evidence',
        addedBy: recordedBy,
        fields: photoFields(request),
      });
      if ('refused' in photos) return drawFinding(reply, form, { refusal: photos });
      const keptIds = photos.map(({ publicId }) => publicId);
      if ('candidates' in meant) return drawFinding(reply, form, { errors, keptIds, ...meant });
      if (errors.length > 0) return drawFinding(reply, form, { errors, keptIds });
      const outcome = await recordFinding(db, {
        villageId,
        what: form.what,
        card: meant.number,
        photos,
        idempotencyKey: form.idempotencyKey,
        recordedBy,
        today: request.today,
      });
      if ('refused' in outcome) return drawFinding(reply, form, { refusal: outcome, keptIds });
      const seq = outcome.acts[0]?.seq;
      const n = (await problems(sql, villageId)).find((problem) => problem.seq === seq)?.n ?? '';
      return reply.redirect(`/villages/${code}/problems/${n}`, 303);
    },
  );

  app.get(
    '/villages/:village/problems/:problem',
    { config: { access: 'village.read' }, schema: { params: problemParams } },
    (request, reply) => drawProblem(request, reply, request.params.problem),
  );

  for (const [name, { path, access }] of Object.entries(STEPS) as [StepName, (typeof STEPS)[StepName]][]) {
    app.post(
      `/villages/:village/problems/:problem/${path}`,
      { config: { access, uploads: true }, schema: { params: problemParams, body: stepForm } },
      async (request, reply) => {
        const { villageId, code } = villageOf(request);
        const { problem: n } = request.params;
        const form = { ...request.body, idempotencyKey: keyOf(request.body) };
        const recordedBy = viewerOf(request).personId;
        const problem = (await problems(sql, villageId)).find((one) => one.n === n);
        if (!problem) return reply.refuse({ refused: 'unknown_problem' });
        const errors = faultsOf(request, name, form);
        if (errors.length > 0) return drawProblem(request, reply, n, { name, form, errors });
        const photos = await storePhotos(services, {
          villageId,
          purpose: 'evidence',
          addedBy: recordedBy,
          fields: photoFields(request),
        });
        if ('refused' in photos) return drawProblem(request, reply, n, { name, form, refusal: photos });
        const outcome = await changeProblem(db, {
          villageId,
          problem: problem.seq,
          step: stepOf(name, form, photos.length),
          photos,
          idempotencyKey: form.idempotencyKey,
          recordedBy,
          today: request.today,
        });
        const keptIds = photos.map(({ publicId }) => publicId);
        if ('refused' in outcome) return drawProblem(request, reply, n, { name, form, refusal: outcome, keptIds });
        return reply.redirect(`/villages/${code}/problems/${n}?done=1`, 303);
      },
    );
  }

  function drawFinding(
    reply: FastifyReply,
    values: z.infer<typeof findingForm>,
    {
      errors = [],
      refusal,
      keptIds = [],
      candidates,
    }: {
      errors?: FieldErrors;
      refusal?: Refusal;
      keptIds?: readonly string[];
      candidates?: readonly HouseholdCandidate[];
    } = {},
  ) {
    setStatus(reply, { errors, refusal });
    const drawn = { values, candidates, errors, refusal, keptIds };
    return reply.page(<FindingPage {...drawn} />);
  }

  async function drawProblem(
    request: FastifyRequest,
    reply: FastifyReply,
    n: number,
    answer?: { name: StepName; form: StepForm; errors?: FieldErrors; refusal?: Refusal; keptIds?: readonly string[] },
  ) {
    const village = villageOf(request);
    const problem = (await problems(sql, village.villageId)).find((one) => one.n === n);
    if (!problem) return reply.refuse({ refused: 'unknown_problem' });
    const [owners, photos] = await Promise.all([
      problemOwners(sql, { ...village, today: request.today }),
      shownPhotos(
        sql,
        village,
        problem.steps.flatMap((step) => step.photos),
      ),
    ]);
    if (answer?.refusal) reply.code(refusalStatus(answer.refusal));
    else if (answer?.errors) reply.code(422);
    const { appointments, personId } = viewerOf(request);
    const steps = (Object.keys(STEPS) as StepName[]).filter((name) => may(appointments, STEPS[name].access, village));
    return reply.page(
      <ProblemPage
        problem={problem}
        photos={photos}
        people={owners.map(({ personId: id, displayName, role }) => ({ id, displayName, role }))}
        steps={steps}
        paths={STEPS}
        isOwn={personId === problem.ownerId || personId === problem.fixedBy}
        idempotencyKey={
          answer && answer.refusal?.refused !== 'key_reused' ? answer.form.idempotencyKey : newIdempotencyKey()
        }
        answer={answer}
        isDone={z.object({ done: z.string().optional() }).safeParse(request.query).data?.done !== undefined}
      />,
    );
  }
};

function isNote(note: string): boolean {
  return note.length >= 2 && note.length <= LONGEST_NOTE;
}

function faultsOf({ locale }: FastifyRequest, name: StepName, form: StepForm): FieldErrors {
  const t = translate(locale);
  const isDay = (day: string) => dayText.safeParse(day).success;
  const errors: FieldErrors[number][] = [];
  if (name === 'assign' && !/^\d{1,9}$/.test(form.owner)) {
    errors.push({ name: 'owner', message: t('problems.ownerError') });
  }
  if (name === 'assign' && !isDay(form.due)) errors.push({ name: 'due', message: t('problems.dayError') });
  if (name === 'defer' && !isDay(form.review)) errors.push({ name: 'review', message: t('problems.dayError') });
  if (name === 'defer' && !isNote(form.note)) errors.push({ name: 'deferNote', message: t('problems.whyError') });
  if (name === 'check' && !['good', 'bad'].includes(form.outcome)) {
    errors.push({ name: 'outcome', message: t('problems.outcomeError') });
  }
  if (form.note.length > LONGEST_NOTE) errors.push({ name: `${name}Note`, message: t('problems.noteError') });
  return errors;
}

function stepOf(name: StepName, form: StepForm, photoCount: number): ProblemStep {
  switch (name) {
    case 'assign':
      return { kind: 'assign', ownerId: Number(form.owner), due: form.due };
    case 'fix':
      return { kind: 'fix', note: form.note, photoCount };
    case 'check':
      return { kind: 'check', isGood: form.outcome === 'good', note: form.note };
    case 'close':
      return { kind: 'close' };
    case 'defer':
      return { kind: 'defer', review: form.review, note: form.note };
  }
}
