import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type PageContext, PageContextProvider } from '../../../views/shared/page-context.ts';
import { ERASED_NAME } from '../i18n/erased-name.ts';

/** Draws a whole page as text; the element is one of the layouts. */
export function drawPage(context: PageContext, element: VNode): string {
  return `<!doctype html>${drawFragment(context, element)}`;
}

/** Draws a part of a page as text, for an answer to htmx. A name that was erased stands in lists as the reader's language says it. */
export function drawFragment(context: PageContext, element: VNode): string {
  const html = renderToString(<PageContextProvider.Provider value={context}>{element}</PageContextProvider.Provider>);
  return html.replaceAll(ERASED_NAME, context.t('shared.erasedName'));
}

/** Answers a whole page. The status is the caller's: `reply.code(422)` before it. */
export function renderPage(reply: FastifyReply, context: PageContext, element: VNode): FastifyReply {
  return sendHtml(reply, drawPage(context, element));
}

/** Answers only the part that htmx will swap in. */
export function renderFragment(reply: FastifyReply, context: PageContext, element: VNode): FastifyReply {
  return sendHtml(reply, drawFragment(context, element));
}

/** One address answers page or fragment, so caches must keep the two apart. */
export function sendHtml(reply: FastifyReply, html: string | Buffer): FastifyReply {
  return reply.header('vary', 'HX-Request').type('text/html; charset=utf-8').send(html);
}
