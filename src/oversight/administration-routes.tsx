import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AdministrationPage } from '../../views/oversight/administration-page.tsx';
import { TownshipFormPage, type TownshipValues } from '../../views/oversight/township-form-page.tsx';
import { VillageFormPage, type VillageValues } from '../../views/oversight/village-form-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { FieldErrors } from '../../views/shared/error-summary.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { addRegion, type Region, regionOf, regionsBelow, viewerOf } from '../people/index.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { parsePoints } from '../platform/points.ts';
import { staffedPlaces } from './administration.ts';
import { decideCode, isCodeBelow } from './decide-code.ts';
import { foundVillage } from './found-village.ts';

const text = (longest: number) => z.string().trim().max(longest).default('').catch('');

const townshipForm = z.object({ name: text(40), code: text(20) });

const villageForm = z.object({
  name: text(40),
  code: text(20),
  township: text(12),
  groups: z.string().max(2000).default('').catch(''),
  openingPoints: text(12),
  yuanPerPoint: text(12),
  earnedMonths: text(3),
  openingMonths: text(3),
});

const NEW_VILLAGE = {
  name: '',
  code: '',
  township: '',
  groups: '',
  openingPoints: '100',
  yuanPerPoint: '3',
  earnedMonths: '',
  openingMonths: '',
};
const MOST_MONTHS = 120;
const MOST_OPENING_CENTIPOINTS = 1_000_000;
const MOST_FEN_PER_POINT = 100_000;

const doneQuery = z.object({
  founded: text(12),
  done: z.preprocess(lastOf, z.enum(['dismissed', 'closed']).optional()).catch(undefined),
});

