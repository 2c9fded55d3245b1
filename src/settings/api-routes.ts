import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import { idempotencyHeaders, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { changeSettings } from './change-settings.ts';
import { SETTING_NAMES, settingNamed } from './registry.ts';
import type { Setting } from './setting-kinds.ts';
import { villageSettings } from './village-settings.ts';

const settings = z.object(Object.fromEntries(SETTING_NAMES.map((name) => [name, schemaOf(settingNamed(name))])));

/** 村里的规定 as JSON. */
export const settingsApi: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/api/v1/villages/:village/settings',
    {
      config: { access: 'everybody' },
      schema: { summary: 'How the village works', params: villageParams, response: { 200: settings, ...problems } },
    },
    (request) => villageSettings(sql, villageOf(request).villageId),
  );

  app.post(
    '/api/v1/villages/:village/settings',
    {
      config: { access: 'setting.change' },
      schema: {
        summary: 'What the village decided about how it works',
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({
          settings: settings.partial().strict(),
          reason: z.string().trim().min(2).max(100).meta({ description: 'who decided it and when' }),
        }),
        response: { 201: z.object({ settings, seq: z.int() }), ...problems },
      },
    },
    async (request, reply) => {
      const { villageId } = villageOf(request);
      const { settings: wanted, reason } = request.body;
      const outcome = await changeSettings(db, {
        villageId,
        wanted,
        reason,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      return reply.code(201).send({ settings: await villageSettings(sql, villageId), seq: outcome.acts[0]?.seq ?? 0 });
    },
  );
};

function schemaOf(setting: Setting): z.ZodType {
  if (setting.kind === 'switch') return z.boolean();
  if (setting.kind === 'choice') return z.enum(setting.choices);
  const number = z.int().min(setting.min).max(setting.max);
  return setting.isOptional ? number.nullable() : number;
}
