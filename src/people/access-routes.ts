import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { villageDay } from '../platform/clock.ts';
import type { Db } from '../platform/database/db.ts';
import { isApi } from '../platform/http/replies.tsx';
import { rememberFor } from '../platform/remember.ts';
import { pastPosts } from './past-posts.ts';
import { type Capability, may, mayAnywhere, type Role, rolesThatMay } from './permissions.ts';
import { findRegion, findVillage, type Region, type Village } from './regions.ts';
import { recordSecurityEvent } from './security-events.ts';
import type { RequestFacts } from './sign-in.ts';
import { type NextToken, type ShownToken, useSession, type Viewer } from './viewer.ts';

/** Everybody, anybody who is signed in, or who holds a capability in the region that the address names. */
export type Access = 'everybody' | 'signed-in' | Capability;

export interface RouteAccess {
  method: string;
  url: string;
  access: Access;
}

declare module '../platform/http/refusals.ts' {
  interface Refusal {
    /** Of `not_allowed`: who may. */
    roles?: readonly Role[];
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Also for somebody who still has the password that an office set: the page to change it. */
    beforePasswordChange?: boolean;
    /** Also for somebody who still lacks the second step that the county demands: the page to add it. */
    beforeSecondFactor?: boolean;
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

/** Name and place of a village hardly ever change, so they are not read for every request. */
const VILLAGE_KNOWN_MS = 10_000;

/** How a browser keeps its sign-in: what it shows with a request, and the successor that it is given. */
export interface TokenKeeping {
  read(request: FastifyRequest): ShownToken | null;
  keep(reply: FastifyReply, next: NextToken): void;
}

/** Asks for the sign-in in a way that keeps what the form holds. */
export type AnswerLostSignIn = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/**
 * The one place where rights are asked. Every route declares its access; one that forgets is a programming error and the
 * server does not start. Village and region come from the address, never from the form.
 */
export function registerAccess(
  app: FastifyInstance,
  db: Db,
  tokens: TokenKeeping,
  answerLostSignIn: AnswerLostSignIn,
): void {
  const { sql } = db;
  app.decorateRequest('viewer', null);
  app.decorateRequest('village', null);
  app.decorateRequest('region', null);
  app.decorateRequest('today', '');
  app.decorateRequest('isSignInLost', false);

  const villageAt = rememberFor(VILLAGE_KNOWN_MS, (code) => findVillage(sql, code));

  app.decorate('accessTable', []);
  app.addHook('onRoute', ({ config, method, url }) => {
    if (!config?.access) throw new Error(`${String(method)} ${url} does not say who may use it`);
    for (const one of [method].flat()) app.accessTable.push({ method: one, url, access: config.access });
  });

  app.addHook('onRequest', async (request, reply) => {
    request.today = villageDay(new Date());
    const {
      access = 'everybody',
      beforePasswordChange = false,
      beforeSecondFactor = beforePasswordChange,
    } = request.routeOptions.config;
    const codes = request.params as { village?: string; region?: string };
    const token = tokens.read(request);
    const isPlaceNamed = codes.village !== undefined || codes.region !== undefined;
    if (access === 'everybody' && token === null && !isPlaceNamed) return;
    const [used, village, region] = await Promise.all([
      token === null
        ? null
        : useSession(db, token, {
            address: request.ip,
            // What everybody may see can be kept by caches on the way, and no cookie may lie there.
            mayRenew: access !== 'everybody',
          }),
      isCode(codes.village) ? villageAt(codes.village) : null,
      isCode(codes.region) ? findRegion(sql, codes.region) : null,
    ]);
    const viewer = used?.viewer ?? null;
    if (used?.next) tokens.keep(reply, used.next);
    request.viewer = viewer;
    request.village = village;
    request.region = region;
    // Village offices share computers: nothing that was shown to one person stays in the browser for the next.
    // Whose it is, for the copies that the browser's worker keeps of it.
    if (viewer) reply.header('cache-control', 'no-store').header('x-reader', String(viewer.personId));
    if (codes.village !== undefined && !village) return reply.refuse({ refused: 'unknown_village' });
    if (codes.region !== undefined && !region) return reply.refuse({ refused: 'unknown_region' });
    if (access === 'everybody') return;
    if (!viewer) return askForSignIn(request);
    if (viewer.mustChangePassword && !beforePasswordChange)
      return askToGo(request, '/password', 'must_change_password');
    if (viewer.mustAddSecondFactor && !beforeSecondFactor) {
      return askToGo(request, '/second-factor', 'must_add_second_factor');
    }
    if (access === 'signed-in') return;
    const place = village ?? region;
    const isAllowed = place ? may(viewer.appointments, access, place) : mayAnywhere(viewer.appointments, access);
    if (isAllowed) return;
    await recordSecurityEvent(sql, {
      kind: 'access.refused',
      isRefused: true,
      personId: viewer.personId,
      regionId: place?.regionId ?? null,
      address: request.ip,
      // The route, not the address: addresses can hold the tokens of cards.
      details: { method: request.method, route: request.routeOptions.url ?? '' },
    });
    const roles = rolesThatMay(access);
    const { personId, appointments } = viewer;
    const isHere = ({ regionId }: { regionId: number }) => regionId === place?.regionId;
    const past = appointments.some(isHere) ? [] : await pastPosts(sql, { personId, today: request.today });
    const ended = past.find((post) => isHere(post) && roles.includes(post.role));
    // Whoever could do it until a while ago is told why it is over.
    if (ended) return reply.refuse({ refused: 'post_ended', region: ended.regionName, day: ended.endedOn });
    return reply.refuse({ refused: 'not_allowed', roles });

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

    function askToGo({ method, headers }: FastifyRequest, path: string, refused: string) {
      if (isApi(request) || method !== 'GET') return reply.refuse({ refused });
      return headers['hx-request'] ? reply.code(403).header('hx-redirect', path).send() : reply.redirect(path, 303);
    }
  });

  app.addHook('preValidation', (request, reply, done) => {
    if (request.isSignInLost) answerLostSignIn(request, reply);
    else done();
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

/** What a sign-in needs to know of the request that it comes with. */
export function signInRequest({ ip, headers, today }: FastifyRequest, surface: RequestFacts['surface']): RequestFacts {
  return { address: ip, userAgent: headers['user-agent'], today, surface };
}
