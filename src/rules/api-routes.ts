import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CarryOutRefusal, PostedOperation } from '../ledger/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import {
  centipoints,
  day,
  idempotencyHeaders,
  listOf,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import type { RouteServices } from '../platform/http/route-services.ts';
import { isSafetyRule } from './adopt-template.ts';
import { ruleCategories } from './categories.ts';
import { changeRule } from './change-rule.ts';
import { checkAnswer, checkInJson } from './check-json.ts';
import type { RuleChangeRefusal } from './decide-rule-change.ts';
import { type MembersMost, villageRuleCheck } from './rule-check.ts';
import {
  approvalPath,
  decidingOffice,
  meetingRecord,
  ruleCategory,
  ruleEvidence,
  ruleName,
  rulePoints,
  ruleUnit,
} from './rule-form.ts';
import { CAP_PER, CAP_PERIODS, type CapPer, ruleVersions, villageRules } from './village-rules.ts';

const cap = {
  capPeriod: z.enum(CAP_PERIODS).nullable(),
  capMaxCount: z.int().min(1).nullable(),
  capMaxCentipoints: z.int().nullable().meta({ description: 'with the sign of the points' }),
};

const capPer = z.enum(CAP_PER).meta({ description: 'whose the cap is: of the household together, or of each person' });

const ruleAnswer = z.object({
  code: z.string(),
  version: z.int(),
  category: z.string(),
  name: z.string(),
  pointsCentipoints: centipoints.meta({ description: 'hundredths of a point; negative for a deduction' }),
  unit: z.string(),
  ...cap,
  capPer,
  evidence: z.string(),
  approvalPath,
  decidedBy: z.string().meta({ description: 'who allowed what needs a named decision; empty for all others' }),
  effectiveFrom: day,
});

/** Of the table of today. */
const tableAnswer = ruleAnswer.extend({
  categoryName: z.string(),
  isSafety: z.boolean().meta({ description: 'points are taken without a reminder before' }),
});

const versionAnswer = ruleAnswer.extend({
  isEnded: z.boolean().meta({ description: 'from effectiveFrom on the rule is used no more' }),
  meeting: z.string(),
  seq: z.int().nullable().meta({ description: 'number in the public record; null for what came with the founding' }),
});

const decision = {
  effectiveFrom: day,
  meeting: meetingRecord.meta({ description: 'date and number of the meeting' }),
  decidedBy: decidingOffice
    .optional()
    .meta({ description: 'the office that allowed it, where the rule needs a named decision' }),
};

const wordingFields = {
  name: ruleName,
  pointsCentipoints: rulePoints,
  unit: ruleUnit,
  ...cap,
  capPer: capPer.optional().meta({ description: 'left out it stays as it is, at first of the household' }),
  evidence: ruleEvidence,
  approvalPath: approvalPath.optional().meta({ description: 'left out it stays as it is' }),
  ...decision,
};

interface Cap {
  capPeriod: string | null;
  capMaxCount: number | null;
  capMaxCentipoints: number | null;
  capPer?: CapPer | undefined;
}

const hasWholeCap = ({ capPeriod, capMaxCount, capMaxCentipoints, capPer: whose }: Cap) =>
  (capPeriod === null) === (capMaxCount === null && capMaxCentipoints === null) &&
  (capPeriod !== null || whose !== 'person');
const isOfItsSign = ({ pointsCentipoints, capMaxCentipoints }: Cap & { pointsCentipoints: number }) =>
  capMaxCentipoints === null || Math.sign(capMaxCentipoints) === Math.sign(pointsCentipoints);

const newRule = z
  .object({ category: ruleCategory, ...wordingFields })
  .refine(hasWholeCap)
  .refine(isOfItsSign);

const newVersion = z.union([
  z.strictObject({ isEnded: z.literal(true), ...decision }),
  z.strictObject(wordingFields).refine(hasWholeCap).refine(isOfItsSign),
]);

const changeAnswer = z.object({
  operation: z.string(),
  recordedAt: z.iso.datetime(),
  seq: z.int().meta({ description: "number in the village's public record" }),
});

interface End {
  effectiveFrom: string;
  meeting: string;
  decidedBy?: string | undefined;
}

const endOf = (code: string, { effectiveFrom, meeting, decidedBy }: End) =>
  ({ kind: 'end', code, effectiveFrom, meeting, decidedBy }) as const;

const ruleParams = villageParams.extend({ code: z.string().max(40) });

export const rulesApi: FastifyPluginAsyncZod<RouteServices & { membersMost: MembersMost }> = async (
  app,
  { db, membersMost },
) => {
  const { sql } = db;

  app.get(
    '/api/v1/villages/:village/rules',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'The rule table of today',
        params: villageParams,
        response: { 200: listOf(tableAnswer), ...problems },
      },
    },
    async (request) => {
      const rules = await villageRules(sql, villageOf(request).villageId, request.today);
      const names = new Map(ruleCategories.map(({ code, name }) => [code, name]));
      return {
        items: rules.map((rule) => ({
          ...rule,
          categoryName: names.get(rule.category) ?? rule.category,
          isSafety: isSafetyRule(rule),
        })),
      };
    },
  );

  app.get(
    '/api/v1/villages/:village/rules/:code/versions',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'Every version of a rule, the latest first; those to come included',
        params: ruleParams,
        response: { 200: listOf(versionAnswer), ...problems },
      },
    },
    async (request) => ({ items: await ruleVersions(sql, villageOf(request).villageId, request.params.code) }),
  );

  app.get(
    '/api/v1/villages/:village/rules/check',
    {
      config: { access: 'everybody' },
      schema: {
        summary:
          'What is wrong or weak in the rule table of today, and the most that a household can earn by it in a year',
        params: villageParams,
        response: { 200: checkAnswer, ...problems },
      },
    },
    async (request) =>
      checkInJson(await villageRuleCheck(sql, villageOf(request).villageId, request.today, membersMost)),
  );

  const changing = { security: signedIn, headers: idempotencyHeaders, response: { 201: changeAnswer, ...problems } };

  app.post(
    '/api/v1/villages/:village/rules',
    {
      config: { access: 'rule.change' },
      schema: {
        summary: "A rule of the village's own, as its meeting decided",
        params: villageParams,
        body: newRule,
        ...changing,
      },
    },
    async (request, reply) => {
      const outcome = await changeRule(db, {
        villageId: villageOf(request).villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
        change: { kind: 'new', ...request.body },
      });
      return answer(reply, outcome);
    },
  );

  app.post(
    '/api/v1/villages/:village/rules/:code/versions',
    {
      config: { access: 'rule.change' },
      schema: { summary: 'The next version of a rule, or its end', params: ruleParams, body: newVersion, ...changing },
    },
    async (request, reply) => {
      const { code } = request.params;
      const { body } = request;
      const outcome = await changeRule(db, {
        villageId: villageOf(request).villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
        change: 'isEnded' in body ? endOf(code, body) : { kind: 'change', code, ...body },
      });
      return answer(reply, outcome);
    },
  );
};

function answer(reply: FastifyReply, outcome: PostedOperation | RuleChangeRefusal | CarryOutRefusal) {
  if ('refused' in outcome) return reply.refuse(outcome);
  return reply.code(201).send({
    operation: outcome.operationId,
    recordedAt: outcome.recordedAt,
    seq: outcome.acts[0]?.seq ?? 0,
  });
}
