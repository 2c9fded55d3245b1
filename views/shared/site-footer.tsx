import { usePage } from './page-context.ts';
import { LanguageSwitch } from './preferences.tsx';

/** What anybody may read without signing in, and the language. */
export function SiteFooter() {
  const { t, village } = usePage();
  const base = village && `/villages/${village.code}`;
  const links = [
    { href: '/', label: t('shared.publicVillages') },
    ...(base
      ? [
          { href: `${base}/rules`, label: t('shared.publicRules') },
          { href: `${base}/shelf`, label: t('shared.publicShelf') },
          { href: `${base}/publications`, label: t('shared.publicNotices') },
          { href: `${base}/acts`, label: t('shared.publicLog') },
        ]
      : []),
  ];
  return (
    <footer class="site-footer">
      <div class="site-footer-inner">
        <nav aria-label={t('shared.footerNav')}>
          <ul class="footer-links">
            {links.map(({ href, label }) => (
              <li key={href}>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
        <LanguageSwitch />
        <p class="footer-promise">{t('shared.footerPromise')}</p>
      </div>
    </footer>
  );
}
