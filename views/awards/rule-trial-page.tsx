import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import {
  BandChart,
  HouseholdsTable,
  RuleDifferences,
  type RuleTrial,
  Sums,
  type TrialForm,
  type TrialTable,
  type TriedRule,
  usePeriodName,
} from './trial-parts.tsx';

type RuleTrialPageProps = {
  table: TrialTable;
  form: TrialForm;
  /** Null while nothing is tried or a field is wrong. */
  trial: RuleTrial | null;
  periods: readonly TrialForm['period'][];
  capPeriods: readonly ('day' | 'week' | 'month' | 'quarter' | 'year' | 'occasion')[];
  categories: readonly { code: string; name: string }[];
  errors: FieldErrors;
  sheetHref: string;
};

/**
 * 试算: the form and its result on one page with its own address. Nothing is written, so everything may be tried. Names stay on the
 * screen; paper is the sheet, which masks them.
 */
export function RuleTrialPage(props: RuleTrialPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { form, trial, table } = props;
  const periodName = usePeriodName();
  return (
    <Layout
      title={t('awards.trial.title')}
      lead={t('awards.trial.lead')}
      crumbs={[{ href: href('/rules'), label: t('rules.title') }]}
      errors={props.errors}
      actions={
        trial && (
          <LinkButton href={props.sheetHref} icon="print">
            {t('awards.trial.sheet')}
          </LinkButton>
        )
      }
    >
      <div class="flow">
        <form class="flow" method="get" action={href('/rules/trial')} novalidate>
          <Panel title={t('awards.trial.what')}>
            <div class="field-grid">
              <SelectField
                name="period"
                label={t('awards.trial.period')}
                value={form.period.key}
                options={withChosen(props.periods, form.period).map((period) => ({
                  value: period.key,
                  label: periodName(period),
                }))}
              />
              <Limit {...props} name="monthMax" />
              <Limit {...props} name="yearMax" />
            </div>
          </Panel>
          {form.tried.map((tried) => (
            <TriedFields key={tried.rule.code} {...props} tried={tried} />
          ))}
          <Panel>
            <AddedRule {...props} />
            <SubmitButton icon="arrow">{t('awards.trial.try')}</SubmitButton>
          </Panel>
        </form>
        {trial ? (
          <Result trial={trial} table={table} title={t('awards.trial.result', { period: periodName(form.period) })} />
        ) : (
          props.errors.length === 0 && (
            <EmptyState title={t('awards.trial.nothing')}>{t('awards.trial.nothingHint')}</EmptyState>
          )
        )}
      </div>
    </Layout>
  );
}

/** A shared address may name a period that is not offered any more. */
function withChosen(periods: RuleTrialPageProps['periods'], chosen: TrialForm['period']) {
  return periods.some(({ key }) => key === chosen.key) ? periods : [chosen, ...periods];
}

function Limit({ form, errors, name }: RuleTrialPageProps & { name: 'monthMax' | 'yearMax' }) {
  const { t } = usePage();
  return (
    <TextField
      name={name}
      label={t(`awards.trial.${name}`)}
      value={form.limitValues[name]}
      error={errors.find((error) => error.name === name)?.message}
      inputMode="decimal"
      size="short"
      unit={t('rules.form.pointsUnit')}
      optional
    />
  );
}

function TriedFields({ tried, capPeriods, errors }: RuleTrialPageProps & { tried: TriedRule }) {
  const { t } = usePage();
  const { rule, how, values } = tried;
  const field = (name: keyof TriedRule['values']) => {
    const fullName = `${name}.${rule.code}`;
    return { name: fullName, value: values[name], error: errors.find((error) => error.name === fullName)?.message };
  };
  return (
    <Panel title={rule.name}>
      <div class="field-grid">
        <SelectField
          name={`how.${rule.code}`}
          label={t('awards.trial.how')}
          value={how}
          options={(['change', 'end', 'keep'] as const).map((value) => ({
            value,
            label: t(`awards.trial.how.${value}`),
          }))}
        />
        <TextField
          {...field('points')}
          label={t('rules.points')}
          inputMode="text"
          size="short"
          unit={t('rules.form.pointsUnit')}
        />
        <SelectField
          {...field('cap')}
          label={t('rules.form.capPeriod')}
          prompt={t('rules.noCap')}
          options={capPeriods.map((period) => ({ value: period, label: t(`rules.period.${period}`) }))}
          optional
        />
        <TextField
          {...field('count')}
          label={t('rules.form.capMaxCount')}
          inputMode="numeric"
          size="short"
          unit={t('rules.form.timesUnit')}
          optional
        />
        <TextField
          {...field('most')}
          label={t('rules.form.capMaxPoints')}
          inputMode="decimal"
          size="short"
          unit={t('rules.form.pointsUnit')}
          optional
        />
        <SelectField
          {...field('per')}
          label={t('rules.form.capPer')}
          options={(['household', 'person'] as const).map((value) => ({ value, label: t(`rules.capPer.${value}`) }))}
        />
      </div>
    </Panel>
  );
}

function AddedRule({ table, form, categories }: RuleTrialPageProps) {
  const { t } = usePage();
  const tried = new Set(form.tried.map(({ rule }) => rule.code));
  const groups = categories.map(({ code, name }) => ({
    group: name,
    options: table.rules
      .filter((rule) => rule.category === code && !tried.has(rule.code))
      .map((rule) => ({ value: rule.code, label: rule.name })),
  }));
  return (
    <SelectField
      name="add"
      label={t('awards.trial.add')}
      hint={t('awards.trial.addHint')}
      prompt={t('awards.trial.addNone')}
      options={groups.filter(({ options }) => options.length > 0)}
      optional
    />
  );
}

function Result({ trial, table, title }: { trial: RuleTrial; table: TrialTable; title: string }) {
  const { t } = usePage();
  return (
    <>
      <Panel title={title}>
        <Sums trial={trial} table={table} />
        <BandChart trial={trial} />
      </Panel>
      {trial.rules.length > 0 && (
        <Panel title={t('awards.trial.byRule')}>
          <RuleDifferences trial={trial} table={table} />
        </Panel>
      )}
      {trial.households.length > 0 && (
        <Panel title={t('awards.trial.byHousehold')} class="screen-only">
          <HouseholdsTable trial={trial} table={table} masked={false} />
        </Panel>
      )}
      <p class="soft small">{t('awards.trial.note')}</p>
    </>
  );
}
