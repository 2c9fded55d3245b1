import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import {
  cardNumber,
  centipoints,
  day,
  idempotencyHeaders,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { changeHousehold, previewHouseholdChange } from './change-household.ts';
import { changeOperation } from './change-operation.ts';
import { expirePoints, expiringPoints } from './expire-points.ts';
import { CHANGE_KINDS, type HouseholdChange } from './household-change.ts';
import { villagerGroups } from './villager-groups.ts';

const status = z.enum(['registered', 'active', 'frozen', 'closed']);
const about = {
  card: cardNumber,
  reason: z.string().trim().min(1).max(100).meta({ description: 'only its salted digest stands in the public record' }),
};
const people = z.int().min(1).max(99);
const chosen = z
  .array(z.int32().min(1))
  .max(99)
  .optional()
  .meta({ description: 'who of the named members goes, by the numbers of GET …/households/{card}' });
const personName = z.string().trim().min(1).max(20);

/** A member's name, as it is written on paper. */
export const newName = personName.regex(/^[\p{L}\p{M}·.' -]+$/u);

const newNames = z.array(newName).min(1).max(99);

const changeBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('freezing'), ...about }).meta({ description: 'the card earns and spends nothing' }),
  z.object({ kind: z.literal('unfreezing'), ...about }),
  z.object({ kind: z.literal('recall'), ...about }).meta({ description: 'frozen, and its QR opens nothing' }),
  z.object({ kind: z.literal('replacement'), ...about }).meta({ description: 'a new number and QR; the old ones end' }),
  z
    .object({
      kind: z.literal('split'),
      ...about,
      headName: personName,
      group: z.string().meta({ description: 'name of the group' }),
      memberCount: people,
      phone: z
        .string()
        .regex(/^\+?[\d-]{5,20}$/)
        .optional(),
      members: chosen,
      centipoints: centipoints.min(0),
    })
    .meta({ description: 'a new household with so many of the points' }),
  z.object({ kind: z.literal('merger'), ...about, into: cardNumber }).meta({ description: 'all points go over' }),
  z
    .object({
      kind: z.literal('departure'),
      ...about,
      leaving: people,
      members: chosen,
      newHead: personName.optional(),
    })
    .meta({ description: 'members moved away or died; the points stay, frozen when nobody is left' }),
  z
    .object({ kind: z.literal('settlement'), ...about })
    .meta({ description: 'nobody came for the points in time: they go to the village' }),
  z
    .object({ kind: z.literal('naming'), ...about, names: newNames })
    .meta({ description: 'names for members who are counted already' }),
  z
    .object({ kind: z.literal('arrival'), ...about, names: newNames })
    .meta({ description: 'a birth, a marriage, somebody who comes back: so many more members' }),
  z
    .object({ kind: z.literal('correction'), ...about, member: z.int32().min(1), newName })
    .meta({ description: 'the name of a member, or of the head, was misspelt' }),
]);

const householdAfter = z.object({
  number: z.string(),
  headName: z.string(),
  group: z.string(),
  status,
  balanceBeforeCentipoints: centipoints,
  balanceCentipoints: centipoints,
  memberCount: z.int(),
});

const changeAnswer = z.object({
  operation: z.string(),
  kind: z.enum(CHANGE_KINDS),
  firstSeq: z.int().meta({ description: "number of its first act in the village's public record" }),
  recordedAt: z.iso.datetime(),
  reason: z.string().nullable(),
  households: z.array(
    z.object({
      number: z.string(),
      headName: z.string(),
      group: z.string(),
      status,
      amountCentipoints: centipoints.nullable(),
      balanceAfterCentipoints: centipoints.nullable(),
    }),
  ),
});

const expiringAnswer = z.object({
  on: day,
  isYearly: z.boolean().meta({ description: 'what is not used by 31 December goes' }),
  earnedMonths: z.int().nullable(),
  openingMonths: z.int().nullable(),
  households: z.array(
    z.object({
      number: z.string(),
      headName: z.string(),
      balanceCentipoints: centipoints,
      dueCentipoints: centipoints,
    }),
  ),
});

