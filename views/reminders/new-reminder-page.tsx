import type { ComponentChildren } from 'preact';
import { SubmitButton } from '../shared/button.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { type HouseholdCandidate, HouseholdField } from '../shared/household-field.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { type Option, SelectField } from '../shared/select-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type NewReminderPageProps = {
  values: { card: string; rule: string; note: string };
  idempotencyKey: string;
  /** Of the card that was typed, where it is known. */
  headName: string | undefined;
  candidates?: readonly HouseholdCandidate[] | undefined;
  reminderDays: number;
  /** Deductions of which somebody can be reminded. */
  rules: readonly Option[];
  safetyRules: readonly string[];
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** 发提醒单: whom, about what, and what is to be put right. */
export function NewReminderPage(props: NewReminderPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { values, idempotencyKey, headName, candidates, reminderDays, rules, safetyRules, errors, notice } = props;
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <Layout
      title={t('reminders.new')}
      lead={reminderDays > 0 && t('reminders.newLead', { days: reminderDays })}
      width="narrow"
      crumbs={[{ href: href('/reminders'), label: t('reminders.title') }]}
      errors={errors}
      notice={notice}
    >
      {reminderDays === 0 && <Notice kind="info">{t('reminders.off')}</Notice>}
      <Panel>
        <PostForm action={href('/reminders')} idempotencyKey={idempotencyKey} class="flow">
          <HouseholdField
            name="card"
            label={t('reminders.card')}
            hint={headName && t('reminders.cardOf', { name: headName })}
            value={values.card}
            candidates={candidates}
            error={errorOf('card')}
          />
          <SelectField
            name="rule"
            label={t('reminders.rule')}
            prompt={t('reminders.rulePrompt')}
            options={rules}
            value={values.rule}
            error={errorOf('rule')}
          />
          <TextAreaField
            name="note"
            label={t('reminders.note')}
            hint={t('reminders.noteHint')}
            maxLength={100}
            value={values.note}
            error={errorOf('note')}
          />
          <SubmitButton icon="check">{t('reminders.submit')}</SubmitButton>
        </PostForm>
      </Panel>
      {safetyRules.length > 0 && (
        <p class="soft">{t('reminders.safety', { rules: safetyRules.join(t('shared.comma')) })}</p>
      )}
    </Layout>
  );
}
