import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { HelpPage } from '../../views/people/help-page.tsx';
import { ResumePage } from '../../views/people/resume-page.tsx';
import { SignInCodePage } from '../../views/people/sign-in-code-page.tsx';
import { type OfferedAccount, SignInPage } from '../../views/people/sign-in-page.tsx';
import { refusalText } from '../../views/shared/refusal-text.ts';
import { rowNumber } from '../platform/http/form-fields.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { RouteServices } from '../platform/http/route-services.ts';
import { cookieName, cookieOptions, forgetSession, keepSession } from '../platform/http/session-cookie.ts';
import { LOCALES } from '../platform/i18n/locale.ts';
import { signInRequest } from './access-routes.ts';
import { draftOf, readDraft } from './draft.ts';
import { type KnownPerson, peopleKnownTo, signInWithPin } from './known-device.ts';
import { deviceTokenOf } from './pin-routes.tsx';
import { safeReturnPath } from './return-path.ts';
import { openFactorVault } from './second-factor.ts';
import { type SignIn, signOut } from './sessions.ts';
import { awaitsSetUp } from './set-up-county.ts';
import { finishSignIn, signIn } from './sign-in.ts';
import { findViewer } from './viewer.ts';
import { workplaceOf } from './workplace.ts';

export interface SignInServices extends RouteServices {
  /** Whom a press of a button signs in as; only with demonstration data. */
  offeredAccounts: ((today: string) => Promise<OfferedAccount[]>) | null;
}

const returnQuery = z.object({
  return: z.string().optional().catch(undefined),
  reset: z.enum(['done']).optional().catch(undefined),
});

const signInForm = z.object({
  username: z.string().trim().max(100).default(''),
  password: z.string().max(200).default(''),
  return: z.string().optional(),
  draft: z.string().optional(),
});

const pinForm = z.object({
  device: rowNumber.default(0).catch(0),
  pin: z.string().max(20).default('').catch(''),
  return: z.string().optional().catch(undefined),
  draft: z.string().optional().catch(undefined),
});

const codeForm = z.object({
  code: z.string().max(40).default('').catch(''),
  return: z.string().optional().catch(undefined),
  draft: z.string().optional().catch(undefined),
});

const preferencesForm = z.object({
  locale: z.enum(LOCALES).optional().catch(undefined),
  textSize: z.enum(['standard', 'large', 'largest']).optional().catch(undefined),
  returnTo: z.string().optional().catch(undefined),
});

/** The sign-in stands where the answer would; what was typed waits in it. */
export function answerLostSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = { refused: 'session_expired' };
  reply.code(refusalStatus(refusal));
  if (request.headers['hx-request']) {
    const current = String(request.headers['hx-current-url'] ?? '');
    const path = URL.canParse(current) ? `${new URL(current).pathname}${new URL(current).search}` : '/';
    return reply.header('hx-redirect', `/sign-in?return=${encodeURIComponent(path)}`).send();
  }
  const draft = JSON.stringify(draftOf(request.url, request.body));
  return reply.page(
    <SignInPage returnPath="" draft={draft} offered={[]} refusal={refusalText(request.locale, refusal)} />,
  );
}

const A_YEAR_SECONDS = 365 * 86_400;

