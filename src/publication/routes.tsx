import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { renderToString } from 'preact-render-to-string';
import { z } from 'zod';
import { longPicture } from '../../views/publication/long-picture.tsx';
import { NoticePage } from '../../views/publication/notice-page.tsx';
import { PublicationsPage } from '../../views/publication/publications-page.tsx';
import { RecordPage } from '../../views/publication/record-page.tsx';
import { recordSheets } from '../../views/publication/record-sheets.ts';
import { formatDay, formatMonth } from '../../views/shared/day-text.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import type { PublicLogs } from '../auditlog/index.ts';
import { may, villageOf } from '../people/index.ts';
import { monthText } from '../platform/calendar-text.ts';
import { addDays, monthOf, villageDay } from '../platform/clock.ts';
import { drawPicture } from '../platform/draw-picture.ts';
import { publicOrigin } from '../platform/http/public-origin.ts';
import type { RouteServices } from '../platform/http/route-services.ts';
import { sendWorkbook } from '../platform/http/send-workbook.ts';
import { officersOn, type Publication, publicationMonths, publicationOf, publications } from './publications.ts';

/** The days on the board, the first one counted. */
const WINDOW_DAYS = 7;

export const monthParameter = monthText;

const versionParameter = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number);

/** The seven days that a notice published on a day hangs on the board. */
export function boardWindow(publishedOn: string): { windowFrom: string; windowTo: string } {
  return { windowFrom: publishedOn, windowTo: addDays(publishedOn, WINDOW_DAYS - 1) };
}

/** As much as a code of 44 mm can carry; further signatures are in the log itself. */
const MOST_NOTE_BYTES = 1_000;

function noteForPaper(note: string): string {
  if (Buffer.byteLength(note) <= MOST_NOTE_BYTES) return note;
  const firstSignature = note.indexOf('\n', note.indexOf('\n\n') + 2);
  return note.slice(0, firstSignature + 1);
}

function isPublisher(request: FastifyRequest): boolean {
  const { viewer } = request;
  return viewer !== null && may(viewer.appointments, 'record.publish', villageOf(request));
}

