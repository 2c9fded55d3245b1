import { z } from 'zod';
import { viewerOf, villageOf } from '../people/index.ts';
import { monthText } from '../platform/calendar-text.ts';
import { idempotencyHeaders, listOf, problems, signedIn, villageParams } from '../platform/http/api-schemas.ts';
import type { Routes } from '../platform/http/route-services.ts';
import { publicationBySeq, publicationOf, publications } from './publications.ts';
import { publishRecord } from './publish-record.ts';
import { recordContent, recordTotals } from './record-schema.ts';

const period = monthText.meta({ description: 'calendar month in village time', examples: ['2026-11'] });

const seq = z.int().meta({ description: "number of the act in the village's public record" });

const summaryAnswer = z.object({
  period,
  version: z.int(),
  seq,
  publishedAt: z.iso.datetime(),
  totals: recordTotals,
  changeCount: z.int(),
});

const publicationAnswer = z.object({
  period,
  version: z.int(),
  seq,
  publishedAt: z.iso.datetime(),
  contentHash: z.string().meta({ description: 'SHA-256 of the canonical JSON (RFC 8785) of `content`, hexadecimal' }),
  totals: recordTotals,
  content: recordContent,
});

export const publicationApi: Routes = async (app, { db }) => {
  app.get(
    '/api/v1/villages/:village/publications',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'Published exchange records, newest first',
        params: villageParams,
        response: { 200: listOf(summaryAnswer), ...problems },
      },
    },
    async (request) => {
      const published = await publications(db.sql, villageOf(request).villageId);
      return {
        items: published.map(({ month, publishedAt, version, totals, changeCount, ...line }) => ({
          period: month,
          version,
          seq: line.seq,
          publishedAt: publishedAt.toISOString(),
          totals,
          changeCount,
        })),
      };
    },
  );

  app.get(
    '/api/v1/villages/:village/publications/:period/:version',
    {
      config: { access: 'everybody' },
      schema: {
        summary: 'One published version with its frozen content',
        params: villageParams.extend({ period, version: z.coerce.number().int().min(1).max(999_999) }),
        response: { 200: publicationAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { period: month, version } = request.params;
      const found = await publicationOf(db.sql, villageOf(request).villageId, month, version);
      return found ? answerOf(found) : reply.refuse({ refused: 'unknown_publication' });
    },
  );

  app.post(
    '/api/v1/villages/:village/publications',
    {
      config: { access: 'record.publish' },
      schema: {
        summary: "Publish a month's exchange record, or a corrected version of it",
        security: signedIn,
        params: villageParams,
        headers: idempotencyHeaders,
        body: z.object({ period }),
        response: { 201: publicationAnswer.omit({ content: true }), ...problems },
      },
    },
    async (request, reply) => {
      const village = villageOf(request);
      const outcome = await publishRecord(db, {
        village,
        idempotencyKey: request.headers['idempotency-key'],
        recordedBy: viewerOf(request).personId,
        month: request.body.period,
        today: request.today,
      });
      if ('refused' in outcome) return reply.refuse(outcome);
      const found = await publicationBySeq(db.sql, village.villageId, outcome.acts[0]?.seq ?? -1);
      if (!found) throw new Error(`operation ${outcome.operationId} published nothing`);
      const { content: _, ...answer } = answerOf(found);
      return reply.code(201).send(answer);
    },
  );
};

function answerOf(found: NonNullable<Awaited<ReturnType<typeof publicationOf>>>) {
  const { month, version, seq: number, publishedAt, contentHash, content } = found;
  return {
    period: month,
    version,
    seq: number,
    publishedAt: publishedAt.toISOString(),
    contentHash: contentHash.toString('hex'),
    totals: content.record.totals,
    content,
  };
}
