import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NewHouseholdPage, type NewHouseholdPageProps } from '../../views/cards/new-household-page.tsx';
import { translate, type WordKey } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { villageTerms } from '../ledger/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { refusalNotice } from '../platform/http/form-answer.tsx';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { changeHousehold } from './change-household.ts';
import { readHeadName, readMemberCount, readNames, readPhone } from './household-fields.ts';
import { drawHousehold } from './household-routes.tsx';
import { withHead } from './members.ts';
import { openCards } from './open-cards.ts';
import { registerHousehold } from './register-household.ts';
import { villagerGroups } from './villager-groups.ts';

const text = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(lastOf, schema);

/** Wrong where the reader finds nothing in what was typed. */
const readBy = <Value,>(read: (text: string) => Value | null) =>
  z.string().transform((typed, context) => {
    const value = read(typed);
    if (value !== null) return value;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  });

const householdForm = z.object({
  idempotencyKey: text(z.string().max(150)),
  headName: text(readBy(readHeadName)),
  group: text(rowNumber),
  memberCount: text(readBy(readMemberCount)),
  names: text(readBy(readNames).optional()),
  phone: text(readBy(readPhone).optional()),
  open: text(z.string().optional()),
  namesake: text(z.string().optional()),
});

const ERRORS = {
  headName: 'cards.new.headNameError',
  group: 'cards.new.groupError',
  memberCount: 'cards.new.membersError',
  names: 'cards.new.namesError',
  phone: 'cards.new.phoneError',
} as const satisfies Record<string, WordKey>;

/** 登记新户: a household on the list, and its card opened in the same press where it is ticked. */
export const registrationRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/cards/new',
    { config: { access: 'household.register' }, schema: { params: villageParams } },
    (request, reply) =>
      drawForm(request, reply, {
        idempotencyKey: newIdempotencyKey(),
        values: { headName: '', group: '', memberCount: '', names: '', phone: '', open: true },
      }),
  );

  app.post(
    '/villages/:village/cards',
    {
      config: { access: 'household.register' },
      schema: { params: villageParams, body: z.record(z.string(), z.unknown()) },
    },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const form = householdForm.safeParse(request.body);
      const typed = {
        idempotencyKey: lastOf(request.body['idempotencyKey']) ?? newIdempotencyKey(),
        values: typedValues(request.body),
      };
      if (!form.success) {
        reply.code(422);
        return drawForm(request, reply, { ...typed, errors: errorsOf(request, form.error) });
      }
      const { idempotencyKey, group, open, namesake, phone = null, names: others = [], ...household } = form.data;
      const names = withHead(household.headName, others);
      if (names.length > household.memberCount) {
        reply.code(422);
        const message = translate(request.locale)('cards.new.namesTooMany');
        return drawForm(request, reply, { ...typed, errors: [{ name: 'names', message }] });
      }
      const registered = await registerHousehold(sql, {
        villageId,
        idempotencyKey,
        household: { ...household, groupId: group, phone },
        isNamesake: namesake !== undefined,
      });
      if ('refused' in registered) {
        reply.code(refusalStatus(registered));
        return drawForm(request, reply, { ...typed, refusal: registered });
      }
      const { number } = registered;
      const by = { villageId, recordedBy: viewerOf(request).personId, today: request.today };
      if (names.length > 0) {
        const change = { kind: 'naming', card: number, reason: '', names } as const;
        const named = await changeHousehold(db, { ...by, idempotencyKey: `${idempotencyKey}/members`, change });
        if ('refused' in named) return drawHousehold(request, reply, sql, { number, refusal: named });
      }
      if (open === undefined) return reply.redirect(`/villages/${code}/cards/${number}?done=registered`, 303);
      const opened = await openCards(db, {
        ...by,
        idempotencyKey: `${idempotencyKey}/opening`,
        occurredOn: request.today,
        cards: [number],
      });
      // The household is on the list all the same, and its page says why the card could not be opened.
      if ('refused' in opened) return drawHousehold(request, reply, sql, { number, refusal: opened });
      return reply.redirect(`/villages/${code}/cards/${number}?done=opened`, 303);
    },
  );

  async function drawForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { refusal, errors = [], ...form }: DrawnForm,
  ): Promise<FastifyReply> {
    const { villageId } = villageOf(request);
    const [groups, terms] = await Promise.all([villagerGroups(sql, villageId), villageTerms(sql, villageId)]);
    return reply.page(
      <NewHouseholdPage
        {...form}
        errors={errors}
        groups={groups}
        openingCentipoints={terms.openingCentipoints}
        asksNamesake={refusal?.refused === 'household_exists'}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};

type DrawnForm = Pick<NewHouseholdPageProps, 'idempotencyKey' | 'values'> & {
  errors?: FieldErrors;
  refusal?: Refusal;
};

function typedValues(body: Record<string, unknown>): NewHouseholdPageProps['values'] {
  return {
    headName: lastOf(body['headName']) ?? '',
    group: lastOf(body['group']) ?? '',
    memberCount: lastOf(body['memberCount']) ?? '',
    names: lastOf(body['names']) ?? '',
    phone: lastOf(body['phone']) ?? '',
    open: lastOf(body['open']) !== undefined,
  };
}

function errorsOf({ locale }: FastifyRequest, { issues }: z.ZodError): FieldErrors {
  const t = translate(locale) as (key: WordKey) => string;
  const wrong = new Set(issues.map(({ path }) => String(path[0])));
  return Object.entries(ERRORS).flatMap(([name, key]) => (wrong.has(name) ? [{ name, message: t(key) }] : []));
}
