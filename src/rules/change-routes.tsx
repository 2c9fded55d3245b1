import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RuleFormPage } from '../../views/rules/rule-form-page.tsx';
import { RulePreviewPage } from '../../views/rules/rule-preview-page.tsx';
import { translate, type WordKey } from '../../views/shared/dictionary.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { RouteServices } from '../platform/http/route-services.ts';
import { formatPoints } from '../platform/points.ts';
import { ruleCategories } from './categories.ts';
import { changeRule, previewRuleChange, ruleChangeBasis } from './change-rule.ts';
import { OWN_APPROVAL, pointsBounds } from './decide-rule-change.ts';
import { checkDraft, type MembersMost } from './rule-check.ts';
import { ERRORS, type RuleField, type RuleValues, readRuleChange, typedRule } from './rule-form.ts';
import { APPROVAL_PATHS, CAP_PERIODS, type RuleVersion } from './village-rules.ts';

const ruleParams = villageParams.extend({ code: z.string().max(40) });
const anyBody = z.record(z.string(), z.unknown());

interface Drawn {
  /** Null for a rule that is new. */
  rule: string | null;
  values?: RuleValues;
  wrong?: readonly RuleField[];
  refusal?: Refusal;
}

/** 改细则: form, preview of what changes, confirmation. Only the last one writes. */
export const ruleChangeRoutes: FastifyPluginAsyncZod<RouteServices & { membersMost: MembersMost }> = async (
  app,
  { db, membersMost },
) => {
  const { sql } = db;
  const config = { access: 'rule.change' } as const;

  app.get('/villages/:village/rules/new', { config, schema: { params: villageParams } }, (request, reply) =>
    drawForm(request, reply, { rule: null }),
  );

  app.get('/villages/:village/rules/:code/change', { config, schema: { params: ruleParams } }, (request, reply) =>
    drawForm(request, reply, { rule: request.params.code }),
  );

  app.post(
    '/villages/:village/rule-previews',
    { config, schema: { params: villageParams, body: anyBody } },
    async (request, reply) => {
      const { body } = request;
      const rule = lastOf(body['code']) ?? null;
      const values = typedRule(body);
      if (lastOf(body['back']) === 'yes') return drawForm(request, reply, { rule, values });
      const read = readRuleChange(rule, body);
      if ('wrong' in read) return drawForm(request, reply, { rule, values, wrong: read.wrong });
      const { villageId, code } = villageOf(request);
      const [decided, { last }] = await Promise.all([
        previewRuleChange(sql, villageId, read.change, request.today),
        ruleChangeBasis(sql, villageId, rule, request.today),
      ]);
      if ('refused' in decided) return drawForm(request, reply, { rule, values, refusal: decided });
      const check = await checkDraft(sql, villageId, decided, request.today, membersMost);
      return reply.page(
        <RulePreviewPage
          action={`/villages/${code}/rules${rule === null ? '' : `/${rule}/versions`}`}
          backAction={`/villages/${code}/rule-previews`}
          idempotencyKey={keyOf(body)}
          fields={{ ...values, ...(rule !== null && { code: rule }) }}
          before={last}
          after={decided}
          check={check}
        />,
      );
    },
  );

  app.post('/villages/:village/rules', { config, schema: { params: villageParams, body: anyBody } }, (request, reply) =>
    record(request, reply, null, request.body),
  );

  app.post(
    '/villages/:village/rules/:code/versions',
    { config, schema: { params: ruleParams, body: anyBody } },
    (request, reply) => record(request, reply, request.params.code, request.body),
  );

  async function record(
    request: FastifyRequest,
    reply: FastifyReply,
    rule: string | null,
    body: Record<string, unknown>,
  ): Promise<FastifyReply> {
    const { villageId, code } = villageOf(request);
    const values = typedRule(body);
    const read = readRuleChange(rule, body);
    if ('wrong' in read) return drawForm(request, reply, { rule, values, wrong: read.wrong });
    const outcome = await changeRule(db, {
      villageId,
      idempotencyKey: keyOf(body),
      recordedBy: viewerOf(request).personId,
      today: request.today,
      change: read.change,
    });
    if ('refused' in outcome) return drawForm(request, reply, { rule, values, refusal: outcome });
    return reply.redirect(`/villages/${code}/acts/${outcome.acts[0]?.seq}`, 303);
  }

  async function drawForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { rule, values, wrong = [], refusal }: Drawn,
  ): Promise<FastifyReply> {
    const { villageId } = villageOf(request);
    const basis = await ruleChangeBasis(sql, villageId, rule, request.today);
    if (rule !== null && !basis.last) return reply.refuse({ refused: 'not_found' });
    setStatus(reply, { errors: wrong, refusal });
    const t = translate(request.locale) as (key: WordKey) => string;
    const [lowest, highest] = pointsBounds(basis);
    return reply.page(
      <RuleFormPage
        code={rule}
        idempotencyKey={keyAfter(refusal, keyOf(request.body ?? {}))}
        ruleName={basis.last?.name}
        values={values ?? valuesOf(basis.last, request.today)}
        bounds={{ lowest: formatPoints(lowest), highest: formatPoints(highest) }}
        categories={ruleCategories}
        periods={CAP_PERIODS}
        approvalPaths={APPROVAL_PATHS}
        errors={wrong.map((name) => ({ name, message: t(ERRORS[name]) }))}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};

/** The form begins with the rule as it stands; the new version begins today unless another day is typed. */
function valuesOf(last: RuleVersion | null, today: string): RuleValues {
  if (!last) return { approvalPath: OWN_APPROVAL, effectiveFrom: today };
  return {
    name: last.name,
    points: formatPoints(last.pointsCentipoints),
    unit: last.unit,
    capPeriod: last.capPeriod ?? '',
    capMaxCount: last.capMaxCount === null ? '' : String(last.capMaxCount),
    capMaxPoints: last.capMaxCentipoints === null ? '' : formatPoints(Math.abs(last.capMaxCentipoints)),
    capPer: last.capPer,
    evidence: last.evidence,
    approvalPath: last.approvalPath,
    decidedBy: last.decidedBy,
    effectiveFrom: last.effectiveFrom > today ? last.effectiveFrom : today,
  };
}
