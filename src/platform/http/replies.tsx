import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { ErrorPage } from '../../../views/shared/error-page.tsx';
import type { PageContext } from '../../../views/shared/page-context.ts';
import { refusalText } from '../../../views/shared/refusal-text.ts';
import type { Locale } from '../i18n/locale.ts';
import { renderFragment, renderPage } from './page.tsx';
import { type Refusal, refusalStatus } from './refusals.ts';

declare module 'fastify' {
  interface FastifyRequest {
    locale: Locale;
  }
  interface FastifyReply {
    /** Answers a whole page in the reader's language and size. */
    page(element: VNode): FastifyReply;
    /** Answers the part of a page that htmx asked for. */
    fragment(element: VNode): FastifyReply;
    /** Answers a refusal with its status: as problem details to the API, as a page to people. */
    refuse(refusal: Refusal): FastifyReply;
  }
}

export type ContextOf = (request: FastifyRequest, reply: FastifyReply) => PageContext;

/** Gives every reply its three ways to answer. */
export function registerReplies(app: FastifyInstance, contextOf: ContextOf): void {
  app.decorateReply('page', function (this: FastifyReply, element: VNode) {
    return renderPage(this, contextOf(this.request, this), element);
  });
  app.decorateReply('fragment', function (this: FastifyReply, element: VNode) {
    return renderFragment(this, contextOf(this.request, this), element);
  });
  app.decorateReply('refuse', function (this: FastifyReply, refusal: Refusal) {
    const { request } = this;
    this.code(refusalStatus(refusal));
    return isApi(request)
      ? sendProblem(this, refusal)
      : this.page(<ErrorPage refusal={refusal} reference={request.id} />);
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
