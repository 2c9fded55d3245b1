import { formatDay } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import {
  BandChart,
  ChangesTable,
  HouseholdsTable,
  RuleDifferences,
  type RuleTrial,
  Sums,
  type TrialForm,
  type TrialTable,
  usePeriodName,
} from './trial-parts.tsx';

type RuleTrialSheetProps = {
  villageName: string;
  table: TrialTable;
  form: TrialForm;
  trial: RuleTrial;
  backHref: string;
};

/** The trial for the village's meeting: A4, black on white, no household by its name. */
export function RuleTrialSheet({ villageName, table, form, trial, backHref }: RuleTrialSheetProps) {
  const { t, locale, today } = usePage();
  const periodName = usePeriodName();
  return (
    <PrintLayout title={t('awards.trial.sheetTitle')} paper="a4" backHref={backHref}>
      <header class="notice-head">
        <p class="notice-place">{t('awards.trial.place', { village: villageName })}</p>
        <h1 class="notice-name">{t('awards.trial.sheetTitle')}</h1>
        <p class="notice-facts">
          <span>{t('awards.trial.replayed', { period: periodName(form.period) })}</span>
          <span>{t('awards.trial.printedOn', { day: formatDay(today, locale, { short: true }) })}</span>
        </p>
      </header>
      <section class="notice-section notice-short">
        <h2>{t('awards.trial.changes')}</h2>
        <ChangesTable form={form} limits={table.limits} />
      </section>
      <section class="notice-section notice-short">
        <h2>{t('awards.trial.sums')}</h2>
        <Sums trial={trial} table={table} />
        <BandChart trial={trial} />
      </section>
      {trial.rules.length > 0 && (
        <section class="notice-section">
          <h2>{t('awards.trial.byRule')}</h2>
          <RuleDifferences trial={trial} table={table} />
        </section>
      )}
      {trial.households.length > 0 && (
        <section class="notice-section">
          <h2>{t('awards.trial.byHousehold')}</h2>
          <HouseholdsTable trial={trial} table={table} masked />
        </section>
      )}
      <p class="notice-section">{t('awards.trial.note')}</p>
    </PrintLayout>
  );
}
