import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RuleTrialPage } from '../../views/awards/rule-trial-page.tsx';
import { RuleTrialSheet } from '../../views/awards/rule-trial-sheet.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { villageOf } from '../people/index.ts';
import { villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import type { Locale } from '../platform/i18n/locale.ts';
import { CAP_PERIODS, ruleCategories } from '../rules/index.ts';
import { ruleTrial } from './rule-trial.ts';
import { offeredPeriods, type TrialForm, trialQuery } from './trial-form.ts';

const config = { access: 'village.read' } as const;
const schema = { params: villageParams, querystring: z.record(z.string(), z.unknown()) };

/** 试算: a page with an address of its own, and the same on paper. Nothing is written. */
export const trialRoutes: Routes = async (app, { db: { sql } }) => {
  const tried = (request: FastifyRequest & { query: Record<string, unknown> }) =>
    ruleTrial(sql, villageOf(request).villageId, request.query, request.today);

  app.get('/villages/:village/rules/trial', { config, schema }, async (request, reply) => {
    const { table, form, trial, isTried } = await tried(request);
    if (form.wrong.length > 0) reply.code(422);
    return reply.page(
      <RuleTrialPage
        table={table}
        form={form}
        trial={isTried ? trial : null}
        periods={offeredPeriods(request.today)}
        capPeriods={CAP_PERIODS}
        categories={ruleCategories}
        errors={errorsOf(form, request.locale)}
        sheetHref={`/villages/${villageOf(request).code}/rules/trial/sheet?${trialQuery(form, table.limits)}`}
      />,
    );
  });

  app.get('/villages/:village/rules/trial/sheet', { config, schema }, async (request, reply) => {
    const { code, name } = villageOf(request);
    const { table, form, trial, isTried } = await tried(request);
    const backHref = `/villages/${code}/rules/trial?${trialQuery(form, table.limits)}`;
    if (!trial || !isTried) return reply.redirect(backHref, 303);
    return reply.page(
      <RuleTrialSheet villageName={name} table={table} form={form} trial={trial} backHref={backHref} />,
    );
  });
};

function errorsOf({ wrong, tried }: TrialForm, locale: Locale) {
  const t = translate(locale);
  return wrong.map((name) => {
    const dot = name.indexOf('.');
    const field = (['points', 'cap', 'count', 'most', 'per'] as const).find((known) => known === name.slice(0, dot));
    const rule = tried.find((one) => one.rule.code === name.slice(dot + 1))?.rule.name ?? '';
    return { name, message: field ? t(`awards.trial.${field}Error`, { rule }) : t('awards.trial.limitError') };
  });
}
