/**
 * What makes the pages an application that stays on the phone: its name and signs in the reader's language, and the page that opens
 * without network. The service worker itself is an asset.
 */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { translate } from '../../../views/shared/dictionary.ts';
import { OfflinePage } from '../../../views/shared/offline-page.tsx';
import type { AssetUrls } from '../../../views/shared/page-context.ts';
import { LOCALES } from '../i18n/locale.ts';

const asked = z.object({ locale: z.enum(LOCALES).catch('zh-CN') });

export function registerInstalled(app: FastifyInstance, urls: AssetUrls): void {
  app.get('/manifest.webmanifest', { config: { access: 'everybody' } }, (request, reply) => {
    const { locale } = asked.parse(request.query);
    const t = translate(locale);
    const icon = (src: string, sizes: string, purpose: string) => ({ src, sizes, purpose, type: 'image/png' });
    return reply
      .header('cache-control', 'public, max-age=3600')
      .type('application/manifest+json; charset=utf-8')
      .serializer(JSON.stringify)
      .send({
        id: '/',
        name: t('shared.installedName'),
        short_name: t('shared.product'),
        description: t('shared.tagline'),
        lang: locale,
        dir: 'ltr',
        start_url: '/sign-in',
        scope: '/',
        display: 'standalone',
        background_color: '#fbf7f0',
        theme_color: '#fbf7f0',
        icons: [
          icon(urls.iconSmall, '192x192', 'any'),
          icon(urls.iconLarge, '512x512', 'any'),
          icon(urls.iconMaskable, '512x512', 'maskable'),
        ],
      });
  });

  app.get('/offline', { config: { access: 'everybody' } }, (request, reply) => {
    // Kept by the worker for whoever uses this machine.
    request.viewer = null;
    return reply.page(<OfflinePage />);
  });
}
