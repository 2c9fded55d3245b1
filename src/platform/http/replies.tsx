import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { ErrorPage } from '../../../views/shared/error-page.tsx';
import type { PageContext, TextSize } from '../../../views/shared/page-context.ts';
import { refusalText } from '../../../views/shared/refusal-text.ts';
import type { Locale } from '../i18n/locale.ts';
import { newPublicToken } from '../ids.ts';
import { keepNewest } from '../keep-newest.ts';
import { formToken } from './form-token.ts';
import { drawFragment, drawPage, renderFragment, renderPage, sendHtml } from './page.tsx';
import { type Refusal, refusalStatus } from './refusals.ts';

declare module 'fastify' {
  interface FastifyRequest {
    locale: Locale;
    /** Null for whoever has not chosen. */
    textSize: TextSize | null;
  }
  interface FastifyReply {
    /** Answers a whole page in the reader's language and size. */
    page(element: VNode): FastifyReply;
    /**
     * Answers a page that is the same for everybody without a sign-in for as long as `name` is: drawn once and kept. Only a
     * form token in it, if it holds such a form, is the reader's own.
     */
    keptPage(name: string, make: () => Promise<VNode>): Promise<FastifyReply>;
    /** Answers the part of a page that htmx asked for. */
    fragment(element: VNode): FastifyReply;
    /** Draws a part of a page as text, for an answer that stays open. */
    drawn(element: VNode): string;
    /** Answers a refusal, and the values that belong to it, with its status: as problem details to the API, as a page to people. */
    refuse<Said extends Refusal>(refusal: Said): FastifyReply;
  }
}

export type ContextOf = (request: FastifyRequest, csrfToken: () => string) => PageContext;

const KEPT_PAGE_BYTES = 16 * 1024 * 1024;
/** A kept page also shows what has no name of its own, as the words of a region: a correction of those may wait so long. */
const KEPT_PAGE_MS = 10_000;

/** Gives every reply its ways to answer. */
export function registerReplies(app: FastifyInstance, contextOf: ContextOf): void {
  app.decorateReply('page', function (this: FastifyReply, element: VNode) {
    return renderPage(this, contextOf(this.request, formToken(this)), element);
  });
  // As bytes: turning a long text into them takes longer than putting them together.
  const kept = keepNewest<Buffer[]>(KEPT_PAGE_BYTES, (parts) => parts.reduce((sum, { length }) => sum + length, 0));
  const tokenMark = newPublicToken();
  app.decorateReply('keptPage', async function (this: FastifyReply, name: string, make: () => Promise<VNode>) {
    const { request } = this;
    if (request.viewer) return this.page(await make());
    const seconds = Math.floor(Date.now() / KEPT_PAGE_MS);
    const { url, locale, textSize, today } = request;
    const parts = await kept.provide([url, locale, textSize, today, seconds, name].join(' '), async () => {
      const element = await make();
      const html = drawPage(
        contextOf(request, () => tokenMark),
        element,
      );
      return html.split(tokenMark).map((part) => Buffer.from(part));
    });
    const [whole, ...behindTokens] = parts;
    if (whole && behindTokens.length === 0) return sendHtml(this, whole);
    const csrfToken = Buffer.from(this.generateCsrf());
    return sendHtml(this, Buffer.concat(parts.flatMap((part, n) => (n === 0 ? [part] : [csrfToken, part]))));
  });
  app.decorateReply('fragment', function (this: FastifyReply, element: VNode) {
    return renderFragment(this, contextOf(this.request, formToken(this)), element);
  });
  app.decorateReply('drawn', function (this: FastifyReply, element: VNode) {
    return drawFragment(contextOf(this.request, formToken(this)), element);
  });
  app.decorateReply('refuse', function (this: FastifyReply, refusal: Refusal) {
    const { request } = this;
    const status = refusalStatus(refusal);
    this.code(status);
    return isApi(request)
      ? sendProblem(this, refusal)
      : this.page(
          <ErrorPage
            refusal={refusal}
            status={status}
            reference={request.id}
            isReading={['GET', 'HEAD'].includes(request.method)}
          />,
        );
  });
}

export function isApi(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/');
}

/** RFC 9457: a stable `code`, a sentence in the reader's language, and beside them the values that belong to the code. */
function sendProblem(reply: FastifyReply, { refused, ...values }: Refusal): FastifyReply {
  const { request } = reply;
  return reply
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({
      ...values,
      type: `/problems/${refused}`,
      title: refused.replaceAll('_', ' '),
      status: reply.statusCode,
      code: refused,
      detail: refusalText(request.locale, { refused, ...values }),
      instance: request.id,
    });
}
