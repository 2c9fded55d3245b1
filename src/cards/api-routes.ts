import { z } from 'zod';
import { statement } from '../ledger/index.ts';
import { recordListView, recordPersonalView, viewerOf, villageOf } from '../people/index.ts';
import {
  cardNumber,
  centipoints,
  day,
  idempotencyHeaders,
  listOf,
  problems,
  signedIn,
  villageParams,
} from '../platform/http/api-schemas.ts';
import { seqNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { spendableOf, type Unspendable, unspendableOf, unspendableOfAll } from '../settings/index.ts';
import { changeApi, newName } from './change-api-routes.ts';
import { changeHousehold } from './change-household.ts';
import { findCards } from './find-cards.ts';
import { cardByNumber, type HouseholdCard } from './household-card.ts';
import { membersOf, withHead } from './members.ts';
import { openCards } from './open-cards.ts';
import { registerHousehold } from './register-household.ts';
import { villagerGroups } from './villager-groups.ts';

const cardAnswer = z.object({
  number: z.string(),
  status: z.enum(['registered', 'active', 'frozen', 'closed']),
  balanceCentipoints: centipoints,
  spendableCentipoints: centipoints.meta({
    description:
      'less where the village keeps a base on each card, or where it was given points that it has not matched yet',
  }),
  lockedCentipoints: centipoints
    .optional()
    .meta({ description: 'given, and spent only when as much was earned as was agreed' }),
  headName: z.string(),
  group: z.string(),
  memberCount: z.int(),
});

const member = z.object({
  member: z.int().meta({ description: 'the number by which an award names this person' }),
  name: z.string(),
});

const oneCardAnswer = cardAnswer.extend({
  members: z.array(member).meta({ description: 'who of the household is named' }),
});

const entryAnswer = z.object({
  n: z.int().meta({ description: 'consecutive in the card, from 1' }),
  seq: z.int().meta({ description: "number in the village's public record" }),
  type: z.string(),
  amountCentipoints: centipoints,
  balanceAfterCentipoints: centipoints,
  occurredOn: day,
  recordedAt: z.iso.datetime(),
  rule: z.string().optional(),
  reversesSeq: z.int().optional(),
  reversedBySeq: z.int().optional(),
});

const cardParams = villageParams.extend({ number: z.string() });

const cursor = seqNumber.optional();

const PAGE = 50;

export const cardsApi: Routes = async (app, services) => {
  const { db } = services;
  const { sql } = db;

  await app.register(changeApi, services);

  app.get(
    '/api/v1/villages/:village/cards',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'Find cards by name, pinyin initials, number or group',
        security: signedIn,
        params: villageParams,
        querystring: z.object({
          q: z.string().max(100).default(''),
          cursor,
          limit: z.coerce.number().int().min(1).max(500).default(PAGE),
        }),
        response: { 200: listOf(cardAnswer), ...problems },
      },
    },
    async (request) => {
      const { q, limit, cursor: offset = 0 } = request.query;
      const { villageId } = villageOf(request);
      await recordListView(sql, { ...viewerOf(request), villageId });
      const found = await findCards(sql, villageId, { query: q, limit: limit + 1, offset });
      const accountIds = found.map(({ accountId }) => accountId);
      const unspendable = await unspendableOfAll(sql, { villageId, accountIds, today: request.today });
      return {
        items: found.slice(0, limit).map((card) => describeCard(card, unspendable(card.accountId))),
        ...(found.length > limit && { next: String(offset + limit) }),
      };
    },
  );

  app.get(
    '/api/v1/villages/:village/cards/:number',
    {
      config: { access: 'village.read' },
      schema: {
        summary: 'One card',
        security: signedIn,
        params: cardParams,
        response: { 200: oneCardAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const card = await cardByNumber(sql, villageId, request.params.number);
      if (!card) return reply.refuse({ refused: 'no_such_card', ...request.params });
      const { personId } = viewerOf(request);
      await recordPersonalView(sql, { personId, villageId, householdId: card.householdId, kind: 'program' });
      return describeOne(villageId, card, request.today);
    },
  );

  app.get(
    '/api/v1/villages/:village/cards/:number/entries',
    {
      config: { access: 'village.read' },
      schema: {
        summary: "A card's passbook, newest first",
        security: signedIn,
        params: cardParams,
        querystring: z.object({ cursor, limit: z.coerce.number().int().min(1).max(500).default(PAGE) }),
        response: { 200: listOf(entryAnswer), ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const card = await cardByNumber(sql, villageId, request.params.number);
      if (!card) return reply.refuse({ refused: 'no_such_card', ...request.params });
      const { limit, cursor: beforeN } = request.query;
      const lines = await statement(sql, {
        villageId,
        accountId: card.accountId,
        limit: limit + 1,
        ...(beforeN !== undefined && { beforeN }),
      });
      const items = lines.slice(0, limit).map((line) => ({
        n: line.n,
        seq: line.seq,
        type: line.type,
        amountCentipoints: line.amountCentipoints,
        balanceAfterCentipoints: line.balanceAfterCentipoints,
        occurredOn: line.occurredOn,
        recordedAt: line.recordedAt.toISOString(),
        ...(typeof line.facts.rule === 'string' && { rule: line.facts.rule }),
        ...(line.reversesSeq !== null && { reversesSeq: line.reversesSeq }),
        ...(line.reversedBySeq !== null && { reversedBySeq: line.reversedBySeq }),
      }));
      return { items, ...(lines.length > limit && { next: String(items.at(-1)?.n) }) };
    },
  );

  app.post(
    '/api/v1/villages/:village/households',
    {
      config: { access: 'household.register' },
      schema: {
        summary: 'Put a household on the list; its card holds nothing until it is opened',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          headName: z.string().trim().min(1).max(20),
          group: z.string().meta({ description: 'name of the group' }),
          memberCount: z.int().min(1).max(99),
          members: z
            .array(newName)
            .max(99)
            .optional()
            .meta({ description: 'names, with the head; no more of them than memberCount' }),
          phone: z
            .string()
            .regex(/^\+?[\d-]{5,20}$/)
            .optional(),
          isNamesake: z
            .boolean()
            .default(false)
            .meta({ description: 'another household of the same name in the same group' }),
        }),
        response: { 201: oneCardAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { group, phone = null, isNamesake, members = [], ...household } = request.body;
      const names = withHead(household.headName, members);
      const groups = await villagerGroups(sql, villageId);
      const groupId = groups.find(({ name }) => name === group)?.groupId;
      if (groupId === undefined) return reply.refuse({ refused: 'unknown_group' });
      if (names.length > household.memberCount) {
        return reply.refuse({ refused: 'invalid_input', errors: [{ field: 'members' }] });
      }
      const idempotencyKey = request.headers['idempotency-key'];
      const registered = await registerHousehold(sql, {
        villageId,
        idempotencyKey,
        household: { ...household, groupId, phone },
        isNamesake,
      });
      if ('refused' in registered) return reply.refuse(registered);
      if (names.length > 0) {
        const named = await changeHousehold(db, {
          villageId,
          idempotencyKey: `${idempotencyKey}/members`,
          recordedBy: viewerOf(request).personId,
          today: request.today,
          change: { kind: 'naming', card: registered.number, reason: '', names },
        });
        if ('refused' in named) return reply.refuse(named);
      }
      const card = await cardByNumber(sql, villageId, registered.number);
      if (!card) throw new Error('a registered household has a card');
      return reply.code(201).send(await describeOne(villageId, card, request.today));
    },
  );

  app.post(
    '/api/v1/villages/:village/openings',
    {
      config: { access: 'card.open' },
      schema: {
        summary: 'Open cards with the opening points',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({ cards: z.array(cardNumber).min(1).max(2000), occurredOn: day.optional() }),
        response: {
          201: z.object({
            acts: z.array(z.object({ seq: z.int(), card: z.string(), balanceAfterCentipoints: centipoints })),
          }),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { cards, occurredOn = request.today } = request.body;
      const outcome = await openCards(db, {
        villageId: villageOf(request).villageId,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
        occurredOn,
        cards,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send({
        acts: outcome.acts.map(({ seq, balanceAfterCentipoints }, index) => ({
          seq,
          card: cards[index] ?? '',
          balanceAfterCentipoints: balanceAfterCentipoints ?? 0,
        })),
      });
    },
  );

  async function describeOne(
    villageId: number,
    card: HouseholdCard,
    today: string,
  ): Promise<z.infer<typeof oneCardAnswer>> {
    const [unspendable, members] = await Promise.all([
      unspendableOf(sql, { villageId, accountId: card.accountId, today }),
      membersOf(sql, villageId, [card.householdId]),
    ]);
    return {
      ...describeCard(card, unspendable),
      members: members.map(({ memberId, name }) => ({ member: memberId, name })),
    };
  }
};

function describeCard(card: HouseholdCard, unspendable: Unspendable): z.infer<typeof cardAnswer> {
  return {
    number: card.number,
    status: card.status,
    balanceCentipoints: card.balanceCentipoints,
    spendableCentipoints: spendableOf(card.balanceCentipoints, unspendable),
    ...(unspendable.lockedCentipoints > 0 && { lockedCentipoints: unspendable.lockedCentipoints }),
    headName: card.headName,
    group: card.groupName,
    memberCount: card.memberCount,
  };
}
