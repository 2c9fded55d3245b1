import { SubmitButton } from '../shared/button.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { type HouseholdCandidate, HouseholdField } from '../shared/household-field.tsx';
import { usePage } from '../shared/page-context.ts';
import { PhotoField } from '../shared/photo-field.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';

export type FilingFormProps = {
  action: string;
  idempotencyKey: string;
  /** What can be asked for, by category. */
  rules: readonly { group: string; options: readonly { value: string; label: string }[] }[];
  values: { card: string; rule: string; occurredOn: string; note: string; forWhom: string; filedBy: string };
  /** The office says whose claim it is; on the household's own page the card says it. */
  asksCard: boolean;
  candidates?: readonly HouseholdCandidate[] | undefined;
  /** Public ids of photos that came with the last answer. */
  keptIds: readonly string[];
  errors: FieldErrors;
};

/** 申报: what was done, when, and who asks. The same fields for the household itself and for whoever writes it down for it. */
export function FilingForm(props: FilingFormProps) {
  const { t } = usePage();
  const { action, idempotencyKey, rules, values, asksCard, candidates, keptIds, errors } = props;
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <PostForm action={action} idempotencyKey={idempotencyKey} enctype="multipart/form-data" class="flow">
      {asksCard && (
        <HouseholdField
          name="card"
          label={t('claims.file.card')}
          value={values.card}
          candidates={candidates}
          error={errorOf('card')}
        />
      )}
      <SelectField
        name="rule"
        label={t('claims.file.rule')}
        prompt={t('claims.file.rulePrompt')}
        options={rules}
        value={values.rule}
        error={errorOf('rule')}
      />
      <TextField
        name="occurredOn"
        type="date"
        size="short"
        label={t('claims.day')}
        hint={t('claims.file.dayHint')}
        value={values.occurredOn}
        error={errorOf('occurredOn')}
      />
      <TextField
        name="note"
        label={t('claims.file.note')}
        hint={t('claims.file.noteHint')}
        maxLength={100}
        value={values.note}
        error={errorOf('note')}
      />
      <TextField
        name="forWhom"
        label={t('claims.file.forWhom')}
        hint={t('claims.file.forWhomHint')}
        optional
        maxLength={20}
        value={values.forWhom}
        error={errorOf('forWhom')}
      />
      <TextField
        name="filedBy"
        label={t('claims.file.filedBy')}
        hint={t('claims.file.filedByHint')}
        optional
        maxLength={40}
        value={values.filedBy}
        error={errorOf('filedBy')}
      />
      <PhotoField label={t('claims.file.photos')} keptIds={keptIds} />
      <SubmitButton icon="check">{t('claims.file.submit')}</SubmitButton>
    </PostForm>
  );
}
