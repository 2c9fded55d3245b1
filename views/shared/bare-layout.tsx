import type { ComponentChildren } from 'preact';
import { Document } from './document.tsx';
import { HelpLink } from './help-link.tsx';
import { Icon } from './icon.tsx';
import { PageContextProvider, type TextSize, usePage } from './page-context.ts';
import { LanguageSwitch, TextSizeSwitch } from './preferences.tsx';

type BareLayoutProps = {
  title: string;
  /** The page is in large print unless its reader chose otherwise. */
  textSize?: TextSize | undefined;
  children: ComponentChildren;
};

/** For the villager who comes from a QR code: no sign-in, no navigation, no htmx, not found by search engines. */
export function BareLayout({ title, textSize, children }: BareLayoutProps) {
  const page = usePage();
  const { t, village, isDemo } = page;
  return (
    <PageContextProvider.Provider value={{ ...page, textSize: textSize ?? page.textSize }}>
      <Document title={`${title} · ${t('shared.product')}`} bodyClass="site bare" script="tools" noIndex>
        <a class="skip-link" href="#main">
          {t('shared.skipToMain')}
        </a>
        <header class="site-header">
          {isDemo && (
            <p class="demo">
              <strong>{t('shared.demo')}</strong> {t('shared.demoText')}
            </p>
          )}
          <div class="masthead">
            <p class="brand">
              <span class="seal">
                <Icon name="mark" />
              </span>
              <span class="brand-words">
                <span class="brand-name">{t('shared.product')}</span>
                <span class="brand-place">{village?.name ?? t('shared.tagline')}</span>
              </span>
            </p>
            <TextSizeSwitch />
            <div class="account">
              <HelpLink part="villager" />
            </div>
          </div>
        </header>
        <main class="main" id="main" tabIndex={-1}>
          {children}
        </main>
        <footer class="site-footer">
          <div class="site-footer-inner">
            <LanguageSwitch />
            <p class="footer-promise">{t('shared.footerPromise')}</p>
          </div>
        </footer>
      </Document>
    </PageContextProvider.Provider>
  );
}