export const publicationRoutes: FastifyPluginAsyncZod<RouteServices & { logs: PublicLogs }> = async (
  app,
  { db, config, logs },
) => {
  /** The version that an address names. */
  const find = async (request: FastifyRequest): Promise<Publication | null> => {
    const { month, version } = request.params as { month: string; version: string };
    const number = versionParameter.safeParse(version);
    if (!number.success || !monthParameter.safeParse(month).success) return null;
    return publicationOf(db.sql, villageOf(request).villageId, month, number.data);
  };

  app.get('/villages/:village/publications', { config: { access: 'everybody' } }, async (request, reply) => {
    const { villageId, code } = villageOf(request);
    const [published, months] = await Promise.all([
      publications(db.sql, villageId),
      isPublisher(request) ? publicationMonths(db.sql, villageId, request.today) : null,
    ]);
    const thisMonth = monthOf(request.today);
    return reply.page(
      <PublicationsPage
        lines={published.map((line, index) => ({
          ...line,
          publishedOn: villageDay(line.publishedAt),
          isLatest: published[index - 1]?.month !== line.month,
        }))}
        publicationsHref={`/villages/${code}/publications`}
        todo={
          months
            ? {
                months: months.filter(
                  ({ month, latestVersion, newActCount }) =>
                    (latestVersion === null && month < thisMonth) || (latestVersion !== null && newActCount > 0),
                ),
                current: months.find(({ month, latestVersion }) => month === thisMonth && latestVersion === null),
              }
            : undefined
        }
      />,
    );
  });

  app.get(
    '/villages/:village/publications/:month/:version',
    { config: { access: 'everybody' } },
    async (request, reply) => {
      const { version } = request.params as { version: string };
      if (version.endsWith('.xlsx')) return sendRecord(request, reply);
      if (version.endsWith('.png')) return sendPicture(request, reply);
      const found = await find(request);
      if (!found) return reply.refuse({ refused: 'unknown_publication' });
      const publishedOn = villageDay(found.publishedAt);
      return reply.page(
        <RecordPage
          content={found.content}
          seq={found.seq}
          contentHashHex={found.contentHash.toString('hex')}
          publishedOn={publishedOn}
          {...boardWindow(publishedOn)}
          supervisorName={found.publishedBy}
          latestVersion={found.latestVersion}
          villageHref={`/villages/${villageOf(request).code}`}
          liveUrl={`${publicOrigin(config, request)}/villages/${villageOf(request).code}/publications/${found.content.month}/${found.content.version}`}
          isPublisher={isPublisher(request)}
        />,
      );
    },
  );

  app.get(
    '/villages/:village/publications/:month/:version/print',
    { config: { access: 'everybody' } },
    async (request, reply) => {
      const { villageId, code } = villageOf(request);
      const found = await find(request);
      if (!found) return reply.refuse({ refused: 'unknown_publication' });
      const { content, seq, contentHash, publishedBy } = found;
      const publishedOn = villageDay(found.publishedAt);
      const [{ managers }, checkpointNote] = await Promise.all([
        officersOn(db.sql, villageId, publishedOn),
        signedNote(request, seq),
      ]);
      const href = `/villages/${code}/publications/${content.month}/${content.version}`;
      return reply.page(
        <NoticePage
          content={content}
          seq={seq}
          contentHashHex={contentHash.toString('hex')}
          publishedOn={publishedOn}
          {...boardWindow(publishedOn)}
          managerNames={managers}
          supervisorName={publishedBy}
          backHref={href}
          liveUrl={`${publicOrigin(config, request)}${href}`}
          checkpointNote={checkpointNote}
        />,
      );
    },
  );

  /** A checkpoint that covers the notice. A log that cannot sign at present stops no notice: it hangs without the code. */
  async function signedNote(request: FastifyRequest, seq: number): Promise<string | null> {
    try {
      const signed = await logs.covering(villageOf(request), seq);
      return 'refused' in signed ? null : noteForPaper(signed.note);
    } catch (error) {
      request.log.warn({ err: error }, 'a notice is printed without a checkpoint');
      return null;
    }
  }

  /** Part of the page's route: the router takes `:version.png` for one parameter. */
  async function sendPicture(request: FastifyRequest, reply: FastifyReply) {
    const found = await findFor(request, '.png');
    if (!found) return reply.refuse({ refused: 'unknown_publication' });
    const { content, seq, publishedBy } = found;
    const publishedOn = villageDay(found.publishedAt);
    const contentHashHex = found.contentHash.toString('hex');
    const { locale } = request;
    const place = `/villages/${villageOf(request).code}/publications/${content.month}/${content.version}`;
    const liveUrl = `${publicOrigin(config, request)}${place}`;
    const checkpointNote = await signedNote(request, seq);
    // Any checkpoint that covers the record is as good as the next one: a newer one draws no new picture.
    const shown = [contentHashHex, publishedBy, liveUrl, locale, checkpointNote === null ? 'unsigned' : 'signed'];
    const name = createHash('sha256').update(shown.join('\n')).digest('base64url').slice(0, 22);
    const etag = `W/"${name}"`;
    reply.header('etag', etag).header('cache-control', 'public, no-cache');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    const t = translate(locale);
    const props = { content, seq, contentHashHex, publishedOn, ...boardWindow(publishedOn), liveUrl, checkpointNote };
    const drawn = await drawPicture(name, () =>
      longPicture({ ...props, supervisorName: publishedBy, t, locale }).map((strip) => renderToString(strip)),
    );
    if (Buffer.isBuffer(drawn)) return reply.type('image/png').send(drawn);
    request.log.warn(drawn, 'a long picture was not drawn');
    reply.removeHeader('etag').header('cache-control', 'no-store');
    if ('retryAfterSeconds' in drawn) reply.header('retry-after', drawn.retryAfterSeconds);
    return reply.refuse(drawn);
  }

  function findFor(request: FastifyRequest, ending: string): Promise<Publication | null> {
    const params = request.params as { version: string };
    params.version = params.version.slice(0, -ending.length);
    return find(request);
  }

  async function sendRecord(request: FastifyRequest, reply: FastifyReply) {
    const { month } = request.params as { month: string };
    const found = await findFor(request, '.xlsx');
    if (!found) return reply.refuse({ refused: 'unknown_publication' });
    const { code, name } = villageOf(request);
    const { locale } = request;
    const t = translate(locale);
    const title = t('publication.record.title', { month: formatMonth(month, locale) });
    const sheets = recordSheets(
      {
        content: found.content,
        seq: found.seq,
        publishedOn: villageDay(found.publishedAt),
        contentHashHex: found.contentHash.toString('hex'),
      },
      t,
      locale,
    );
    const suffix = `${month}-v${found.content.version}.xlsx`;
    const names = { name: `${name}-${suffix}`, plainName: `${code}-${suffix}`, title: `${name} ${title}` };
    const day = formatDay(villageDay(found.publishedAt), locale);
    return sendWorkbook(reply, names, sheets, {
      title: names.title,
      note: t('publication.sheet.note', { version: found.content.version, day, seq: found.seq }),
      foot: t('publication.sheet.foot'),
    });
  }
};
