import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ReviewPage } from '../../views/publication/review-page.tsx';
import { viewerOf, villageOf } from '../people/index.ts';
import { monthOf } from '../platform/clock.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import { refusalStatus } from '../platform/http/refusals.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { draftRecord } from './draft-record.ts';
import { type PublicationMonth, publicationMonths, publications } from './publications.ts';
import { publishRecord } from './publish-record.ts';
import { reviewFigures, reviewRecord } from './review-record.ts';
import { boardWindow, monthParameter } from './routes.tsx';

const publicationForm = z.object({
  month: z.preprocess(lastOf, monthParameter),
  idempotencyKey: z.preprocess(lastOf, z.string().max(200)),
});

export const publicationReviewRoutes: Routes = async (app, { db }) => {
  app.get('/villages/:village/publications/new', { config: { access: 'record.publish' } }, async (request, reply) => {
    const asked = monthParameter.safeParse((request.query as { month?: unknown }).month);
    const months = await publicationMonths(db.sql, villageOf(request).villageId, request.today);
    const month = asked.success ? asked.data : dueMonth(months, request.today);
    if (!months.some((lived) => lived.month === month)) {
      const refusal = { refused: month > monthOf(request.today) ? 'month_in_future' : 'not_found', month };
      return reply.refuse(refusal);
    }
    return drawReview(request, reply, { month, months, idempotencyKey: newIdempotencyKey() });
  });

  app.post('/villages/:village/publications', { config: { access: 'record.publish' } }, async (request, reply) => {
    const village = villageOf(request);
    const form = publicationForm.safeParse(request.body);
    if (!form.success) return reply.refuse({ refused: 'invalid_input' });
    const { month, idempotencyKey } = form.data;
    const outcome = await publishRecord(db, {
      village,
      idempotencyKey,
      recordedBy: viewerOf(request).personId,
      month,
      today: request.today,
    });
    if ('refused' in outcome) {
      const months = await publicationMonths(db.sql, village.villageId, request.today);
      if (!months.some((lived) => lived.month === month)) return reply.refuse(outcome);
      reply.code(refusalStatus(outcome));
      return drawReview(request, reply, { month, months, idempotencyKey, refusal: outcome });
    }
    const version = await publishedVersion(village.villageId, outcome.acts[0]?.seq ?? 0);
    return reply.redirect(`/villages/${village.code}/publications/${month}/${version}`, 303);
  });

  async function publishedVersion(villageId: number, seq: number): Promise<number> {
    const published = await publications(db.sql, villageId);
    const found = published.find((one) => one.seq === seq);
    if (!found) throw new Error(`act ${seq} published nothing`);
    return found.version;
  }

  async function drawReview(request: FastifyRequest, reply: FastifyReply, review: Review) {
    const { villageId, code } = villageOf(request);
    const { month, months, ...rest } = review;
    const draft = await draftRecord(db.sql, villageId, month);
    const [figures, published] = await Promise.all([
      reviewFigures(db.sql, villageId, month, draft.latestVersion),
      publications(db.sql, villageId),
    ]);
    return reply.page(
      <ReviewPage
        month={month}
        record={draft.record}
        checks={draft.checks}
        changes={draft.changes}
        latestVersion={draft.latestVersion}
        remarks={reviewRecord(month, request.today, draft, figures, months, published)}
        {...boardWindow(request.today)}
        villageHref={`/villages/${code}`}
        {...rest}
      />,
    );
  }
};

interface Review {
  month: string;
  months: PublicationMonth[];
  idempotencyKey: string;
  refusal?: { refused: string };
}

/** The last complete month that is not published; else one with something to correct; else this month. */
function dueMonth(months: readonly PublicationMonth[], today: string): string {
  const thisMonth = monthOf(today);
  const due =
    months.find(({ month, latestVersion }) => month < thisMonth && latestVersion === null) ??
    months.find(({ latestVersion, newActCount }) => latestVersion !== null && newActCount > 0);
  return due?.month ?? thisMonth;
}
