import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SettingsFormPage } from '../../views/settings/settings-form-page.tsx';
import { SettingsPage } from '../../views/settings/settings-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import { keyOf, setStatus } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Refusal } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { changeSettings } from './change-settings.ts';
import { PRESETS, type Preset, settingsOf } from './registry.ts';
import { readSettings, settingFields, type TypedSettings } from './setting-fields.ts';
import { SETTING_GROUPS } from './setting-kinds.ts';
import { decidedSettings, settingsAfter, villageSettings } from './village-settings.ts';

const query = z.object({ preset: z.enum(PRESETS).optional().catch(undefined) });

const form = z.record(z.string(), z.unknown());

interface Drawn {
  preset?: Preset | undefined;
  typed?: TypedSettings;
  reason?: string;
  idempotencyKey?: string;
  errors?: FieldErrors;
  refusal?: Refusal;
}

/** 村里的规定: everybody reads them, the manager records what the meeting decided. */
export const settingsRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/settings',
    { config: { access: 'everybody' }, schema: { params: villageParams } },
    async (request, reply) => {
      const village = villageOf(request);
      const decided = await decidedSettings(sql, village.villageId);
      const values = settingsAfter(decided);
      const mayChange = request.viewer !== null && may(request.viewer.appointments, 'setting.change', village);
      return reply.page(
        <SettingsPage
          villageName={village.name}
          groups={SETTING_GROUPS}
          fields={settingFields(values)}
          values={values}
          decided={decided}
          mayChange={mayChange}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/settings/change',
    { config: { access: 'setting.change' }, schema: { params: villageParams, querystring: query } },
    (request, reply) => draw(request, reply, { preset: request.query.preset }),
  );

  app.post(
    '/villages/:village/settings/change',
    { config: { access: 'setting.change' }, schema: { params: villageParams, body: form } },
    async (request, reply) => {
      const { body } = request;
      const { wanted, typed, wrong } = readSettings(body);
      const reason = (lastOf(body['reason']) ?? '').slice(0, 200);
      const idempotencyKey = keyOf(body);
      const t = translate(request.locale);
      const errors = settingFields(settingsOf('undecided'))
        .filter(({ name }) => wrong.includes(name))
        .map((field) => ({
          name: field.name,
          message: 'min' in field ? t('settings.wrongNumber', field) : t('settings.wrongChoice'),
        }));
      if (reason.length < 2 || reason.length > 100) {
        return draw(request, reply, {
          typed,
          reason,
          idempotencyKey,
          errors: [...errors, { name: 'reason', message: t('settings.reasonError') }],
        });
      }
      if (errors.length > 0) return draw(request, reply, { typed, reason, idempotencyKey, errors });
      const { villageId, code } = villageOf(request);
      const outcome = await changeSettings(db, {
        villageId,
        wanted,
        reason,
        idempotencyKey,
        recordedBy: viewerOf(request).personId,
        today: request.today,
      });
      if ('refused' in outcome) return draw(request, reply, { typed, reason, idempotencyKey, refusal: outcome });
      return reply.redirect(`/villages/${code}/acts/${outcome.acts[0]?.seq}`, 303);
    },
  );

  async function draw(
    request: FastifyRequest,
    reply: FastifyReply,
    { preset, typed, reason = '', idempotencyKey, errors = [], refusal }: Drawn,
  ): Promise<FastifyReply> {
    const current = await villageSettings(sql, villageOf(request).villageId);
    setStatus(reply, { errors, refusal });
    const isSpent = refusal?.refused === 'key_reused';
    return reply.page(
      <SettingsFormPage
        groups={SETTING_GROUPS}
        fields={settingFields(preset ? settingsOf(preset) : current, typed)}
        presets={PRESETS}
        isFilled={preset !== undefined}
        reason={reason}
        idempotencyKey={isSpent || !idempotencyKey ? newIdempotencyKey() : idempotencyKey}
        errors={errors}
        refusal={refusal}
      />,
    );
  }
};
