import { SubmitButton } from '../shared/button.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { type HouseholdCandidate, HouseholdField } from '../shared/household-field.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoField } from '../shared/photo-field.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type FindingPageProps = {
  values: { what: string; card: string; idempotencyKey: string };
  candidates?: readonly HouseholdCandidate[] | undefined;
  errors: FieldErrors;
  refusal?: { refused: string } | undefined;
  keptIds: readonly string[];
};

/** Somebody noticed something: what, where, and a photo. */
export function FindingPage({ values, candidates, errors, refusal, keptIds }: FindingPageProps) {
  const { t, locale } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('problems.new')}
      lead={t('problems.newLead')}
      width="narrow"
      crumbs={[{ href: href('/problems'), label: t('problems.title') }]}
      errors={errors}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            {refusalText(locale, refusal)}
          </Notice>
        )
      }
    >
      <Panel>
        <PostForm action={href('/problems')} idempotencyKey={values.idempotencyKey} enctype="multipart/form-data">
          <TextAreaField
            name="what"
            label={t('problems.what')}
            hint={t('problems.whatHint')}
            maxLength={200}
            value={values.what}
            error={errors.find(({ name }) => name === 'what')?.message}
          />
          <HouseholdField
            name="card"
            label={t('problems.card')}
            hint={t('problems.cardHint')}
            value={values.card}
            candidates={candidates}
            error={errors.find(({ name }) => name === 'card')?.message}
            optional
          />
          <PhotoField keptIds={keptIds} />
          <SubmitButton>{t('problems.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