export const signInRoutes: FastifyPluginAsyncZod<SignInServices> = async (
  app,
  { config, db: { sql }, sessionTokens, offeredAccounts },
) => {
  const vault = openFactorVault(config.dataDir);

  app.get(
    '/sign-in',
    { config: { access: 'everybody' }, schema: { querystring: returnQuery } },
    async (request, reply) => {
      const { return: returnPath, reset } = request.query;
      if (request.viewer) {
        return reply.redirect(safeReturnPath(returnPath, workplaceOf(request.viewer).homeHref), 303);
      }
      const [offered, known, isEmpty] = await Promise.all([
        offeredTo(request),
        knownTo(request),
        awaitsSetUp(sql, config),
      ]);
      return reply.page(
        <SignInPage
          returnPath={safeReturnPath(returnPath, '')}
          awaitsSetUp={isEmpty}
          known={known}
          offered={offered}
          isReset={reset !== undefined}
        />,
      );
    },
  );

  app.post('/sign-in', { config: { access: 'everybody' } }, async (request, reply) => {
    const form = signInForm.safeParse(request.body);
    const { username, password, return: returnPath, draft } = form.data ?? signInForm.parse({});
    const again = { returnPath: safeReturnPath(returnPath, ''), username, draft };
    if (username === '' || password === '') {
      const [offered, known] = await Promise.all([offeredTo(request), knownTo(request)]);
      return reply
        .code(422)
        .page(
          <SignInPage
            {...again}
            known={known}
            offered={offered}
            missing={{ username: username === '', password: true }}
          />,
        );
    }
    const outcome = await signIn(sql, { username, password, ...signInRequest(request, 'page'), vault });
    if ('refused' in outcome) {
      if (outcome.refused === 'too_many_attempts') reply.header('retry-after', outcome.retryAfterSeconds);
      const [offered, known] = await Promise.all([offeredTo(request), knownTo(request)]);
      return reply
        .code(refusalStatus(outcome))
        .page(<SignInPage {...again} known={known} offered={offered} refusal={refusalText(request.locale, outcome)} />);
    }
    if (request.viewer) await signOut(sql, { ...request.viewer, address: request.ip });
    keepSession(reply, config, sessionTokens.sign(outcome.sessionId, 'page', outcome.expiresAt), outcome.expiresAt);
    if ('needsCode' in outcome) return reply.page(<SignInCodePage returnPath={again.returnPath} draft={draft} />);
    return goOn(request, reply, outcome, { returnPath, draft });
  });

  app.post('/sign-in/pin', { config: { access: 'everybody' } }, async (request, reply) => {
    const { device, pin, return: returnPath, draft } = pinForm.catch(pinForm.parse({})).parse(request.body);
    const token = deviceTokenOf(request, config);
    const outcome = await signInWithPin(sql, { deviceId: device, pin, token, ...signInRequest(request, 'page') });
    if ('refused' in outcome) {
      const [offered, known] = await Promise.all([offeredTo(request), knownTo(request)]);
      const again = { returnPath: safeReturnPath(returnPath, ''), draft, offered, known, chosenDevice: device };
      const refusal = refusalText(request.locale, outcome);
      return reply.code(refusalStatus(outcome)).page(<SignInPage {...again} refusal={refusal} />);
    }
    if (request.viewer) await signOut(sql, { ...request.viewer, address: request.ip });
    keepSession(reply, config, sessionTokens.sign(outcome.sessionId, 'page', outcome.expiresAt), outcome.expiresAt);
    return goOn(request, reply, outcome, { returnPath, draft });
  });

  app.post('/sign-in/code', { config: { access: 'everybody' } }, async (request, reply) => {
    const { code, return: returnPath, draft } = codeForm.catch(codeForm.parse({})).parse(request.body);
    const sessionId = sessionTokens.read(request)?.sessionId ?? '';
    const outcome = await finishSignIn(sql, { sessionId, code, ...signInRequest(request, 'page'), vault });
    if ('refused' in outcome) {
      const refusal = refusalText(request.locale, outcome);
      reply.code(refusalStatus(outcome));
      const again = { returnPath: safeReturnPath(returnPath, ''), draft, refusal };
      if (outcome.refused === 'session_expired') return reply.page(<SignInPage {...again} offered={[]} />);
      if (outcome.refused === 'too_many_attempts') reply.header('retry-after', outcome.retryAfterSeconds);
      return reply.page(<SignInCodePage {...again} />);
    }
    keepSession(reply, config, sessionTokens.sign(outcome.sessionId, 'page', outcome.expiresAt), outcome.expiresAt);
    return goOn(request, reply, outcome, { returnPath, draft });
  });

  async function offeredTo({ today }: FastifyRequest): Promise<OfferedAccount[]> {
    return (await offeredAccounts?.(today)) ?? [];
  }

  function knownTo(request: FastifyRequest): Promise<KnownPerson[]> {
    return peopleKnownTo(sql, deviceTokenOf(request, config));
  }

  /** Where a finished sign-in leads. */
  async function goOn(
    request: FastifyRequest,
    reply: FastifyReply,
    { sessionId }: SignIn,
    { returnPath, draft }: { returnPath: string | undefined; draft: string | undefined },
  ) {
    const viewer = await findViewer(sql, sessionId, request.today);
    if (viewer?.mustChangePassword) return reply.redirect('/password', 303);
    const homeHref = viewer ? workplaceOf(viewer).homeHref : '/';
    const kept = readDraft(draft);
    if (kept) return reply.page(<ResumePage draft={kept} homeHref={homeHref} />);
    return reply.redirect(safeReturnPath(returnPath, homeHref), 303);
  }

  app.post('/sign-out', { config: { access: 'everybody' } }, async (request, reply) => {
    if (request.viewer) await signOut(sql, { ...request.viewer, address: request.ip });
    forgetSession(reply, config);
    // On a computer that several people share, going back must not show the last one's pages.
    return reply.header('clear-site-data', '"cache"').redirect('/', 303);
  });

  app.post('/preferences', { config: { access: 'everybody', needsNoFormToken: true } }, async (request, reply) => {
    const { locale, textSize, returnTo } = preferencesForm.catch({}).parse(request.body);
    const options = { ...cookieOptions(config), maxAge: A_YEAR_SECONDS };
    if (locale) reply.setCookie(cookieName(config, 'locale'), locale, options);
    if (textSize) reply.setCookie(cookieName(config, 'size'), textSize, options);
    return reply.redirect(safeReturnPath(returnTo, '/'), 303);
  });

  app.get('/help', { config: { access: 'everybody' } }, async (_request, reply) => reply.page(<HelpPage />));
};
