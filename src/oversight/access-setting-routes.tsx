import { z } from 'zod';
import { AccessSettingPage } from '../../views/oversight/access-setting-page.tsx';
import { DEMANDS, secondFactorDemand, setSecondFactorDemand, viewerOf } from '../people/index.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { countyOf, hrefOf } from './administration-routes.tsx';

const settingForm = z.object({ secondFactor: z.enum(DEMANDS) });

/** 登录安全: what a county asks of those who sign in. */
export const accessSettingRoutes: Routes = async (app, { db: { sql } }) => {
  const config = { access: 'county.administer' } as const;

  app.get('/regions/:region/administration/access-settings', { config }, async (request, reply) => {
    const county = countyOf(request, reply);
    if (!county) return reply;
    const { saved } = z.object({ saved: z.string().optional() }).parse(request.query);
    const demand = await secondFactorDemand(sql, county.regionId);
    return reply.page(
      <AccessSettingPage administrationHref={hrefOf(county)} demand={demand} isSaved={saved !== undefined} />,
    );
  });

  app.post(
    '/regions/:region/administration/access-settings',
    // Who has no suitable phone must be able to take the demand back.
    { config: { ...config, beforeSecondFactor: true, freshProof: true } },
    async (request, reply) => {
      const county = countyOf(request, reply);
      if (!county) return reply;
      const form = settingForm.safeParse(request.body);
      if (form.success) {
        const { personId } = viewerOf(request);
        const demand = form.data.secondFactor;
        await setSecondFactorDemand(sql, { countyId: county.regionId, demand, personId, address: request.ip });
      }
      return reply.redirect(`${hrefOf(county)}/access-settings${form.success ? '?saved=1' : ''}`, 303);
    },
  );
};