/** 户和卡的变动 and 到期, with the same decisions and refusals as the pages. */
export const changeApi: Routes = async (app, { db }) => {
  const { sql } = db;

  app.post(
    '/api/v1/villages/:village/household-changes/preview',
    {
      config: { access: 'household.change' },
      schema: {
        summary: 'What a change of a card or household would lead to; nothing is written',
        security: signedIn,
        params: villageParams,
        body: changeBody,
        response: { 200: z.object({ households: z.array(householdAfter) }), ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const preview = await previewHouseholdChange(
        sql,
        villageId,
        await changeOf(villageId, request.body),
        request.today,
      );
      if ('refused' in preview) return reply.refuse(preview);
      return {
        households: preview.effects.map((effect) => ({
          number: effect.number,
          headName: effect.headName,
          group: effect.groupName,
          status: effect.status,
          balanceBeforeCentipoints: effect.balanceBeforeCentipoints,
          balanceCentipoints: effect.balanceCentipoints,
          memberCount: effect.members,
        })),
      };
    },
  );

  app.post(
    '/api/v1/villages/:village/household-changes',
    {
      config: { access: 'household.change', freshProof: true },
      schema: {
        summary: 'Freeze, recall or replace a card; split, merge or settle a household; record who left',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: changeBody,
        response: { 201: changeAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const outcome = await changeHousehold(db, {
        villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
        change: await changeOf(villageId, request.body),
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      const answer = await describe(villageId, outcome.operationId);
      if (!answer) throw new Error('a change that was written can be read');
      return reply.code(201).send(answer);
    },
  );

  app.get(
    '/api/v1/villages/:village/household-changes/:operation',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'A change of a card or household',
        security: signedIn,
        params: villageParams.extend({ operation: z.string().max(40) }),
        response: { 200: changeAnswer, ...problems },
      },
    },
    async (request, reply) =>
      (await describe(villageOf(request).villageId, request.params.operation)) ??
      reply.refuse({ refused: 'not_found' }),
  );

  app.get(
    '/api/v1/villages/:village/expiries/preview',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'Whose points are too old by a day, which may lie ahead',
        security: signedIn,
        params: villageParams,
        querystring: z.object({ on: day.optional() }),
        response: { 200: expiringAnswer, ...problems },
      },
    },
    async (request) => {
      const { on = request.today } = request.query;
      const expiring = await expiringPoints(sql, villageOf(request).villageId, on);
      const { isYearly, earnedMonths, openingMonths, households } = expiring;
      return {
        on,
        isYearly,
        earnedMonths,
        openingMonths,
        households: households.map(({ number, headName, balanceCentipoints, dueCentipoints }) => ({
          number,
          headName,
          balanceCentipoints,
          dueCentipoints,
        })),
      };
    },
  );

  app.post(
    '/api/v1/villages/:village/expiries',
    {
      config: { access: 'points.expire' },
      schema: {
        summary: 'Clear away the points of the whole village that are too old by a day',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({ occurredOn: day.optional() }),
        response: {
          201: z.object({
            operation: z.string(),
            acts: z.array(
              z.object({ seq: z.int(), amountCentipoints: centipoints, balanceAfterCentipoints: centipoints }),
            ),
          }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const outcome = await expirePoints(db, {
        villageId: villageOf(request).villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
        occurredOn: request.body.occurredOn ?? request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send({
        operation: outcome.operationId,
        acts: outcome.acts.map(({ seq, amountCentipoints, balanceAfterCentipoints }) => ({
          seq,
          amountCentipoints: amountCentipoints ?? 0,
          balanceAfterCentipoints: balanceAfterCentipoints ?? 0,
        })),
      });
    },
  );

  /** Groups have names outside and numbers inside; a name that is not there is the number of none. */
  async function changeOf(villageId: number, body: z.infer<typeof changeBody>): Promise<HouseholdChange> {
    if (body.kind === 'departure') return { ...body, newHead: body.newHead ?? null };
    if (body.kind !== 'split') return body;
    const { group, phone = null, ...split } = body;
    const groups = await villagerGroups(sql, villageId);
    return { ...split, phone, groupId: groups.find(({ name }) => name === group)?.groupId ?? 0 };
  }

  async function describe(villageId: number, operationId: string): Promise<z.infer<typeof changeAnswer> | null> {
    const operation = await changeOperation(sql, villageId, operationId);
    if (!operation) return null;
    const { kind, firstSeq, recordedAt, reason, households } = operation;
    return {
      operation: operationId,
      kind,
      firstSeq,
      recordedAt: recordedAt.toISOString(),
      reason,
      households: households.map(({ groupName: group, ...household }) => ({ ...household, group })),
    };
  }
};
