import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { type Translate, translate } from '../views/shared/dictionary.ts';
import { type PageContext, TEXT_SIZES } from '../views/shared/page-context.ts';
import { activitiesApi } from './activities/api-routes.ts';
import { activityExportRoutes } from './activities/export-routes.ts';
import { activityRoutes } from './activities/routes.tsx';
import { openPublicLogs, openRounds, openWitness } from './auditlog/index.ts';
import { logRoutes } from './auditlog/log-routes.ts';
import { auditlogRoutes } from './auditlog/routes.tsx';
import { witnessRoutes } from './auditlog/witness-routes.ts';
import { awardsApi } from './awards/api-routes.ts';
import { awardExportRoutes } from './awards/export-routes.ts';
import { awardsRoutes } from './awards/routes.tsx';
import { cardsApi } from './cards/api-routes.ts';
import { debtRoutes } from './cards/debt-routes.tsx';
import { cardExportRoutes } from './cards/export-routes.ts';
import { expireYearEnd, largestHousehold, type PendingOf } from './cards/index.ts';
import { cardsRoutes } from './cards/routes.tsx';
import { standingRoutes } from './cards/standing-routes.tsx';
import { statementRoutes } from './cards/statement-routes.tsx';
import { claimsApi } from './claims/api-routes.ts';
import { boardApi } from './claims/board-api-routes.ts';
import { boardRoutes } from './claims/board-routes.tsx';
import { cardClaimsApi } from './claims/card-api-routes.ts';
import { claimExportRoutes } from './claims/export-routes.ts';
import { filingRoutes } from './claims/filing-routes.tsx';
import { clearClaims, pendingLines } from './claims/index.ts';
import { kinRoutes } from './claims/kin-routes.tsx';
import { claimsRoutes } from './claims/routes.tsx';
import { demoApi } from './demo/api-routes.ts';
import { demoAccounts } from './demo/index.ts';
import { donationsApi } from './donations/api-routes.ts';
import { donationExportRoutes } from './donations/export-routes.ts';
import { giftListRoutes } from './donations/gift-list-routes.tsx';
import { giftRoutes } from './donations/gift-routes.tsx';
import { donationRoutes } from './donations/routes.tsx';
import { exchangeApi } from './exchange/api-routes.ts';
import { counterRoutes } from './exchange/counter-routes.tsx';
import { dayRoutes } from './exchange/day-routes.tsx';
import { redemptionExportRoutes } from './exchange/export-routes.ts';
import { ownNumberRoutes } from './exchange/own-number-routes.tsx';
import { paperApi } from './exchange/paper-api-routes.ts';
import { paperRoutes } from './exchange/paper-routes.tsx';
import { queueApi } from './exchange/queue-api-routes.ts';
import { queueRoutes } from './exchange/queue-routes.tsx';
import { redemptionRoutes } from './exchange/redemption-routes.tsx';
import { goodsApi } from './goods/api-routes.ts';
import { goodsExportRoutes } from './goods/export-routes.ts';
import { firstPriceApi } from './goods/first-price-api-routes.ts';
import { firstPriceRoutes } from './goods/first-price-routes.tsx';
import { goodsImportApi } from './goods/import-api-routes.ts';
import { goodsImportRoutes } from './goods/import-routes.tsx';
import { itemApi } from './goods/item-api-routes.ts';
import { itemRoutes } from './goods/item-routes.tsx';
import { newGoodsRoutes } from './goods/new-goods-routes.tsx';
import { proposalRoutes } from './goods/proposal-routes.tsx';
import { receiveRoutes } from './goods/receive-routes.tsx';
import { goodsRoutes } from './goods/routes.tsx';
import { wantRoutes } from './goods/want-routes.tsx';
import { handoverApi } from './handovers/api-routes.ts';
import { handoverExportRoutes } from './handovers/export-routes.ts';
import { handoverRoutes } from './handovers/routes.tsx';
import { honoursApi } from './honours/api-routes.ts';
import { honourExportRoutes } from './honours/export-routes.ts';
import { householdHonours } from './honours/index.ts';
import { honourRoutes } from './honours/routes.tsx';
import { openImports } from './imports/index.ts';
import { importRoutes } from './imports/routes.tsx';
import { inspectionApi } from './inspections/api-routes.ts';
import { inspectionExportRoutes } from './inspections/export-routes.ts';
import { inspectionRoutes } from './inspections/routes.tsx';
import { journalApi } from './journal/api-routes.ts';
import { actExportRoutes } from './journal/export-routes.ts';
import { reversalRoutes } from './journal/reversal-routes.tsx';
import { journalRoutes } from './journal/routes.tsx';
import { undoRoutes } from './journal/undo-routes.tsx';
import { accessSettingRoutes } from './oversight/access-setting-routes.tsx';
import { administrationRoutes } from './oversight/administration-routes.tsx';
import { oversightApi } from './oversight/api-routes.ts';
import { chartRoutes } from './oversight/chart-routes.tsx';
import { oversightExportRoutes } from './oversight/export-routes.ts';
import { helpRoutes } from './oversight/help-routes.tsx';
import { oversightRoutes } from './oversight/routes.tsx';
import { securityRoutes } from './oversight/security-routes.tsx';
import { staffRoutes } from './oversight/staff-routes.tsx';
import { verifyRoutes } from './oversight/verify-routes.tsx';
import { warningRoutes } from './oversight/warning-routes.tsx';
import { yearRoutes } from './oversight/year-routes.tsx';
import { accountRoutes } from './people/account-routes.tsx';
import { peopleApi } from './people/api-routes.ts';
import { registerExportNotes } from './people/export-routes.ts';
import { registerFreshProof } from './people/fresh-proof-routes.tsx';
import {
  may,
  type NextToken,
  openForgetting,
  openVillageRounds,
  registerAccess,
  type Viewer,
  type Village,
  type Workplace,
  workplaceOf,
} from './people/index.ts';
import { passwordRoutes } from './people/password-routes.tsx';
import { pinRoutes } from './people/pin-routes.tsx';
import { resetRoutes } from './people/reset-routes.tsx';
import { secondFactorRoutes } from './people/second-factor-routes.tsx';
import { setUpRoutes } from './people/set-up-routes.tsx';
import { answerLostSignIn, signInRoutes } from './people/sign-in-routes.tsx';
import { photoApi } from './photos/api-routes.ts';
import { photoRoutes } from './photos/routes.ts';
import type { Config } from './platform/config.ts';
import type { Db } from './platform/database/db.ts';
import { registerAnsweredForms } from './platform/http/answered-forms.ts';
import { type Assets, buildAssets, registerAssets } from './platform/http/assets.ts';
import { registerDiskSpace } from './platform/http/disk-space.ts';
import { registerFaults } from './platform/http/faults.ts';
import { registerForgeryDefence } from './platform/http/forgery.ts';
import { registerInstalled } from './platform/http/installed.tsx';
import { registerMetrics } from './platform/http/metrics.ts';
import { registerOverloadDefence } from './platform/http/overload.ts';
import { registerAccountLimits, registerAddressLimits } from './platform/http/rate-limits.ts';
import { registerReplies } from './platform/http/replies.tsx';
import type { RouteServices } from './platform/http/route-services.ts';
import { registerSecurityHeaders } from './platform/http/security-headers.ts';
import { cookieName, isHttps, keepSession } from './platform/http/session-cookie.ts';
import { registerSessionTokens } from './platform/http/session-token.ts';
import { registerTraces } from './platform/http/traces.ts';
import { answerUnreadableAddress } from './platform/http/unreadable-address.ts';
import { registerTextDefence } from './platform/http/unstorable-text.ts';
import { releaseUnusedConnections } from './platform/http/unused-connections.ts';
import { registerUploads } from './platform/http/uploads.ts';
import { LOCALES, type Locale, negotiateLocale } from './platform/i18n/locale.ts';
import { newPublicId } from './platform/ids.ts';
import { currentAndPrevious, type Secrets } from './platform/secrets.ts';
import { copyRoutes } from './privacy/copy-routes.tsx';
import { erasureRoutes } from './privacy/erasure-routes.tsx';
import { problemApi } from './problems/api-routes.ts';
import { problemExportRoutes } from './problems/export-routes.ts';
import { regionProblemRoutes } from './problems/region-routes.tsx';
import { problemRoutes } from './problems/routes.tsx';
import { publicationApi } from './publication/api-routes.ts';
import { publicationExportRoutes } from './publication/export-routes.ts';
import { publicationReviewRoutes } from './publication/review-routes.tsx';
import { publicationRoutes } from './publication/routes.tsx';
import { rateApi } from './rates/api-routes.ts';
import { rateExportRoutes } from './rates/export-routes.ts';
import { rateRoutes } from './rates/routes.tsx';
import { reminderApi } from './reminders/api-routes.ts';
import { reminderExportRoutes } from './reminders/export-routes.ts';
import { reminderLines } from './reminders/index.ts';
import { reminderRoutes } from './reminders/routes.tsx';
import { reservationApi } from './reservations/api-routes.ts';
import { reservationExportRoutes } from './reservations/export-routes.ts';
import { lapseReservations } from './reservations/index.ts';
import { reservationRoutes } from './reservations/routes.tsx';
import { villagerReservationRoutes } from './reservations/villager-routes.tsx';
import { rosterRoutes } from './roster/routes.tsx';
import { rulesApi } from './rules/api-routes.ts';
import { ruleExportRoutes } from './rules/export-routes.ts';
import { rulesRoutes } from './rules/routes.tsx';
import { sampleApi } from './samples/api-routes.ts';
import { sampleExportRoutes } from './samples/export-routes.ts';
import { sampleRoutes } from './samples/routes.tsx';
import { settingsApi } from './settings/api-routes.ts';
import { settingExportRoutes } from './settings/export-routes.ts';
import { settingsRoutes } from './settings/routes.tsx';
import { stocktakeApi } from './stocktakes/api-routes.ts';
import { stocktakeExportRoutes } from './stocktakes/export-routes.ts';
import { stocktakeRoutes } from './stocktakes/routes.tsx';
import { wishesApi } from './wishes/api-routes.ts';
import { wishDeskRoutes } from './wishes/desk-routes.tsx';
import { wishExportRoutes } from './wishes/export-routes.ts';
import { villagerWishRoutes } from './wishes/villager-routes.tsx';
import { wallRoutes } from './wishes/wall-routes.tsx';

