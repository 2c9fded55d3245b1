import { z } from 'zod';
import { SecurityPage } from '../../views/oversight/security-page.tsx';
import { regionOf, SECURITY_EVENTS, securityLog } from '../people/index.ts';
import { listOf, problems, signedIn } from '../platform/http/api-schemas.ts';
import { lastOf, rowNumber } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';

const PAGE = 50;

/** What cannot be understood is left out rather than refused. */
const securityQuery = z.object({
  kind: z.preprocess(lastOf, z.enum(SECURITY_EVENTS).optional()).catch(undefined),
  who: z.preprocess(lastOf, z.string().max(60).optional()).catch(undefined),
  result: z.preprocess(lastOf, z.enum(['done', 'refused']).optional()).catch(undefined),
  before: z.preprocess(lastOf, rowNumber.optional()).catch(undefined),
});

const eventAnswer = z.object({
  number: z.int(),
  recordedAt: z.iso.datetime(),
  kind: z.enum(SECURITY_EVENTS),
  isRefused: z.boolean(),
  person: z.string().nullable(),
  subject: z.string().nullable(),
  region: z.string().nullable(),
  address: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** 安全日志: who signed in, was refused, was given rights, set a setting. */
export const securityRoutes: Routes = async (app, { db: { sql } }) => {
  const config = { access: 'security.read' } as const;

  app.get('/regions/:region/security', { config, schema: { querystring: securityQuery } }, async (request, reply) => {
    const { events, next } = await ask(regionOf(request).regionId, request.query);
    const { kind = '', who = '', result = '' } = request.query;
    return reply.page(
      <SecurityPage region={regionOf(request)} filter={{ kind, who, result }} events={events} next={next} />,
    );
  });

  app.get(
    '/api/v1/regions/:region/security-events',
    {
      config,
      schema: {
        summary: 'The security log, newest first',
        security: signedIn,
        params: z.object({ region: z.string() }),
        querystring: securityQuery,
        response: { 200: listOf(eventAnswer), ...problems },
      },
    },
    async (request) => {
      const { events, next } = await ask(regionOf(request).regionId, request.query);
      const items = events.map(({ eventId, recordedAt, personName, subjectName, regionName, ...rest }) => ({
        ...rest,
        number: eventId,
        recordedAt: recordedAt.toISOString(),
        person: personName,
        subject: subjectName,
        region: regionName,
      }));
      return { items, ...(next !== undefined && { next: String(next) }) };
    },
  );

  async function ask(regionId: number, { kind, who, result, before }: z.infer<typeof securityQuery>) {
    const isRefused = result === undefined ? undefined : result === 'refused';
    const found = await securityLog(sql, { regionId, kind, who, isRefused, beforeId: before, limit: PAGE + 1 });
    const events = found.slice(0, PAGE);
    return { events, next: found.length > PAGE ? events.at(-1)?.eventId : undefined };
  }
};
