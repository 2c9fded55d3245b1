import { RulesPage } from '../../views/rules/rules-page.tsx';
import { villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { ruleCategories } from './categories.ts';
import { villageRules } from './village-rules.ts';

export const rulesRoutes: Routes = async (app, { db: { sql } }) => {
  app.get(
    '/villages/:village/rules',
    { config: { access: 'everybody' }, schema: { params: villageParams } },
    async (request, reply) => {
      const { villageId, code, name } = villageOf(request);
      const rules = await villageRules(sql, villageId, request.today);
      const categories = ruleCategories
        .map((category) => ({ ...category, rules: rules.filter((rule) => rule.category === category.code) }))
        .filter((category) => category.rules.length > 0);
      const village = `/villages/${code}`;
      return reply.page(
        <RulesPage villageName={name} villageHref={village} shelfHref={`${village}/shelf`} categories={categories} />,
      );
    },
  );
};
