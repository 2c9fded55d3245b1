import { formatPoints } from '../../src/platform/points.ts';
import type { Reminder } from '../../src/reminders/index.ts';
import { DayText, formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';

export type ReminderSlipPageProps = { villageName: string; reminder: Reminder; backHref: string };

/** 提醒单 for the household, on a 58 mm roll: what the matter is, what to do, and until when. */
export function ReminderSlipPage({ villageName, reminder, backHref }: ReminderSlipPageProps) {
  const { t, locale, today } = usePage();
  const { seq, headName, number, ruleName, pointsCentipoints, givenOn, due, note, by } = reminder;
  return (
    <PrintLayout title={t('reminders.slip.title')} paper="slip" slipLines={13} backHref={backHref}>
      <section class="slip-one">
        <h1 class="slip-title">{t('reminders.slip.shop', { village: villageName })}</h1>
        <p class="slip-line">
          <span>{t('reminders.slip.title')}</span>
          <DayText day={givenOn} short />
        </p>
        <p class="slip-line">
          <strong>{headName}</strong>
          <span>{t('reminders.slip.card', { tail: number.slice(-4) })}</span>
        </p>
        <hr class="slip-rule" />
        <p>{t('reminders.slip.rule', { rule: ruleName })}</p>
        <p class="slip-large">{t('reminders.slip.todo', { note: note ?? t('reminders.erased') })}</p>
        <p class="slip-large">{t('reminders.slip.until', { day: formatDay(due, locale, { today, short: true }) })}</p>
        <p>{t('reminders.slip.what', { points: formatPoints(-pointsCentipoints) })}</p>
        <p class="slip-foot">
          {t('reminders.slip.by', { name: by })}
          <br />
          {t('reminders.slip.seq', { seq })}
        </p>
      </section>
    </PrintLayout>
  );
}