export interface Services {
  config: Config;
  secrets: Secrets;
  db: Db;
}

type Round = { villageId: number; today: string };

/** Puts the whole together: what every request passes through, then each folder's routes, written out. */
export async function buildApp({ config, secrets, db }: Services): Promise<FastifyInstance> {
  const app = Fastify({
    logger: config.logLevel === 'silent' ? false : { level: config.logLevel, serializers: { req: loggedRequest } },
    logController: new LogController({
      disableRequestLogging: config.logLevel !== 'debug' && config.logLevel !== 'trace',
    }),
    genReqId: newPublicId,
    trustProxy: config.trustProxy ?? false,
    // Whoever sends slowly on purpose is cut off; a form over a bad village network takes less.
    requestTimeout: 30_000,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 5_000 },
    connectionTimeout: 60_000,
    bodyLimit: 1_048_576,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerUnreadableAddress,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  const assets = await buildAssets();
  app.decorateRequest('locale', 'zh-CN');
  app.decorateRequest('textSize', null);
  registerReplies(app, (request, csrfToken) => contextOf(request, csrfToken, { config, assets }));
  registerFaults(app);
  registerSecurityHeaders(app, isHttps(config));
  releaseUnusedConnections(app);
  // A twelfth less than the plugin's 4 on a page of 300 households, for half a millisecond: less than the line then saves.
  await app.register(compress, { threshold: 1024, brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } } });
  await app.register(cookie, { secret: currentAndPrevious(secrets, 'cookieSecret')() });
  // After the cookies are read, because they say what somebody chose.
  app.addHook('onRequest', (request, _reply, done) => {
    request.locale = localeOf(request, config);
    const chosen = request.cookies[cookieName(config, 'size')];
    request.textSize = TEXT_SIZES.find((size) => size === chosen) ?? null;
    done();
  });
  if (config.metricsPort !== undefined) await registerMetrics(app);
  if (config.traces) registerTraces(app, config.traces);
  registerOverloadDefence(app);
  registerAddressLimits(app);
  await app.register(formbody);
  registerUploads(app);
  registerTextDefence(app);
  const sessionTokens = await registerSessionTokens(app, { secrets, config });
  await registerForgeryDefence(app, config);
  registerAnsweredForms(app, config);
  const tokens = {
    read: sessionTokens.read,
    keep: (reply: FastifyReply, { sessionId, generation, expiresAt }: NextToken) =>
      keepSession(reply, config, sessionTokens.sign(sessionId, 'page', expiresAt, generation), expiresAt),
  };
  if (config.databaseUrl === undefined) registerDiskSpace(app, config.dataDir);
  registerAccess(app, db, tokens, answerLostSignIn);
  registerFreshProof(app, { config, db });
  registerExportNotes(app, db);
  registerAccountLimits(app, ({ viewer }) => viewer?.personId ?? null);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Love supermarket ledger', version: '1' },
      components: { securitySchemes: { session: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
    // The document is about the API; pages are for people.
    transform: (route) =>
      jsonSchemaTransform(
        route.url.startsWith('/api/') ? route : { ...route, schema: { ...route.schema, hide: true } },
      ),
    transformObject: jsonSchemaTransformObject,
  });

  registerAssets(app, assets);
  registerInstalled(app, assets.urls);
  registerHealth(app, db);
  app.get('/api/openapi.json', { config: { access: 'everybody' }, schema: { hide: true } }, () => app.swagger());

  const services: RouteServices = { config, db, sessionTokens };
  const offeredAccounts = config.demo ? async (today: string) => (await demoAccounts(db.sql, today)).slice(0, 4) : null;
  await app.register(signInRoutes, { ...services, offeredAccounts });
  await app.register(passwordRoutes, services);
  await app.register(accountRoutes, services);
  await app.register(secondFactorRoutes, services);
  await app.register(pinRoutes, services);
  await app.register(resetRoutes, services);
  await app.register(setUpRoutes, services);
  await app.register(peopleApi, services);
  await app.register(photoRoutes, services);
  await app.register(photoApi, services);
  const report = (facts: Record<string, unknown>, line: string) => app.log.warn(facts, line);
  const logs = openPublicLogs({ config, db, report });
  const rounds = openRounds({ config, db, logs, report });
  app.addHook('onListen', async () => rounds.start());
  app.addHook('onClose', () => rounds.stop());
  const forgetting = openForgetting(db.sql, report);
  app.addHook('onListen', async () => forgetting.start());
  app.addHook('onClose', async () => forgetting.stop());
  await app.register(logRoutes, { ...services, logs });
  await app.register(auditlogRoutes, { ...services, logs });
  const witness = openWitness(config, db);
  if (witness) await app.register(witnessRoutes, { witness });
  await app.register(settingsRoutes, services);
  await app.register(settingsApi, services);
  await app.register(rateRoutes, services);
  await app.register(rateApi, services);
  await app.register(cardsApi, services);
  const pendingOf: PendingOf = async (household) => [
    ...(await reminderLines(db.sql, household.villageId, household.accountId)),
    ...(await pendingLines(db.sql, household)),
  ];
  const honoursOf = (villageId: number, accountId: number) => householdHonours(db.sql, { villageId, accountId });
  await app.register(cardsRoutes, { ...services, pendingOf, honoursOf });
  await app.register(standingRoutes, services);
  await app.register(debtRoutes, services);
  await app.register(statementRoutes, { ...services, pendingOf, honoursOf });
  const membersMost = (villageId: number) => largestHousehold(db.sql, villageId);
  await app.register(rulesApi, { ...services, membersMost });
  const imports = openImports(db, report);
  app.addHook('onClose', () => imports.stop());
  await app.register(importRoutes, services);
  await app.register(rulesRoutes, { ...services, imports, membersMost });
  await app.register(goodsApi, services);
  await app.register(goodsRoutes, services);
  await app.register(itemApi, services);
  await app.register(itemRoutes, services);
  await app.register(newGoodsRoutes, services);
  await app.register(goodsImportRoutes, { ...services, imports });
  await app.register(goodsImportApi, services);
  await app.register(proposalRoutes, services);
  await app.register(firstPriceRoutes, services);
  await app.register(firstPriceApi, services);
  await app.register(wantRoutes, services);
  await app.register(receiveRoutes, services);
  await app.register(claimsApi, services);
  await app.register(boardApi, services);
  await app.register(cardClaimsApi, services);
  await app.register(claimsRoutes, services);
  await app.register(filingRoutes, services);
  await app.register(boardRoutes, services);
  await app.register(kinRoutes, services);
  for (const doing of [
    { what: 'clears posted lines', each: (village: Round) => clearClaims(db, village) },
    { what: 'gives back what nobody fetched', each: (village: Round) => lapseReservations(db, village) },
    { what: 'clears what the year ended', each: (village: Round) => expireYearEnd(db, village) },
  ]) {
    const villageRounds = openVillageRounds(db, doing, report);
    app.addHook('onListen', async () => villageRounds.start());
    app.addHook('onClose', () => villageRounds.stop());
  }
  await app.register(reminderRoutes, services);
  await app.register(reminderApi, services);
  await app.register(problemRoutes, services);
  await app.register(problemApi, services);
  await app.register(regionProblemRoutes, services);
  await app.register(awardsApi, services);
  await app.register(awardsRoutes, services);
  await app.register(exchangeApi, services);
  await app.register(paperApi, services);
  await app.register(stocktakeApi, services);
  await app.register(stocktakeRoutes, services);
  await app.register(counterRoutes, services);
  await app.register(paperRoutes, services);
  await app.register(redemptionRoutes, services);
  await app.register(dayRoutes, services);
  await app.register(queueRoutes, services);
  await app.register(ownNumberRoutes, services);
  await app.register(queueApi, services);
  await app.register(rosterRoutes, { ...services, imports });
  await app.register(reservationRoutes, services);
  await app.register(villagerReservationRoutes, services);
  await app.register(reservationApi, services);
  await app.register(donationRoutes, services);
  await app.register(giftListRoutes, services);
  await app.register(giftRoutes, services);
  await app.register(donationsApi, services);
  await app.register(wallRoutes, services);
  await app.register(villagerWishRoutes, services);
  await app.register(wishDeskRoutes, services);
  await app.register(wishesApi, services);
  await app.register(inspectionRoutes, services);
  await app.register(inspectionApi, services);
  await app.register(sampleRoutes, services);
  await app.register(sampleApi, services);
  await app.register(activityRoutes, services);
  await app.register(activitiesApi, services);
  await app.register(honourRoutes, services);
  await app.register(honoursApi, services);
  await app.register(copyRoutes, services);
  await app.register(erasureRoutes, services);
  await app.register(handoverRoutes, services);
  await app.register(handoverApi, services);
  await app.register(journalRoutes, services);
  await app.register(reversalRoutes, services);
  await app.register(undoRoutes, services);
  await app.register(journalApi, services);
  await app.register(publicationRoutes, { ...services, logs });
  await app.register(publicationReviewRoutes, services);
  await app.register(publicationApi, services);
  await app.register(oversightRoutes, services);
  await app.register(oversightApi, services);
  await app.register(administrationRoutes, services);
  await app.register(staffRoutes, services);
  await app.register(helpRoutes, services);
  await app.register(accessSettingRoutes, services);
  await app.register(securityRoutes, services);
  await app.register(verifyRoutes, services);
  await app.register(chartRoutes, services);
  await app.register(warningRoutes, services);
  await app.register(yearRoutes, services);
  for (const lists of [
    settingExportRoutes,
    rateExportRoutes,
    cardExportRoutes,
    ruleExportRoutes,
    goodsExportRoutes,
    problemExportRoutes,
    claimExportRoutes,
    reminderExportRoutes,
    awardExportRoutes,
    redemptionExportRoutes,
    stocktakeExportRoutes,
    donationExportRoutes,
    reservationExportRoutes,
    activityExportRoutes,
    wishExportRoutes,
    inspectionExportRoutes,
    honourExportRoutes,
    sampleExportRoutes,
    handoverExportRoutes,
    actExportRoutes,
    publicationExportRoutes,
    oversightExportRoutes,
  ]) {
    await app.register(lists, services);
  }
  await app.register(demoApi, services);
  return app;
}

