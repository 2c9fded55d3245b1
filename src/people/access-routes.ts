import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { isApi } from '../platform/http/replies.tsx';
import { type Capability, may, mayAnywhere } from './permissions.ts';
import { findRegion, findVillage, type Region, type Village } from './regions.ts';
import { findViewer, type Viewer } from './viewer.ts';

/** Everybody, anybody who is signed in, or who holds a capability in the region that the address names. */
export type Access = 'everybody' | 'signed-in' | Capability;

export interface RouteAccess {
  method: string;
  url: string;
  access: Access;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Also for somebody who still has the password that an office set: the page to change it. */
    beforePasswordChange?: boolean;
  }
  interface FastifyInstance {
    /** Every route with the access that it declares, in the order of registration. */
    accessTable: RouteAccess[];
  }
  interface FastifyRequest {
    viewer: Viewer | null;
    /** The village of an address with `:village`. */
    village: Village | null;
    /** The region of an address with `:region`. */
    region: Region | null;
    /** The day in the village. */
    today: string;
    /** A form came without a sign-in; it is answered once its content is read. */
    isSignInLost: boolean;
  }
}

/** The session that a request's token names; null for none, a forged one or one that has run out. */
export type ReadSessionId = (request: FastifyRequest) => string | null;

/** Asks for the sign-in in a way that keeps what the form holds. */
export type AnswerLostSignIn = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/**
 * The one place where rights are asked. Every route declares its access; one that forgets is a programming error and the
 * server does not start. Village and region come from the address, never from the form.
 */
export function registerAccess(
  app: FastifyInstance,
  { sql }: Db,
  readSessionId: ReadSessionId,
  answerLostSignIn: AnswerLostSignIn,
): void {
  app.decorateRequest('viewer', null);
  app.decorateRequest('village', null);
  app.decorateRequest('region', null);
  app.decorateRequest('today', '');
  app.decorateRequest('isSignInLost', false);

  app.decorate('accessTable', []);
  app.addHook('onRoute', ({ config, method, url }) => {
    if (!config?.access) throw new Error(`${String(method)} ${url} does not say who may use it`);
    for (const one of [method].flat()) app.accessTable.push({ method: one, url, access: config.access });
  });

  app.addHook('onRequest', async (request, reply) => {
    request.today = villageDay(new Date());
    const { access = 'everybody', beforePasswordChange = false } = request.routeOptions.config;
    const codes = request.params as { village?: string; region?: string };
    const sessionId = readSessionId(request);
    const [viewer, village, region] = await Promise.all([
      sessionId === null ? null : findViewer(sql, sessionId, request.today),
      isCode(codes.village) ? findVillage(sql, codes.village) : null,
      isCode(codes.region) ? findRegion(sql, codes.region) : null,
    ]);
    request.viewer = viewer;
    request.village = village;
    request.region = region;
    // Village offices share computers: nothing that was shown to one person stays in the browser for the next.
    if (viewer) reply.header('cache-control', 'no-store');
    if (codes.village !== undefined && !village) return reply.refuse({ refused: 'unknown_village' });
    if (codes.region !== undefined && !region) return reply.refuse({ refused: 'unknown_region' });
    if (access === 'everybody') return;
    if (!viewer) return askForSignIn(request);
    if (viewer.mustChangePassword && !beforePasswordChange) return askForPasswordChange(request);
    if (access === 'signed-in') return;
    const place = village ?? region;
    const isAllowed = place ? may(viewer.appointments, access, place) : mayAnywhere(viewer.appointments, access);
    if (!isAllowed) return reply.refuse({ refused: 'not_allowed' });

    function askForSignIn({ method, url, headers }: FastifyRequest) {
      if (isApi(request)) return reply.refuse({ refused: 'not_signed_in' });
      if (method !== 'GET') {
        request.isSignInLost = true;
        return;
      }
      const target = `/sign-in?return=${encodeURIComponent(url)}`;
      // htmx would follow a redirect silently and put the sign-in page into a part of this one.
      return headers['hx-request'] ? reply.code(401).header('hx-redirect', target).send() : reply.redirect(target, 303);
    }

    function askForPasswordChange({ method, headers }: FastifyRequest) {
      if (isApi(request) || method !== 'GET') return reply.refuse({ refused: 'must_change_password' });
      return headers['hx-request']
        ? reply.code(403).header('hx-redirect', '/password').send()
        : reply.redirect('/password', 303);
    }
  });

  app.addHook('preValidation', async (request, reply) => {
    if (request.isSignInLost) return answerLostSignIn(request, reply);
  });
}

function isCode(code: string | undefined): code is string {
  return code !== undefined && /^\d{12}$/.test(code);
}

/** The village of a route whose address has `:village`. */
export function villageOf(request: FastifyRequest): Village {
  if (!request.village) throw new Error(`${request.routeOptions.url} has no village in its address`);
  return request.village;
}

/** The region of a route whose address has `:region`. */
export function regionOf(request: FastifyRequest): Region {
  if (!request.region) throw new Error(`${request.routeOptions.url} has no region in its address`);
  return request.region;
}

/** The person at a route that demands a sign-in. */
export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new Error(`${request.routeOptions.url} lets people in who are not signed in`);
  return request.viewer;
}
