import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Locale } from '../../src/platform/i18n/locale.ts';
import { type Translate, translate } from './dictionary.ts';

/** The three steps of large print; the server writes the step on `<html>`, so nothing jumps. */
export const TEXT_SIZES = ['standard', 'large', 'largest'] as const;

export type TextSize = (typeof TEXT_SIZES)[number];

/** One of at most five words in the bar under the header. */
export type NavItem = { href: string; label: string };

/**
 * Hashed addresses of the built assets: `js` is the error strip and the keys, `live` the same with htmx, `tools` prints and reads aloud,
 * `check` proves a record, `passbook` a card's, `award` finds households by the keyboard, `awardLeft` says before the first picture
 * that an award was left, `camera` scans (`cameraReader` where the browser reads no codes itself), `display` follows a till, `uploads`
 * shows what waits for a network.
 */
export type AssetUrls = Record<
  | 'css'
  | 'js'
  | 'live'
  | 'tools'
  | 'check'
  | 'passbook'
  | 'award'
  | 'awardLeft'
  | 'camera'
  | 'cameraReader'
  | 'display'
  | 'displayCss'
  | 'sheetCss'
  | 'uploads'
  | 'icon'
  | 'iconSmall'
  | 'iconLarge'
  | 'iconMaskable'
  | 'screenRoster'
  | 'screenCards'
  | 'screenGoods'
  | 'screenPeople'
  | 'screenAward'
  | 'screenNotice'
  | 'screenCounter'
  | 'screenCard'
  | 'screenClaims'
  | 'screenOffice',
  string
>;

/** What every page knows about its reader, its village and this request. */
export type PageContext = {
  locale: Locale;
  t: Translate;
  textSize: TextSize;
  csrfToken: string;
  /** Path and query of this page: where the language and size switches come back to. */
  path: string;
  viewer?:
    | {
        displayName: string;
        roleName: string;
        homeHref: string;
        /** The number by which the browser tells this reader's copies and queue from another's. */
        reader: string;
        /** May enter awards here, also while there is no network. */
        mayAward: boolean;
      }
    | undefined;
  village?: { code: string; name: string; townshipName: string } | undefined;
  nav?: readonly NavItem[] | undefined;
  isDemo: boolean;
  assets: AssetUrls;
  /** The day in the village, `2026-11-21`. */
  today: string;
};

/** For a page that is drawn outside a server. */
export const NO_ASSETS: AssetUrls = {
  css: '',
  js: '',
  live: '',
  tools: '',
  check: '',
  passbook: '',
  award: '',
  awardLeft: '',
  camera: '',
  cameraReader: '',
  display: '',
  displayCss: '',
  sheetCss: '',
  uploads: '',
  icon: '',
  iconSmall: '',
  iconLarge: '',
  iconMaskable: '',
  screenRoster: '',
  screenCards: '',
  screenGoods: '',
  screenPeople: '',
  screenAward: '',
  screenNotice: '',
  screenCounter: '',
  screenCard: '',
  screenClaims: '',
  screenOffice: '',
};

const nowhere: PageContext = {
  locale: 'zh-CN',
  t: translate('zh-CN'),
  textSize: 'standard',
  csrfToken: '',
  path: '/',
  isDemo: false,
  assets: NO_ASSETS,
  today: '1970-01-01',
};

export const PageContextProvider = createContext<PageContext>(nowhere);

/** The page that is being drawn: `const { t, locale } = usePage()`. */
export function usePage(): PageContext {
  return useContext(PageContextProvider);
}
