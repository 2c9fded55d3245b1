import { LOCALES, type Locale } from '../../src/platform/i18n/locale.ts';
import { TEXT_SIZES, usePage } from './page-context.ts';

/** Each language is named in itself, for the reader who can read only that one. */
const languageNames: Record<Locale, string> = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' };

/** Three steps of large print; a plain form, so it works everywhere and the page comes back without a flash. */
export function TextSizeSwitch() {
  const { t, textSize, path } = usePage();
  return (
    <form class="sizes" method="post" action="/preferences" aria-label={t('shared.textSize')}>
      <input type="hidden" name="returnTo" value={path} />
      {TEXT_SIZES.map((size) => (
        <button
          key={size}
          class={`size-button size-${size}`}
          type="submit"
          name="textSize"
          value={size}
          aria-pressed={size === textSize}
        >
          {t(`shared.size.${size}`)}
        </button>
      ))}
    </form>
  );
}

export function LanguageSwitch() {
  const { t, locale, path } = usePage();
  return (
    <form class="languages" method="post" action="/preferences" aria-label={t('shared.language')}>
      <input type="hidden" name="returnTo" value={path} />
      {LOCALES.map((choice) => (
        <button
          key={choice}
          class="language-button"
          type="submit"
          name="locale"
          value={choice}
          lang={choice}
          aria-pressed={choice === locale}
        >
          {languageNames[choice]}
        </button>
      ))}
    </form>
  );
}
