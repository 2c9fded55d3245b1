/**
 * Awards that a browser kept while there was no network: the two pages that it opens by itself, what it must know to fill them, and
 * the address to which it sends what waits. It sends as a form does, with the token of the reader's own cookie, and its key is the one
 * under which the same award may have arrived before.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { UploadAwardPage } from '../../views/awards/upload-award-page.tsx';
import { UploadsPage } from '../../views/awards/uploads-page.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { allCards } from '../cards/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { photoFields, storePhotos } from '../photos/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { formToken } from '../platform/http/form-token.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { villageRules } from '../rules/index.ts';
import { awardForm, missingFields, timesOf } from './award-form.ts';
import { awardPoints } from './award-points.ts';

const access = 'points.award';

const shellQuery = z.object({ shell: z.string().optional() });

export const uploadRoutes: Routes = async (app, services) => {
  const { db } = services;
  for (const [url, draw] of [
    ['/uploads', () => <UploadsPage />],
    ['/uploads/award', () => <UploadAwardPage />],
  ] as const) {
    app.get(url, { config: { access: 'everybody' }, schema: { querystring: shellQuery } }, (request, reply) => {
      // What the browser keeps of it is for whoever uses the machine.
      if (request.query.shell !== undefined) request.viewer = null;
      return reply.page(draw());
    });
  }

  app.get(
    '/villages/:village/awards/book',
    { config: { access }, schema: { params: villageParams } },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const [rules, cards] = await Promise.all([
        villageRules(db.sql, villageId, request.today),
        allCards(db.sql, villageId),
      ]);
      return sendJson(reply, {
        // Whom of a household it is about is asked with the names at hand, which no browser keeps.
        rules: rules
          .filter(({ capPer }) => capPer === 'household')
          .map(({ code, name, pointsCentipoints }) => ({ code, name, pointsCentipoints })),
        households: cards
          .filter(({ status }) => status === 'active')
          .map(({ number, headName, groupName, groupId }) => ({ number, name: headName, group: groupName, groupId })),
      });
    },
  );

  app.get(
    '/villages/:village/awards/uploads',
    { config: { access }, schema: { params: villageParams } },
    (request, reply) => sendJson(reply, { reader: String(viewerOf(request).personId), token: formToken(reply)() }),
  );

  app.post(
    '/villages/:village/awards/uploads',
    { config: { access, uploads: true }, schema: { params: villageParams, body: awardForm } },
    async (request, reply) => {
      const form = request.body;
      if (missingFields(form).length > 0 || form.cards.length === 0 || form.idempotencyKey === '') {
        return refuse(request, reply, { refused: 'invalid_input' });
      }
      const { villageId } = villageOf(request);
      const { personId } = viewerOf(request);
      const taken = { villageId, purpose: 'evidence', addedBy: personId, fields: photoFields(request) } as const;
      const photos = await storePhotos(services, taken);
      if ('refused' in photos) return refuse(request, reply, photos);
      const outcome = await awardPoints(db, {
        villageId,
        idempotencyKey: form.idempotencyKey,
        recordedBy: personId,
        today: request.today,
        rule: form.rule,
        occurredOn: form.occurredOn,
        times: timesOf(form),
        cards: form.cards,
        members: form.members,
        note: form.note === '' ? undefined : form.note,
        photos,
        confirmedCentipoints: /^-?\d{1,9}$/.test(form.total) ? Number(form.total) : undefined,
      });
      if ('refused' in outcome) return refuse(request, reply, outcome);
      return sendJson(reply.code(201), { operation: outcome.operationId });
    },
  );
};

function sendJson(reply: FastifyReply, value: unknown, type = 'application/json; charset=utf-8'): FastifyReply {
  return reply.type(type).serializer(JSON.stringify).send(value);
}

/** As the API says it, for here too it is a program that reads. */
function refuse({ locale }: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const detail = refusalText(locale, refusal);
  return sendJson(
    reply.code(refusalStatus(refusal)),
    { code: refusal.refused, detail },
    'application/problem+json; charset=utf-8',
  );
}
