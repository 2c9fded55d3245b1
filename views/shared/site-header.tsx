import { HelpLink } from './help-link.tsx';
import { Icon } from './icon.tsx';
import { type NavItem, usePage } from './page-context.ts';
import { TextSizeSwitch } from './preferences.tsx';

/** Product and village, letter size, help, who is signed in, and at most five words to go on. */
export function SiteHeader({ nav }: { nav: readonly NavItem[] }) {
  const { t, village, viewer, isDemo } = usePage();
  return (
    <header class="site-header">
      {isDemo && (
        <p class="demo">
          <strong>{t('shared.demo')}</strong> {t('shared.demoText')}
        </p>
      )}
      <div class="masthead">
        <a class="brand" href={viewer?.homeHref ?? '/'}>
          <span class="seal">
            <Icon name="mark" />
          </span>
          <span class="brand-words">
            <span class="brand-name">{t('shared.product')}</span>
            <span class="brand-place">
              {village ? (
                <>
                  {village.townshipName} <span class="brand-dot">·</span> {village.name}
                </>
              ) : (
                t('shared.tagline')
              )}
            </span>
          </span>
        </a>
        <TextSizeSwitch />
        <div class="account">
          <HelpLink />
          {viewer ? (
            <>
              <a class="account-link account-person" href="/account">
                {viewer.displayName} <span class="account-role">{viewer.roleName}</span>
              </a>
              <a
                class="account-link"
                href="/uploads"
                data-waiting-link
                data-words={t('shared.waiting', { count: '{count}' })}
                hidden
              >
                {t('shared.waiting', { count: 0 })}
              </a>
              <SignOut />
            </>
          ) : (
            <a class="account-link" href="/sign-in">
              {t('shared.signIn')}
            </a>
          )}
        </div>
      </div>
      {nav.length > 0 && <MainNav nav={nav} />}
    </header>
  );
}

/** A component of its own: whoever is not signed in is given no form token. */
function SignOut() {
  const { t, csrfToken } = usePage();
  return (
    <form method="post" action="/sign-out">
      <input type="hidden" name="_csrf" value={csrfToken} />
      <button class="account-link" type="submit">
        {t('shared.signOut')}
      </button>
    </form>
  );
}

function MainNav({ nav }: { nav: readonly NavItem[] }) {
  const { t, path } = usePage();
  const current = findCurrent(nav, path);
  return (
    <nav class="main-nav" aria-label={t('shared.mainNav')}>
      <ul>
        {nav.map((item) => (
          <li key={item.href}>
            <a class="main-nav-link" href={item.href} aria-current={item === current ? 'page' : undefined}>
              {item.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The item whose address is the longest beginning of this page's path. */
export function findCurrent(nav: readonly NavItem[], path: string): NavItem | undefined {
  const bare = path.split('?')[0] ?? '';
  return nav
    .filter(({ href }) => bare === href || bare.startsWith(`${href.replace(/\/$/, '')}/`))
    .sort((left, right) => right.href.length - left.href.length)[0];
}
