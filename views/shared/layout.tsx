import type { ComponentChildren } from 'preact';
import { Breadcrumb, type Crumb } from './breadcrumb.tsx';
import { Document } from './document.tsx';
import { ErrorSummary, type FieldErrors } from './error-summary.tsx';
import { type NavItem, type PageContext, usePage } from './page-context.ts';
import { SiteFooter } from './site-footer.tsx';
import { SiteHeader } from './site-header.tsx';
import { WholeNames } from './whole-names.tsx';

type LayoutProps = {
  /** Names the task; the window's title and, unless `heading` differs, the one h1. */
  title: string;
  heading?: ComponentChildren;
  /** One sentence under the heading. */
  lead?: ComponentChildren;
  /** `narrow` for forms and reading, `wide` for the counter and big tables. */
  width?: 'narrow' | 'normal' | 'wide' | undefined;
  /** Overrides the context's words for this page. */
  nav?: readonly NavItem[] | undefined;
  crumbs?: readonly Crumb[] | undefined;
  /** Errors of the form on this page: summed up first in main, and in the window's title. */
  errors?: FieldErrors | undefined;
  /** What came of the last act, drawn above everything else. */
  notice?: ComponentChildren;
  /** A part of the page follows the server: htmx. */
  isLive?: boolean | undefined;
  scripts?: readonly ('award' | 'display' | 'uploads')[] | undefined;
  firstScript?: 'awardLeft' | undefined;
  /** Links beside the heading: print, download. */
  actions?: ComponentChildren;
  children: ComponentChildren;
};

/** Who is not signed in has no words to go on: the way up is the village's own page. */
function wayUp({ viewer, village, path }: PageContext): readonly Crumb[] | undefined {
  if (viewer || !village) return undefined;
  const href = `/villages/${village.code}`;
  return path.startsWith(`${href}/`) ? [{ href, label: village.name }] : undefined;
}

/** The frame of every page on a screen. */
export function Layout(props: LayoutProps) {
  const page = usePage();
  const { t, village, nav, viewer } = page;
  const { title, heading, lead, width = 'normal', errors = [], notice, actions, children } = props;
  const crumbs = props.crumbs ?? wayUp(page);
  const place = village ? t('shared.productOf', { village: village.name }) : t('shared.product');
  const prefix = errors.length > 0 ? t('shared.titleError') : '';
  return (
    <Document
      title={`${prefix}${title} · ${place}`}
      bodyClass={width === 'wide' ? 'site site-wide' : 'site'}
      script={props.isLive ? 'live' : 'app'}
      scripts={props.scripts}
      firstScript={props.firstScript}
    >
      <a class="skip-link" href="#main">
        {t('shared.skipToMain')}
      </a>
      <div class="error-strip" id="error-strip" role="alert" hidden>
        <strong>{t('shared.notSaved')}</strong> <span>{t('shared.notSavedDetail')}</span>
      </div>
      {viewer && (
        <p class="demo" role="status" id="copy-strip" hidden>
          {t('shared.copyOf')} <strong>--:--</strong>
          {t('shared.copyMeans')}
        </p>
      )}
      {viewer && (
        <template id="kept-words">
          <p role="status">
            {t('shared.formKept')}{' '}
            <button class="button button-quiet" type="button">
              {t('shared.formDrop')}
            </button>
          </p>
        </template>
      )}
      <SiteHeader nav={props.nav ?? nav ?? []} />
      <main class={width === 'narrow' ? 'main main-narrow' : 'main'} id="main" tabIndex={-1}>
        {crumbs && <Breadcrumb crumbs={crumbs} />}
        <ErrorSummary errors={errors} />
        {notice}
        <div class="page-head">
          <div class="page-head-words">
            <h1>{heading ?? <WholeNames words={title} />}</h1>
            {lead && <p class="lead">{lead}</p>}
          </div>
          {actions && <div class="page-actions">{actions}</div>}
        </div>
        {children}
      </main>
      <SiteFooter />
    </Document>
  );
}