/** Townships and villages of a county. People are in staff-routes. */
export const administrationRoutes: Routes = async (app, { db: { sql } }) => {
  const config = { access: 'county.administer' } as const;

  app.get('/regions/:region/administration', { config }, async (request, reply) => {
    const county = countyOf(request, reply);
    if (!county) return reply;
    const { founded, done } = doneQuery.parse(request.query);
    const places = await staffedPlaces(sql, county, request.today);
    return reply.page(
      <AdministrationPage administrationHref={hrefOf(county)} places={places} foundedCode={founded} done={done} />,
    );
  });

  app.get('/regions/:region/administration/townships/new', { config }, async (request, reply) => {
    const county = countyOf(request, reply);
    if (!county) return reply;
    return reply.page(<TownshipFormPage administrationHref={hrefOf(county)} values={{ name: '', code: '' }} />);
  });

  app.post('/regions/:region/administration/townships', { config }, async (request, reply) => {
    const county = countyOf(request, reply);
    if (!county) return reply;
    const values = townshipForm.catch({ name: '', code: '' }).parse(request.body);
    const t = translate(request.locale);
    const answer = (status: number, errors: FieldErrors) =>
      reply.code(status).page(<TownshipFormPage administrationHref={hrefOf(county)} values={values} errors={errors} />);
    const errors = faultsOf(values);
    if (errors.length > 0) return answer(422, errors);
    const code = values.code || (await freeCode('township', county));
    if (code === null) return answer(409, [{ name: 'code', message: t('oversight.place.codesUsedUp') }]);
    const added = await addRegion(sql, { code, level: 'township', name: values.name, parentId: county.regionId });
    if (!added) return answer(409, [{ name: 'code', message: codeTaken(request, code) }]);
    return reply.redirect(`${hrefOf(county)}?founded=${code}`, 303);

    function faultsOf({ name, code }: TownshipValues): FieldErrors {
      return [
        ...(name === '' ? [{ name: 'name', message: t('oversight.place.nameMissing') }] : []),
        ...(code === '' || isCodeBelow('township', county?.code ?? '', code)
          ? []
          : [{ name: 'code', message: t('oversight.place.codeWrong', { prefix: county?.code.slice(0, 6) ?? '' }) }]),
      ];
    }
  });

  app.get('/regions/:region/administration/villages/new', { config }, async (request, reply) => {
    const county = countyOf(request, reply);
    if (!county) return reply;
    const { township } = z.object({ township: text(12) }).parse(request.query);
    const townships = await regionsBelow(sql, county.regionId);
    return reply.page(
      <VillageFormPage
        administrationHref={hrefOf(county)}
        townships={townships}
        values={{ ...NEW_VILLAGE, township }}
      />,
    );
  });

  app.post('/regions/:region/administration/villages', { config }, async (request, reply) => {
    const county = countyOf(request, reply);
    if (!county) return reply;
    const values = villageForm.catch(NEW_VILLAGE).parse(request.body);
    const townships = await regionsBelow(sql, county.regionId);
    const t = translate(request.locale);
    const answer = (status: number, errors: FieldErrors) =>
      reply
        .code(status)
        .page(
          <VillageFormPage administrationHref={hrefOf(county)} townships={townships} values={values} errors={errors} />,
        );
    const township = townships.find(({ code }) => code === values.township);
    const openingCentipoints = parsePoints(values.openingPoints);
    const fenPerPoint = parsePoints(values.yuanPerPoint);
    const earnedMonths = monthsOf(values.earnedMonths);
    const openingMonths = monthsOf(values.openingMonths);
    const groups = groupNames(values.groups);
    const errors = faultsOf(values);
    if (
      errors.length > 0 ||
      !township ||
      openingCentipoints === null ||
      fenPerPoint === null ||
      earnedMonths === 'wrong' ||
      openingMonths === 'wrong'
    ) {
      return answer(422, errors);
    }
    const code = values.code || (await freeCode('village', township));
    if (code === null) return answer(409, [{ name: 'code', message: t('oversight.place.codesUsedUp') }]);
    const draft = {
      code,
      name: values.name,
      townshipId: township.regionId,
      isMadeUp: false,
      groups,
      terms: { openingCentipoints, fenPerPoint, earnedMonths, openingMonths },
      recordedBy: viewerOf(request).personId,
      foundedOn: request.today,
    };
    const outcome = await sql.begin((tx) => foundVillage(tx, draft));
    if ('refused' in outcome) {
      return answer(refusalStatus(outcome), [{ name: 'code', message: refusalText(request.locale, outcome) }]);
    }
    return reply.redirect(`${hrefOf(county)}?founded=${code}`, 303);

    function faultsOf({ name, code }: VillageValues): FieldErrors {
      const isCodeRight = code === '' || (township !== undefined && isCodeBelow('village', township.code, code));
      const isOpeningRight = openingCentipoints !== null && inRange(openingCentipoints, 0, MOST_OPENING_CENTIPOINTS);
      const isRateRight = fenPerPoint !== null && inRange(fenPerPoint, 1, MOST_FEN_PER_POINT);
      return [
        ...(township ? [] : [{ name: 'township', message: t('oversight.place.townshipMissing') }]),
        ...(name === '' ? [{ name: 'name', message: t('oversight.place.nameMissing') }] : []),
        ...(groups.length > 0 ? [] : [{ name: 'groups', message: t('oversight.place.groupsMissing') }]),
        ...(isOpeningRight ? [] : [{ name: 'openingPoints', message: t('oversight.place.openingWrong') }]),
        ...(isRateRight ? [] : [{ name: 'yuanPerPoint', message: t('oversight.place.rateWrong') }]),
        ...(earnedMonths === 'wrong' ? [{ name: 'earnedMonths', message: t('oversight.place.monthsWrong') }] : []),
        ...(openingMonths === 'wrong' ? [{ name: 'openingMonths', message: t('oversight.place.monthsWrong') }] : []),
        ...(isCodeRight
          ? []
          : [{ name: 'code', message: t('oversight.place.codeWrong', { prefix: township?.code.slice(0, 9) ?? '' }) }]),
      ];
    }
  });

  async function freeCode(level: 'township' | 'village', parent: Region): Promise<string | null> {
    const below = await regionsBelow(sql, parent.regionId);
    return decideCode({ level, parentCode: parent.code, takenCodes: below.map(({ code }) => code) });
  }
};

/** The county of the address; anything smaller has no administration of its own, which is answered here. */
export function countyOf(request: FastifyRequest, reply: FastifyReply): Region | null {
  const region = regionOf(request);
  if (region.level === 'county') return region;
  reply.refuse({ refused: 'unknown_region' });
  return null;
}

/** Everything of the administration lies below its own page, so that the navigation knows where it is. */
export function hrefOf({ code }: Pick<Region, 'code'>): string {
  return `/regions/${code}/administration`;
}

/** Names between commas, list marks or line breaks, each once. */
function groupNames(text: string): string[] {
  const names = text
    .normalize('NFC')
    .split(/[,，、;；\n\r]+/)
    .map((name) => name.trim().slice(0, 20));
  return [...new Set(names.filter((name) => name !== ''))];
}

function inRange(number: number, smallest: number, largest: number): boolean {
  return number >= smallest && number <= largest;
}

function codeTaken({ locale }: FastifyRequest, code: string): string {
  return refusalText(locale, { refused: 'region_code_taken', region: code } as { refused: string });
}

/** How long points are good; left empty, for ever. */
function monthsOf(text: string): number | null | 'wrong' {
  if (text === '') return null;
  const months = /^\d+$/.test(text.normalize('NFKC')) ? Number(text.normalize('NFKC')) : 0;
  return inRange(months, 1, MOST_MONTHS) ? months : 'wrong';
}
