import type { ComponentChildren } from 'preact';
import type { ApprovalPath } from '../../src/rules/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

type RuleFormPageProps = {
  /** Null for a rule that is new. */
  code: string | null;
  /** Of the act that it becomes behind the preview. */
  idempotencyKey: string;
  ruleName: string | undefined;
  values: Readonly<Partial<Record<string, string>>>;
  /** Between which points the village may choose. */
  bounds: { lowest: string; highest: string };
  categories: readonly { code: string; name: string }[];
  periods: readonly ('day' | 'week' | 'month' | 'quarter' | 'year' | 'occasion')[];
  approvalPaths: readonly ApprovalPath[];
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** A new rule or a new version of one, with the meeting that decided it. Nothing is recorded here. */
export function RuleFormPage(props: RuleFormPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { code, values, bounds, errors } = props;
  const field = (name: string) => ({
    name,
    value: values[name],
    error: errors.find((error) => error.name === name)?.message,
  });
  return (
    <Layout
      title={code === null ? t('rules.form.newTitle') : t('rules.form.changeTitle', { rule: props.ruleName ?? code })}
      lead={t('rules.form.lead')}
      width="narrow"
      crumbs={[
        { href: href('/rules'), label: t('rules.title') },
        ...(code === null ? [] : [{ href: href(`/rules/${code}`), label: props.ruleName ?? code }]),
      ]}
      errors={errors}
      notice={props.notice}
    >
      <Panel>
        <PostForm
          action={href('/rule-previews')}
          idempotencyKey={props.idempotencyKey}
          hidden={code === null ? {} : { code }}
        >
          {code === null && (
            <SelectField
              {...field('category')}
              label={t('rules.form.category')}
              prompt={t('rules.form.choose')}
              options={props.categories.map((category) => ({ value: category.code, label: category.name }))}
            />
          )}
          <TextField {...field('name')} label={t('rules.name')} maxLength={30} />
          <TextField
            {...field('points')}
            label={t('rules.points')}
            hint={t('rules.form.pointsHint', bounds)}
            inputMode="text"
            size="short"
            unit={t('rules.form.pointsUnit')}
          />
          <TextField {...field('unit')} label={t('rules.unit')} hint={t('rules.form.unitHint')} size="short" />
          <SelectField
            {...field('capPeriod')}
            label={t('rules.form.capPeriod')}
            prompt={t('rules.noCap')}
            options={props.periods.map((period) => ({ value: period, label: t(`rules.period.${period}`) }))}
            optional
          />
          <TextField
            {...field('capMaxCount')}
            label={t('rules.form.capMaxCount')}
            inputMode="numeric"
            size="short"
            unit={t('rules.form.timesUnit')}
            optional
          />
          <TextField
            {...field('capMaxPoints')}
            label={t('rules.form.capMaxPoints')}
            inputMode="decimal"
            size="short"
            unit={t('rules.form.pointsUnit')}
            optional
          />
          <SelectField
            {...field('capPer')}
            label={t('rules.form.capPer')}
            hint={t('rules.form.capPerHint')}
            options={(['household', 'person'] as const).map((whose) => ({
              value: whose,
              label: t(`rules.capPer.${whose}`),
            }))}
          />
          <TextField
            {...field('evidence')}
            label={t('rules.evidence')}
            hint={t('rules.form.evidenceHint')}
            maxLength={40}
          />
          <SelectField
            {...field('approvalPath')}
            label={t('rules.approval')}
            hint={t('rules.form.approvalPathHint')}
            options={props.approvalPaths.map((path) => ({ value: path, label: t(`rules.approval.${path}`) }))}
          />
          <TextField
            {...field('effectiveFrom')}
            label={t('rules.from')}
            hint={t('rules.form.fromHint')}
            type="date"
            size="short"
          />
          <TextField
            {...field('meeting')}
            label={t('rules.meeting')}
            hint={t('rules.form.meetingHint')}
            maxLength={60}
          />
          <TextField
            {...field('decidedBy')}
            label={t('rules.decidedBy')}
            hint={t('rules.form.decidedByHint')}
            maxLength={40}
            optional
          />
          {code !== null && (
            <ChoiceGroup
              kind="checkbox"
              name="ends"
              label={t('rules.form.ends')}
              optional
              chosen={values['ends'] === 'yes' ? ['yes'] : []}
              choices={[{ value: 'yes', label: t('rules.form.endsYes') }]}
            />
          )}
          <SubmitButton icon="arrow">{t('rules.form.preview')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
