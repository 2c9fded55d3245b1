import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NameLimitPage, NamesPage, type NamesPageProps } from '../../views/cards/names-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { regionOf, viewerOf, villageOf } from '../people/index.ts';
import { idempotencyHeaders, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, refusalNotice, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { changeNames, setNameLimit } from './change-names.ts';
import { NAME_LEVELS } from './mask-name.ts';
import { nameLimit, nameSetting } from './name-level.ts';

const level = z.literal(NAME_LEVELS);

const typedLevel = z.preprocess((value) => Number(lastOf(value) ?? Number.NaN), level);

const text = z.preprocess((value) => lastOf(value) ?? '', z.string().max(200));

const form = z.object({ level: typedLevel.optional().catch(undefined), reason: text, idempotencyKey: text });

const limitForm = z.object({ most: typedLevel });

const regionParams = z.object({ region: z.string() });

const limitAnswer = z.object({ most: level });

const namesAnswer = z.object({
  level: level.meta({ description: '0 card digits, 1 family name, 2 without the middle, 3 whole names' }),
  chosen: level.meta({ description: 'what the village decided' }),
  most: level.meta({ description: 'what the county allows' }),
});

interface Drawn {
  typed?: Partial<z.infer<typeof form>>;
  errors?: NamesPageProps['errors'];
  refusal?: Refusal;
}

/** 公示姓名: the village decides how much of a name everybody sees, the county how much is allowed. */
export const nameRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/names',
    { config: { access: 'rule.change' }, schema: { params: villageParams } },
    (request, reply) => draw(request, reply, {}),
  );

  app.post(
    '/villages/:village/names',
    { config: { access: 'rule.change' }, schema: { params: villageParams, body: form } },
    async (request, reply) => {
      const { body } = request;
      const t = translate(request.locale);
      const errors = [
        ...(body.level === undefined ? [{ name: 'level', message: t('cards.names.levelError') }] : []),
        ...(isReason(body.reason) ? [] : [{ name: 'reason', message: t('cards.names.reasonError') }]),
      ];
      if (body.level === undefined || errors.length > 0) return draw(request, reply, { typed: body, errors });
      const { villageId, code } = villageOf(request);
      const outcome = await changeNames(db, {
        villageId,
        level: body.level,
        reason: body.reason,
        idempotencyKey: keyOf(body),
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return draw(request, reply, { typed: body, refusal: outcome });
      return reply.redirect(`/villages/${code}/acts/${outcome.acts[0]?.seq}`, 303);
    },
  );

  app.get(
    '/api/v1/villages/:village/names',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'How much of a name everybody sees',
        params: villageParams,
        response: { 200: namesAnswer, ...problems },
      },
    },
    (request) => nameSetting(sql, villageOf(request).villageId),
  );

  app.post(
    '/api/v1/villages/:village/names',
    {
      config: { access: 'rule.change' },
      schema: {
        summary: 'What the village decided about names on public pages',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          level,
          reason: z.string().trim().min(2).max(100).meta({ description: 'who decided it and when' }),
        }),
        response: { 201: namesAnswer.extend({ seq: z.int() }), ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const outcome = await changeNames(db, {
        villageId,
        ...request.body,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send({ ...(await nameSetting(sql, villageId)), seq: outcome.acts[0]?.seq ?? 0 });
    },
  );

  const administer = { access: 'county.administer' } as const;

  app.get('/regions/:region/administration/names', { config: administer }, async (request, reply) => {
    const { level: kind, regionId, code } = regionOf(request);
    if (kind !== 'county') return reply.refuse({ refused: 'unknown_region' });
    const { saved } = z.object({ saved: z.string().optional() }).parse(request.query);
    const href = `/regions/${code}/administration`;
    return reply.page(
      <NameLimitPage administrationHref={href} most={await nameLimit(sql, regionId)} isSaved={saved !== undefined} />,
    );
  });

  app.post('/regions/:region/administration/names', { config: administer }, async (request, reply) => {
    const { level: kind, code } = regionOf(request);
    if (kind !== 'county') return reply.refuse({ refused: 'unknown_region' });
    const parsed = limitForm.safeParse(request.body);
    if (parsed.success) await keepLimit(request, parsed.data);
    return reply.redirect(`/regions/${code}/administration/names${parsed.success ? '?saved=1' : ''}`, 303);
  });

  app.post(
    '/api/v1/regions/:region/names',
    {
      config: administer,
      schema: {
        summary: 'How much of a name the villages of a county may show',
        security: signedIn,
        params: regionParams,
        body: limitAnswer,
        response: { 200: limitAnswer, ...problems },
      },
    },
    async (request, reply) => {
      if (regionOf(request).level !== 'county') return reply.refuse({ refused: 'unknown_region' });
      await keepLimit(request, request.body);
      return request.body;
    },
  );

  function keepLimit(request: FastifyRequest, { most }: z.infer<typeof limitAnswer>): Promise<void> {
    const { personId } = viewerOf(request);
    return setNameLimit(sql, { countyId: regionOf(request).regionId, most, personId, address: request.ip });
  }

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    { typed = {}, errors = [], refusal }: Drawn,
  ): Promise<FastifyReply> {
    const setting = await nameSetting(sql, villageOf(request).villageId);
    setStatus(reply, { errors, refusal });
    const isSpent = !typed.idempotencyKey || refusal?.refused === 'key_reused';
    return reply.page(
      <NamesPage
        setting={setting}
        levels={NAME_LEVELS}
        idempotencyKey={isSpent ? newIdempotencyKey() : (typed.idempotencyKey ?? '')}
        level={typed.level ?? setting.level}
        reason={typed.reason ?? ''}
        errors={errors}
        notice={refusal && refusalNotice(request, refusal)}
      />,
    );
  }
};

function isReason(reason: string): boolean {
  return reason.length >= 2 && reason.length <= 100;
}
