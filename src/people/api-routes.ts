import { z } from 'zod';
import { listOf, problems, signedIn } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { signInRequest, viewerOf, villageOf } from './access-routes.ts';
import { ROLES } from './permissions.ts';
import { type Village, villages } from './regions.ts';
import { openFactorVault } from './second-factor.ts';
import { endSignIns, openSignIns } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { findViewer } from './viewer.ts';

const villageAnswer = z.object({
  code: z.string(),
  name: z.string(),
  township: z.object({ code: z.string(), name: z.string() }),
  county: z.object({ code: z.string(), name: z.string() }),
  isMadeUp: z.boolean(),
});

const sessionAnswer = z.object({
  token: z.string(),
  expiresAt: z.iso.datetime(),
  displayName: z.string(),
  appointments: z.array(z.object({ role: z.enum(ROLES), region: z.object({ code: z.string(), name: z.string() }) })),
});

const signInAnswer = z.object({
  number: z.int(),
  surface: z.enum(['page', 'api']),
  browser: z.string(),
  system: z.string(),
  place: z.string().meta({ description: 'the network, without the machine' }),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  isCurrent: z.boolean(),
});

export const peopleApi: Routes = async (app, { config, db: { sql }, sessionTokens }) => {
  const vault = openFactorVault(config.dataDir);

  app.post(
    '/api/v1/sessions',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'Sign in',
        body: z.object({
          username: z.string().min(1).max(100),
          password: z.string().min(1).max(200),
          otp: z.string().max(40).optional().meta({ description: 'the second step, where the account has one' }),
        }),
        response: { 201: sessionAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const outcome = await signIn(sql, { ...request.body, ...signInRequest(request, 'api'), vault });
      if ('refused' in outcome) return reply.refuse(outcome);
      if ('needsCode' in outcome) return reply.refuse({ refused: 'second_step_needed' });
      const viewer = await findViewer(sql, outcome.sessionId, request.today);
      return reply.code(201).send({
        token: sessionTokens.sign(outcome.sessionId, 'api', outcome.expiresAt),
        expiresAt: outcome.expiresAt.toISOString(),
        displayName: viewer?.displayName ?? '',
        appointments: (viewer?.appointments ?? []).map(({ role, regionCode, regionName }) => ({
          role,
          region: { code: regionCode, name: regionName },
        })),
      });
    },
  );

  app.get(
    '/api/v1/sessions',
    {
      config: { access: 'signed-in' },
      schema: {
        summary: 'One’s own sign-ins',
        security: signedIn,
        response: { 200: listOf(signInAnswer), ...problems },
      },
    },
    async (request) => {
      const { personId, sessionId } = viewerOf(request);
      const open = await openSignIns(sql, { personId, currentSessionId: sessionId });
      return {
        items: open.map(({ device, createdAt, lastUsedAt, ...rest }) => ({
          ...rest,
          ...device,
          createdAt: createdAt.toISOString(),
          lastUsedAt: lastUsedAt.toISOString(),
        })),
      };
    },
  );

  app.post(
    '/api/v1/sessions/endings',
    {
      config: { access: 'signed-in' },
      schema: {
        summary: 'End one’s own sign-ins: one by its number, all others, or all',
        security: signedIn,
        body: z.object({ which: z.union([z.enum(['others', 'all']), z.int32().positive()]) }),
        response: { 200: z.object({ ended: z.int() }), ...problems },
      },
    },
    async (request) => {
      const { personId, sessionId } = viewerOf(request);
      const { which } = request.body;
      const chosen = which === 'all' ? which : which === 'others' ? { allBut: sessionId } : { number: which };
      return endSignIns(sql, { personId, byPersonId: personId, address: request.ip, which: chosen });
    },
  );

  app.get(
    '/api/v1/villages',
    { config: { access: 'everybody' }, schema: { summary: 'All villages', response: { 200: listOf(villageAnswer) } } },
    async () => ({ items: (await villages(sql)).map(describeVillage) }),
  );

  app.get(
    '/api/v1/villages/:village',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'One village',
        params: z.object({ village: z.string() }),
        response: { 200: villageAnswer, ...problems },
      },
    },
    async (request) => describeVillage(villageOf(request)),
  );
};

function describeVillage({ code, name, township, county, isMadeUp }: Village): z.infer<typeof villageAnswer> {
  return { code, name, township, county, isMadeUp };
}
