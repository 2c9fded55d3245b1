import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ChangeCheckPage } from '../../views/cards/change-check-page.tsx';
import { ChangePage } from '../../views/cards/change-page.tsx';
import { ChangeResultPage } from '../../views/cards/change-result-page.tsx';
import { translate, type WordKey } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { householdError } from '../../views/shared/household-field.tsx';
import { villageTerms } from '../ledger/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { villageDay, villageTime } from '../platform/clock.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyAfter, keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { type ChangeField, type ChangeValues, readChange, typedChange } from './change-form.ts';
import { changeHousehold, previewHouseholdChange } from './change-household.ts';
import { changeOperation } from './change-operation.ts';
import { cardByNumber, formerCard, type HouseholdCard } from './household-card.ts';
import { CHANGE_KINDS, type HouseholdChange, type HouseholdChangeKind } from './household-change.ts';
import { householdMeant } from './household-meant.ts';
import { membersOf } from './members.ts';
import { villagerGroups } from './villager-groups.ts';

const changeParams = villageParams.extend({ number: z.string().max(20), change: z.string().max(20) });

const ERRORS = {
  reason: 'cards.change.reasonError',
  headName: 'cards.new.headNameError',
  group: 'cards.new.groupError',
  memberCount: 'cards.new.membersError',
  phone: 'cards.new.phoneError',
  points: 'cards.change.pointsError',
  into: 'cards.change.intoError',
  leaving: 'cards.change.leavingError',
  members: 'cards.change.leavingError',
  newHead: 'cards.change.newHeadError',
  names: 'cards.change.namesError',
  member: 'cards.change.memberError',
  newName: 'cards.change.newHeadError',
} as const satisfies Record<ChangeField, WordKey>;

/** 卡和户的变动: a form each; where points or people move, what will be is shown before anything is written. */
export const changeRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/cards/:number/changes/:change',
    { config: { access: 'household.change' }, schema: { params: changeParams } },
    (request, reply) => drawForm(request, reply, { values: {}, idempotencyKey: newIdempotencyKey() }),
  );

  app.post(
    '/villages/:village/cards/:number/changes/:change',
    {
      config: { access: 'household.change', freshProof: true },
      schema: { params: changeParams, body: z.record(z.string(), z.unknown()) },
    },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { body, params } = request;
      const kind = kindOf(params.change);
      if (!kind) return reply.refuse({ refused: 'not_found' });
      const typed = {
        values: typedChange(body),
        idempotencyKey: keyOf(body),
      };
      const step = lastOf(body['step']);
      if (step === 'change') return drawForm(request, reply, typed);
      const read = readChange(kind, params.number, body);
      if ('wrong' in read) return drawForm(request, reply, { ...typed, wrong: read.wrong });
      const change = await withReceiver(villageId, read.change);
      if ('candidates' in change) return drawForm(request, reply, { ...typed, ...change });
      if (isChecked(kind) && step !== 'confirm') {
        const preview = await previewHouseholdChange(sql, villageId, change, request.today);
        if ('refused' in preview) return drawForm(request, reply, { ...typed, refusal: preview });
        const fields = { ...typed.values, ...(change.kind === 'merger' && { into: change.into }) };
        const [first] = preview.effects;
        return reply.page(
          <ChangeCheckPage
            kind={kind}
            idempotencyKey={typed.idempotencyKey}
            household={{ number: params.number, headName: first?.headName ?? '' }}
            reason={change.reason}
            effects={preview.effects}
            fields={fields}
          />,
        );
      }
      const outcome = await changeHousehold(db, {
        villageId,
        idempotencyKey: typed.idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
        change,
      });
      if ('refused' in outcome) return drawForm(request, reply, { ...typed, refusal: outcome });
      return reply.redirect(`/villages/${code}/household-changes/${outcome.operationId}`, 303);
    },
  );

  app.get(
    '/villages/:village/household-changes/:operation',
    {
      config: { access: 'village.read' },
      schema: { params: villageParams.extend({ operation: z.string().max(40) }) },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const operation = await changeOperation(sql, villageId, request.params.operation);
      if (!operation) return reply.refuse({ refused: 'not_found' });
      const { kind, recordedAt, households } = operation;
      const mayPrint = may(viewerOf(request).appointments, 'card.open', villageOf(request));
      const hasNewCard = mayPrint && (kind === 'replacement' || kind === 'split');
      return reply.page(
        <ChangeResultPage
          {...operation}
          recordedOn={{ day: villageDay(recordedAt), time: villageTime(recordedAt) }}
          toPrint={hasNewCard ? households.slice(-1).filter(({ status }) => status !== 'closed') : []}
        />,
      );
    },
  );

  /** Of a merger: the one household that fits what was typed, or those to choose from. */
  async function withReceiver(
    villageId: number,
    change: HouseholdChange,
  ): Promise<HouseholdChange | { candidates: HouseholdCard[] }> {
    if (change.kind !== 'merger') return change;
    const meant = await householdMeant(sql, villageId, change.into, { except: change.card });
    return 'candidates' in meant ? meant : { ...change, into: meant.number };
  }

  async function drawForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { values, idempotencyKey, wrong = [], candidates, refusal }: DrawnChange,
  ): Promise<FastifyReply> {
    const { villageId, code } = villageOf(request);
    const { number, change } = request.params as z.infer<typeof changeParams>;
    const kind = kindOf(change);
    if (!kind) return reply.refuse({ refused: 'not_found' });
    const [card, groups, terms] = await Promise.all([
      cardByNumber(sql, villageId, number),
      villagerGroups(sql, villageId),
      villageTerms(sql, villageId),
    ]);
    if (!card) {
      const former = await formerCard(sql, { villageId, number });
      if (!former) return reply.refuse({ refused: 'no_such_card', number });
      return reply.redirect(`/villages/${code}/cards/${former.currentNumber}/changes/${kind}`, 303);
    }
    const members = await membersOf(sql, villageId, [card.householdId]);
    const t = translate(request.locale);
    const errors: FieldErrors = [
      ...wrong.map((name) => ({ name, message: t(ERRORS[name]) })),
      ...(candidates ? [householdError(t, 'into', { candidates })] : []),
    ];
    setStatus(reply, { errors, refusal });
    return reply.page(
      <ChangePage
        kind={kind}
        // A key that belongs to another request would be refused for ever.
        idempotencyKey={keyAfter(refusal, idempotencyKey)}
        household={card}
        members={members}
        values={{ group: String(card.groupId), ...values }}
        groups={groups}
        candidates={candidates && candidates.length > 0 ? candidates : undefined}
        vacancyMonths={terms.vacancyMonths}
        errors={errors}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};

interface DrawnChange {
  values: ChangeValues;
  idempotencyKey: string;
  wrong?: ChangeField[];
  candidates?: HouseholdCard[];
  refusal?: Refusal;
}

function kindOf(change: string): HouseholdChangeKind | undefined {
  return CHANGE_KINDS.find((kind) => kind === change);
}

/** Where points or people move. */
function isChecked(kind: HouseholdChangeKind): kind is 'split' | 'merger' | 'departure' | 'settlement' {
  return kind === 'split' || kind === 'merger' || kind === 'departure' || kind === 'settlement';
}
