import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ErasurePage } from '../../views/cards/erasure-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { cardByNumber, decideErasure } from '../cards/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { eraseHousehold } from './erase-household.ts';

const params = villageParams.extend({ number: z.string().max(20) });

const FIELDS = { reason: 'cards.erasure.reasonError', confirm: 'cards.erasure.confirmError' } as const;

interface Drawn {
  reason?: string;
  idempotencyKey?: string | undefined;
  wrong?: (keyof typeof FIELDS)[];
  refusal?: Refusal;
}

/** 按要求删除: for the county's administrator alone. */
export const erasureRoutes: Routes = async (app, services) => {
  const { db } = services;

  app.get(
    '/villages/:village/cards/:number/erasure',
    { config: { access: 'county.administer' }, schema: { params } },
    (request, reply) => draw(request, reply, {}),
  );

  app.post(
    '/villages/:village/cards/:number/erasure',
    {
      config: { access: 'county.administer', freshProof: true },
      schema: { params, body: z.record(z.string(), z.unknown()) },
    },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const { body } = request;
      const reason = lastOf(body['reason']) ?? '';
      const idempotencyKey = keyOf(body);
      const wrong: Drawn['wrong'] = [];
      if (reason.length < 2 || reason.length > 100) wrong.push('reason');
      if (lastOf(body['confirm']) !== 'yes') wrong.push('confirm');
      if (wrong.length > 0) return draw(request, reply, { reason, idempotencyKey, wrong });
      const outcome = await eraseHousehold(services, {
        villageId,
        number: request.params.number,
        reason,
        idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return draw(request, reply, { reason, idempotencyKey, refusal: outcome });
      return reply.redirect(`/villages/${code}/acts/${outcome.acts[0]?.seq}`, 303);
    },
  );

  async function draw(request: FastifyRequest, reply: FastifyReply, drawn: Drawn): Promise<FastifyReply> {
    const { number } = request.params as z.infer<typeof params>;
    const household = await cardByNumber(db.sql, villageOf(request).villageId, number);
    if (!household) return reply.refuse({ refused: 'no_such_card', number });
    const { reason = '', idempotencyKey, wrong = [] } = drawn;
    // Said before somebody fills in the form.
    const obstacle = decideErasure(number, household);
    const refusal = drawn.refusal ?? obstacle ?? undefined;
    const t = translate(request.locale);
    setStatus(reply, { errors: wrong, refusal: drawn.refusal });
    const isSpent = idempotencyKey === undefined || refusal?.refused === 'key_reused';
    return reply.page(
      <ErasurePage
        idempotencyKey={isSpent ? newIdempotencyKey() : idempotencyKey}
        household={household}
        reason={reason}
        errors={wrong.map((name) => ({ name, message: t(FIELDS[name]) }))}
        isPossible={obstacle === null}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};
