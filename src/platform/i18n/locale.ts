/** The three languages of the interface; zh-CN is the one that all others are written from. */
export const LOCALES = ['zh-CN', 'zh-TW', 'en'] as const;

export type Locale = (typeof LOCALES)[number];

/** The dictionary of one part of the interface, in the two languages that people write; zh-TW is converted. */
export type Words<ZhCN extends Record<string, string>> = {
  readonly zhCN: ZhCN;
  readonly en: Record<keyof ZhCN, string>;
};

/** Takes a part's words as literal types, so that a missing key or a missing `{value}` fails the compiler. */
export function defineWords<const ZhCN extends Record<string, string>>(words: {
  zhCN: ZhCN;
  en: Record<keyof ZhCN, string>;
}): Words<ZhCN> {
  return words;
}

/** The names in braces of a text: `'用 {spent} 分，剩 {left} 分'` → `'spent' | 'left'`. */
export type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** Only English texts have forms; Chinese counts without them. */
const ENGLISH_NUMBERS = new Intl.PluralRules('en');

/**
 * Puts values into a text. A value that is not given stays visible, so that a test can see it. A word that follows a
 * number names both forms, `'{count} {count|household|households}'`: the rules of the language choose by the value.
 */
export function fill(
  text: string,
  values: Record<string, string | number>,
  write: (value: string | number) => string = String,
): string {
  return text.replace(
    /\{(\w+)(?:\|([^{|}]*)\|([^{|}]*))?\}/g,
    (whole, name: string, one: string | undefined, many: string | undefined) => {
      const value = values[name];
      if (value === undefined) return whole;
      if (one === undefined || many === undefined) return write(value);
      return ENGLISH_NUMBERS.select(Number(value)) === 'one' ? one : many;
    },
  );
}

/** The best language for an `Accept-Language` header. */
export function negotiateLocale(acceptLanguage: string | undefined): Locale {
  for (const part of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const tag = part.split(';')[0]?.trim() ?? '';
    if (/^zh-(tw|hk|mo|hant)/.test(tag)) return 'zh-TW';
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh-CN';
}
