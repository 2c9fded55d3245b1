import type { ComponentChildren } from 'preact';
import { usePage } from './page-context.ts';

/** Retries, time-outs and statuses as the pages rely on them; 5xx answers never replace what was typed. */
const HTMX_CONFIG = JSON.stringify({
  defaultSettleDelay: 0,
  defaultTimeout: 20_000,
  noSwap: [204, 304, '5xx'],
  includeIndicatorCSS: false,
});

/** What the script of offline use asks: whose page it is, in which look, and where awards may be entered. */
function readerOf({ viewer, village, locale, textSize }: ReturnType<typeof usePage>) {
  if (!viewer) return {};
  return {
    'data-reader': viewer.reader,
    'data-look': `${locale} ${textSize}`,
    ...(viewer.mayAward && village && { 'data-village': village.code }),
  };
}

type DocumentProps = {
  title: string;
  bodyClass: string;
  /** `live` brings htmx, for pages of which a part follows the server; card and print pages need only the small tools. */
  script: 'app' | 'live' | 'tools';
  /** Overrides the reader's own step, where a page is large by default. */
  textSize?: 'standard' | 'large' | 'largest' | undefined;
  noIndex?: boolean | undefined;
  /** Styles that only this page needs. */
  styles?: readonly ('displayCss' | 'sheetCss')[] | undefined;
  /** Asks again after so many seconds where there is no script. */
  refreshSeconds?: number | undefined;
  /** Scripts that only this page needs. */
  scripts?: readonly ('award' | 'display' | 'uploads')[] | undefined;
  /** Runs before anything is drawn, which waits for it: for what would move the page if it came later. */
  firstScript?: 'awardLeft' | undefined;
  children: ComponentChildren;
};

/** The page around the page: nothing in it is inline, so the strict CSP holds. */
export function Document({
  title,
  bodyClass,
  script,
  textSize,
  noIndex,
  scripts = [],
  styles = [],
  refreshSeconds,
  firstScript,
  children,
}: DocumentProps) {
  const page = usePage();
  const isForCadres = script !== 'tools';
  return (
    <html lang={page.locale} data-text-size={textSize ?? page.textSize} {...(isForCadres && readerOf(page))}>
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="theme-color" content="#fbf7f0" />
        {noIndex && <meta name="robots" content="noindex" />}
        {noIndex && <meta name="referrer" content="no-referrer" />}
        {firstScript && <script src={page.assets[firstScript]} />}
        <link rel="stylesheet" href={page.assets.css} />
        {styles.map((name) => (
          <link key={name} rel="stylesheet" href={page.assets[name]} />
        ))}
        {refreshSeconds && (
          <noscript>
            <meta http-equiv="refresh" content={String(refreshSeconds)} />
          </noscript>
        )}
        <link rel="icon" href={page.assets.icon} type="image/svg+xml" />
        {isForCadres && <link rel="manifest" href={`/manifest.webmanifest?locale=${page.locale}`} />}
        {isForCadres && <link rel="apple-touch-icon" href={page.assets.iconSmall} />}
        {script === 'live' && <meta name="htmx-config" content={HTMX_CONFIG} />}
        {isForCadres && <script src={page.assets[script === 'live' ? 'live' : 'js']} defer />}
        <script src={page.assets.tools} defer />
        {scripts.map((name) => (
          <script key={name} src={page.assets[name]} defer />
        ))}
      </head>
      <body class={bodyClass}>{children}</body>
    </html>
  );
}
