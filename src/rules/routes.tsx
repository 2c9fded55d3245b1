import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RuleCheckPage } from '../../views/rules/rule-check-page.tsx';
import { RuleHistoryPage } from '../../views/rules/rule-history-page.tsx';
import { RulesPage } from '../../views/rules/rules-page.tsx';
import type { Imports } from '../imports/index.ts';
import { type Capability, may, villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import type { RouteServices } from '../platform/http/route-services.ts';
import { isSafetyRule } from './adopt-template.ts';
import { ruleCategories } from './categories.ts';
import { ruleChangeRoutes } from './change-routes.tsx';
import { ruleImportRoutes } from './import-routes.tsx';
import { type MembersMost, villageRuleCheck } from './rule-check.ts';
import { ruleVersions } from './village-rules.ts';

export const rulesRoutes: FastifyPluginAsyncZod<
  RouteServices & { imports: Imports; membersMost: MembersMost }
> = async (app, services) => {
  const { sql } = services.db;
  await app.register(ruleChangeRoutes, services);
  await app.register(ruleImportRoutes, services);

  app.get(
    '/villages/:village/rules',
    { config: { access: 'everybody' }, schema: { params: villageParams } },
    async (request, reply) => {
      const village = villageOf(request);
      const { villageId, code, name } = village;
      const check = await villageRuleCheck(sql, villageId, request.today, services.membersMost);
      const categories = ruleCategories
        .map((category) => ({
          ...category,
          rules: check.rules
            .filter((rule) => rule.category === category.code)
            .map((rule) => ({ ...rule, isSafety: isSafetyRule(rule) })),
        }))
        .filter((category) => category.rules.length > 0);
      const villageHref = `/villages/${code}`;
      return reply.page(
        <RulesPage
          villageName={name}
          villageHref={villageHref}
          shelfHref={`${villageHref}/shelf`}
          categories={categories}
          check={check}
          mayChange={request.viewer !== null && may(request.viewer.appointments, 'rule.change', village)}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/rules/check',
    { config: { access: 'everybody' }, schema: { params: villageParams } },
    async (request, reply) => {
      const village = villageOf(request);
      const check = await villageRuleCheck(sql, village.villageId, request.today, services.membersMost);
      const allows = (capability: Capability) =>
        request.viewer !== null && may(request.viewer.appointments, capability, village);
      return reply.page(
        <RuleCheckPage check={check} mayChange={allows('rule.change')} mayTry={allows('village.read')} />,
      );
    },
  );

  app.get(
    '/villages/:village/rules/:code',
    { config: { access: 'everybody' }, schema: { params: villageParams.extend({ code: z.string().max(40) }) } },
    async (request, reply) => {
      const village = villageOf(request);
      const { code } = request.params;
      const versions = await ruleVersions(sql, village.villageId, code);
      if (versions.length === 0) return reply.refuse({ refused: 'not_found' });
      return reply.page(
        <RuleHistoryPage
          code={code}
          versions={versions}
          category={ruleCategories.find((category) => category.code === versions[0]?.category)?.name ?? ''}
          mayChange={request.viewer !== null && may(request.viewer.appointments, 'rule.change', village)}
        />,
      );
    },
  );
};