function registerHealth(app: FastifyInstance, { sql }: Db): void {
  app.get('/healthz', { config: { access: 'everybody' } }, async () => ({ status: 'ok' }));
  app.get('/readyz', { config: { access: 'everybody' } }, async (_request, reply) => {
    try {
      await sql`select 1`;
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'the database does not answer' });
    }
  });
}

function localeOf({ cookies, headers }: FastifyRequest, config: Config): Locale {
  const chosen = cookies?.[cookieName(config, 'locale')];
  return LOCALES.find((locale) => locale === chosen) ?? negotiateLocale(headers['accept-language']);
}

function contextOf(
  request: FastifyRequest,
  csrfToken: () => string,
  { config, assets }: { config: Config; assets: Assets },
): PageContext {
  const { locale, viewer, village } = request;
  const t = translate(locale);
  const workplace = viewer && workplaceOf(viewer);
  return {
    locale,
    t,
    textSize: request.textSize ?? 'standard',
    get csrfToken() {
      return csrfToken();
    },
    path: request.url,
    viewer: viewer && workplace ? signedIn(viewer, workplace, village, t) : undefined,
    nav: workplace?.nav.map(({ href, word }) => ({ href, label: t(`people.nav.${word}`) })),
    village: village ? { code: village.code, name: village.name, townshipName: village.township.name } : undefined,
    isDemo: config.demo,
    assets: assets.urls,
    today: request.today,
  };
}

function signedIn(
  { displayName, personId, appointments }: Viewer,
  { role, homeHref }: Workplace,
  village: Village | null,
  t: Translate,
) {
  return {
    displayName,
    roleName: role ? t(`people.role.${role}`) : '',
    homeHref,
    reader: String(personId),
    mayAward: village !== null && may(appointments, 'points.award', village),
  };
}

/** A log line names the request, never what was asked for: addresses can hold card tokens and names. */
function loggedRequest(request: FastifyRequest) {
  return { method: request.method, route: request.routeOptions?.url };
}
