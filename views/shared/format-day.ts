import type { Locale } from '../../src/platform/i18n/locale.ts';

const ENGLISH_DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const ENGLISH_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const CHINESE_DAYS: Record<Exclude<Locale, 'en'>, string> = { 'zh-CN': '周', 'zh-TW': '週' };

/** A day as people say it: `11月21日 周六`; with the year only when it is not this year. */
export function formatDay(
  day: string,
  locale: Locale,
  options: { today?: string | undefined; short?: boolean | undefined } = {},
): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const otherYear = options.today?.slice(0, 4) !== day.slice(0, 4);
  if (locale === 'en') {
    const text = `${date} ${ENGLISH_MONTHS[month - 1]}${otherYear ? ` ${year}` : ''}`;
    return options.short ? text : `${ENGLISH_DAYS[weekday]} ${text}`;
  }
  const text = `${otherYear ? `${year}年` : ''}${month}月${date}日`;
  return options.short ? text : `${text} ${CHINESE_DAYS[locale]}${'日一二三四五六'[weekday]}`;
}

const CHINESE_CALENDAR = new Map<Locale, Intl.DateTimeFormat>(
  (['zh-CN', 'zh-TW'] as const).map((locale) => [
    locale,
    new Intl.DateTimeFormat(`${locale}-u-ca-chinese`, { timeZone: 'UTC', dateStyle: 'long' }),
  ]),
);

/** The same day by the calendar that older people live by: `农历十月十四`; nothing in English. */
export function formatLunarDay(day: string, locale: Locale): string | null {
  const calendar = CHINESE_CALENDAR.get(locale);
  if (!calendar) return null;
  const parts = calendar.formatToParts(new Date(`${day}T00:00:00Z`));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${locale === 'zh-TW' ? '農曆' : '农历'}${part('month')}${part('day')}`;
}

/** A month as people say it: `2026-11` → `2026年11月`. */
export function formatMonth(month: string, locale: Locale): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return locale === 'en' ? `${ENGLISH_MONTHS[number - 1]} ${year}` : `${year}年${number}月`;
}

const ISO_DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const ISO_MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A value inside a sentence: a day or a month as people say it, without the weekday, whoever put it there; all else as it is. */
export function spokenValue(value: string | number, locale: Locale): string {
  if (typeof value === 'string' && ISO_DAY.test(value)) return formatDay(value, locale, { short: true });
  if (typeof value === 'string' && ISO_MONTH.test(value)) return formatMonth(value, locale);
  return String(value);
}
