import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HelpedPersonPage } from '../../views/oversight/helped-person-page.tsx';
import { ResetCodePage } from '../../views/oversight/reset-code-page.tsx';
import { StaffPage } from '../../views/oversight/staff-page.tsx';
import {
  appointmentsHeld,
  decideHelp,
  endSignIns,
  type HelpRefusal,
  issueResetCode,
  openSignIns,
  ROLES,
  regionOf,
  removeSecondFactor,
  type StaffMember,
  secondFactorOf,
  staffBelow,
  viewerOf,
} from '../people/index.ts';
import { listOf, problems, signedIn } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';

const personParams = z.object({ region: z.string(), person: z.string() });

type NotHelped = HelpRefusal | { refused: 'unknown_person' };

/** What an office does for those who work below it: a code for a new password, and the end of forgotten sign-ins. */
export const helpRoutes: Routes = async (app, { db: { sql } }) => {
  const config = { access: 'staff.help' } as const;

  app.get('/regions/:region/staff', { config }, async (request, reply) => {
    const region = regionOf(request);
    const staff = await staffBelow(sql, { regionId: region.regionId, today: request.today });
    return reply.page(<StaffPage region={region} staff={staff.filter(({ level }) => level === 'village')} />);
  });

  app.get('/regions/:region/staff/:person', { config }, async (request, reply) => {
    const region = regionOf(request);
    const helped = await findHelped(request);
    if ('refused' in helped) return reply.refuse(helped);
    const { signedOut } = z
      .object({ signedOut: z.coerce.number().int().optional().catch(undefined) })
      .parse(request.query);
    const [signIns, factor] = await Promise.all([
      openSignIns(sql, helped.member),
      secondFactorOf(sql, helped.member.personId),
    ]);
    return reply.page(
      <HelpedPersonPage
        region={region}
        held={helped.held}
        signIns={signIns}
        hasSecondFactor={factor?.isConfirmed ?? false}
        signedOut={signedOut}
      />,
    );
  });

  app.post(
    '/regions/:region/staff/:person/reset-codes',
    { config: { ...config, freshProof: true } },
    async (request, reply) => {
      const helped = await findHelped(request);
      if ('refused' in helped) return reply.refuse(helped);
      const { member } = helped;
      const issued = await issueResetCode(sql, { personId: member.personId, ...by(request) });
      return reply.page(<ResetCodePage region={regionOf(request)} person={member} issued={issued} />);
    },
  );

  app.post('/regions/:region/staff/:person/sign-outs', { config }, async (request, reply) => {
    const helped = await findHelped(request);
    if ('refused' in helped) return reply.refuse(helped);
    const { personId } = helped.member;
    const { ended } = await endSignIns(sql, { personId, which: 'all', ...by(request) });
    return reply.redirect(`/regions/${regionOf(request).code}/staff/${personId}?signedOut=${ended}`, 303);
  });

  app.post(
    '/regions/:region/staff/:person/second-factor-removals',
    { config: { ...config, freshProof: true } },
    async (request, reply) => {
      const helped = await findHelped(request);
      if ('refused' in helped) return reply.refuse(helped);
      const { personId } = helped.member;
      await removeSecondFactor(sql, { personId, ...by(request) });
      return reply.redirect(`/regions/${regionOf(request).code}/staff/${personId}`, 303);
    },
  );

  app.get(
    '/api/v1/regions/:region/staff',
    {
      config,
      schema: {
        summary: 'Who works in the villages below',
        security: signedIn,
        params: z.object({ region: z.string() }),
        response: { 200: listOf(staffAnswer), ...problems },
      },
    },
    async (request) => {
      const staff = await staffBelow(sql, { regionId: regionOf(request).regionId, today: request.today });
      return {
        items: staff.map(({ personId, displayName, role, regionCode, regionName }) => ({
          person: personId,
          displayName,
          role,
          region: { code: regionCode, name: regionName },
        })),
      };
    },
  );

  app.post(
    '/api/v1/regions/:region/staff/:person/reset-codes',
    {
      config: { ...config, freshProof: true },
      schema: {
        summary: 'Give somebody a one-time code for a new password',
        security: signedIn,
        params: personParams,
        response: { 201: z.object({ code: z.string(), until: z.string() }), ...problems },
      },
    },
    async (request, reply) => {
      const helped = await findHelped(request);
      if ('refused' in helped) return reply.refuse(helped);
      const { code, until } = await issueResetCode(sql, { personId: helped.member.personId, ...by(request) });
      return reply.code(201).send({ code, until: `${until.day}T${until.time}+08:00` });
    },
  );

  app.post(
    '/api/v1/regions/:region/staff/:person/sign-outs',
    {
      config,
      schema: {
        summary: 'Sign somebody out everywhere',
        security: signedIn,
        params: personParams,
        response: { 200: z.object({ ended: z.int() }), ...problems },
      },
    },
    async (request, reply) => {
      const helped = await findHelped(request);
      if ('refused' in helped) return reply.refuse(helped);
      return endSignIns(sql, { personId: helped.member.personId, which: 'all', ...by(request) });
    },
  );

  /** The person of the address, when they work below the region of the address and this office may help them. */
  async function findHelped(
    request: FastifyRequest,
  ): Promise<{ member: StaffMember; held: StaffMember[] } | NotHelped> {
    const { person } = personParams.parse(request.params);
    if (!/^\d{1,9}$/.test(person)) return { refused: 'unknown_person' };
    const { today } = request;
    const personId = Number(person);
    const [held, everywhere] = await Promise.all([
      staffBelow(sql, { regionId: regionOf(request).regionId, today, personId }),
      appointmentsHeld(sql, { personId, today }),
    ]);
    const [member] = held;
    if (!member) return { refused: 'unknown_person' };
    const decided = decideHelp({ helper: viewerOf(request), person: { personId, held: everywhere } });
    return 'refused' in decided ? decided : { member, held };
  }
};

const staffAnswer = z.object({
  person: z.int(),
  displayName: z.string(),
  role: z.enum(ROLES),
  region: z.object({ code: z.string(), name: z.string() }),
});

function by(request: FastifyRequest): { byPersonId: number; address: string } {
  return { byPersonId: viewerOf(request).personId, address: request.ip };
}
