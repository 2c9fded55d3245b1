import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { translate } from '../../views/shared/dictionary.ts';
import { Notice } from '../../views/shared/notice.tsx';
import { MyGiftsPage } from '../../views/wishes/my-gifts-page.tsx';
import { EchoWallPage, WishWallPage } from '../../views/wishes/wall-pages.tsx';
import { donorOfPerson } from '../donations/index.ts';
import { may, viewerOf, villageOf } from '../people/index.ts';
import { keyOf, refusalNotice } from '../platform/http/form-answer.tsx';
import { lastOf } from '../platform/http/form-fields.ts';
import { type Refusal, refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { villageSettings } from '../settings/index.ts';
import { keepWish } from './keep-wish.ts';
import { isShownAs, ownGiving, showWishes, WALL_FILTERS } from './wall.ts';
import { readWishes } from './wishes.ts';

const PAGE = 20;
const fields = z.record(z.string(), z.unknown());
const wishParams = z.object({ village: z.string(), wish: z.string().max(40) });
const villageParams = z.object({ village: z.string() });
const wallQuery = z.object({
  q: z.preprocess((value) => lastOf(value) ?? '', z.string().trim().max(60)).catch(''),
  show: z.enum(WALL_FILTERS).catch('open'),
  from: z.preprocess(lastOf, z.coerce.number().int().min(0).max(1_000_000)).catch(0),
  claimed: z.string().optional(),
});

type WallQuery = z.infer<typeof wallQuery>;

/** 心愿墙、回音墙 for everybody, and what donors do there. */
export const wallRoutes: Routes = async (app, { db }) => {
  const { sql } = db;

  app.get(
    '/villages/:village/wishes',
    { config: { access: 'everybody' }, schema: { params: villageParams, querystring: wallQuery } },
    async (request, reply) => {
      const { wishClaimDays } = await villageSettings(sql, villageOf(request).villageId);
      const notice = request.query.claimed !== undefined && (
        <Notice kind="success" focused>
          {translate(request.locale)('wishes.claimed', { days: wishClaimDays })}
        </Notice>
      );
      return drawWall(request, reply, request.query, notice || undefined);
    },
  );

  app.get(
    '/villages/:village/echoes',
    { config: { access: 'everybody' }, schema: { params: villageParams, querystring: wallQuery } },
    async (request, reply) => {
      const village = villageOf(request);
      const { from } = request.query;
      const { wishes } = await readWishes(sql, village.villageId, request.today);
      const echoes = wishes.filter(({ echo }) => echo !== null).reverse();
      const shown = await showWishes(sql, village, echoes.slice(from, from + PAGE), null);
      const href = (at: number) => `/villages/${village.code}/echoes${at > 0 ? `?from=${at}` : ''}`;
      return reply.page(
        <EchoWallPage
          wishes={shown}
          nextHref={from + PAGE < echoes.length ? href(from + PAGE) : undefined}
          firstHref={from > 0 ? href(0) : undefined}
        />,
      );
    },
  );

  const own = { config: { access: 'gift.own' }, schema: { params: wishParams, body: fields } } as const;

  app.post('/villages/:village/wishes/:wish/claims', own, (request, reply) => step(request, reply, 'claim'));
  app.post('/villages/:village/wishes/:wish/releases', own, (request, reply) => step(request, reply, 'release'));

  app.get('/my-gifts', { config: { access: 'gift.own' } }, async (request, reply) => {
    const asker = { personId: viewerOf(request).personId, today: request.today };
    return reply.page(<MyGiftsPage villages={await ownGiving(sql, asker)} />);
  });

  async function step(request: FastifyRequest, reply: FastifyReply, what: 'claim' | 'release') {
    const { villageId, code } = villageOf(request);
    const { personId, displayName } = viewerOf(request);
    const outcome = await keepWish(db, {
      villageId,
      wishId: (request.params as { wish: string }).wish,
      step: { step: what, by: { personId, displayName } },
      idempotencyKey: keyOf(request.body as Record<string, unknown>),
      recordedBy: personId,
      today: request.today,
    });
    if ('refused' in outcome) return drawRefused(request, reply, outcome);
    return reply.redirect(`/villages/${code}/wishes?show=${what === 'claim' ? 'claimed&claimed=1' : 'open'}`, 303);
  }

  function drawRefused(request: FastifyRequest, reply: FastifyReply, refusal: Refusal) {
    if (refusal.refused === 'unknown_wish') return reply.refuse(refusal);
    reply.code(refusalStatus(refusal));
    const notice = refusalNotice(request, refusal);
    return drawWall(request, reply, { q: '', show: 'open', from: 0 }, notice);
  }

  async function drawWall(
    request: FastifyRequest,
    reply: FastifyReply,
    { q, show, from }: WallQuery,
    notice?: Parameters<typeof WishWallPage>[0]['notice'],
  ) {
    const village = villageOf(request);
    const { viewer } = request;
    const isDonor = viewer !== null && may(viewer.appointments, 'gift.own', village);
    const [{ wishes }, donor] = await Promise.all([
      readWishes(sql, village.villageId, request.today),
      isDonor ? donorOfPerson(sql, { villageId: village.villageId, ...viewer }) : null,
    ]);
    const onWall = wishes.filter(({ openedOn, words }) => openedOn !== null && (words ?? '').includes(q)).reverse();
    const found = onWall.filter((wish) => isShownAs(wish, show));
    const shown = await showWishes(sql, village, found.slice(from, from + PAGE), donor);
    const href = (at: number) =>
      `/villages/${village.code}/wishes?${new URLSearchParams({ show, ...(q && { q }), ...(at > 0 && { from: String(at) }) })}`;
    return reply.page(
      <WishWallPage
        wishes={shown}
        filters={WALL_FILTERS.map((filter) => ({
          filter,
          count: onWall.filter((wish) => isShownAs(wish, filter)).length,
          current: filter === show,
        }))}
        query={q}
        claimKeys={isDonor ? new Map(shown.map(({ wishId }) => [wishId, newIdempotencyKey()])) : undefined}
        nextHref={from + PAGE < found.length ? href(from + PAGE) : undefined}
        firstHref={from > 0 ? href(0) : undefined}
        notice={notice}
      />,
    );
  }
};
