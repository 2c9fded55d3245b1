import type { ComponentChildren } from 'preact';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type WaiverPageProps = {
  current: { duties: readonly Duty[]; until: string } | null;
  choices: readonly Duty[];
  values: { duties: readonly string[]; until: string; reason: string };
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

type Duty = 'own_entry' | 'second_approver' | 'relatives' | 'solvency_stop';

/** 回避豁免: what the township lets a tiny village do without, for a time and on the record. */
export function WaiverPage({ current, choices, values, idempotencyKey, errors, notice }: WaiverPageProps) {
  const { t, village } = usePage();
  const href = useVillageHref();
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <Layout
      title={t('claims.waiver.title', { village: village?.name ?? '' })}
      lead={t('claims.waiver.lead')}
      width="narrow"
      crumbs={[{ href: href('/desk'), label: village?.name ?? '' }]}
      errors={errors}
      notice={notice}
    >
      {current && (
        <Panel title={t('claims.waiver.now')}>
          <p>
            {current.duties.map((duty) => t(`claims.waiver.${duty}`)).join(t('claims.join')) ||
              t('claims.waiver.nothing')}
          </p>
          <p class="soft">
            {t('claims.waiver.until')} <DayText day={current.until} />
          </p>
          <ExportLinks list="waivers" what={t('claims.waiver.list')} />
        </Panel>
      )}
      <Panel>
        <PostForm action={href('/waivers')} idempotencyKey={idempotencyKey} class="flow">
          <ChoiceGroup
            kind="checkbox"
            name="duties"
            label={t('claims.waiver.duties')}
            hint={t('claims.waiver.dutiesHint')}
            chosen={values.duties}
            choices={choices.map((duty) => ({ value: duty, label: t(`claims.waiver.${duty}`) }))}
          />
          <TextField
            name="until"
            type="date"
            size="short"
            label={t('claims.waiver.until')}
            value={values.until}
            error={errorOf('until')}
          />
          <TextField
            name="reason"
            label={t('claims.reason')}
            hint={t('claims.waiver.reasonHint')}
            maxLength={100}
            value={values.reason}
            error={errorOf('reason')}
          />
          <SubmitButton>{t('claims.waiver.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
