import { formatDay, formatLunarDay } from './format-day.ts';
import { usePage } from './page-context.ts';

export { formatDay, formatLunarDay, formatMonth } from './format-day.ts';

type DayTextProps = {
  /** `2026-11-21` */
  day: string;
  /** The clock time in the village, `09:12`. */
  time?: string | undefined;
  /** Leaves out the weekday, for narrow columns. */
  short?: boolean | undefined;
};

/** The same on what is hung up, where older people read the day by the old calendar. */
export function NoticeDay({ day }: { day: string }) {
  const { locale } = usePage();
  const lunar = formatLunarDay(day, locale);
  return (
    <>
      <DayText day={day} /> {lunar}
    </>
  );
}

/** A day as people say it: `11月21日 周六`; with the year only when it is not this year. */
export function DayText({ day, time, short }: DayTextProps) {
  const { locale, today } = usePage();
  const text = formatDay(day, locale, { today, short });
  return <time dateTime={time ? `${day}T${time}` : day}>{time ? `${text} ${time}` : text}</time>;
}
