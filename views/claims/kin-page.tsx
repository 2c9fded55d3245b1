import type { ComponentChildren } from 'preact';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Facts } from '../shared/facts.tsx';
import { type HouseholdCandidate, HouseholdField, householdChoice } from '../shared/household-field.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type KinPageProps = {
  declared: readonly { number: string; headName: string; groupName: string; relation: 'own' | 'relative' }[];
  values: { own: string; relatives: string };
  /** Households that fit what was typed, where it is more than one. */
  ownCandidates?: readonly HouseholdCandidate[] | undefined;
  unsure?: readonly { text: string; candidates: readonly HouseholdCandidate[] }[] | undefined;
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** 亲属回避: the own household and those of relatives, about which one has no say. */
export function KinPage(props: KinPageProps) {
  const { t } = usePage();
  const { declared, values, ownCandidates, unsure = [], idempotencyKey, errors, notice } = props;
  const href = useVillageHref();
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <Layout
      title={t('claims.kin.title')}
      lead={t('claims.kin.lead')}
      width="narrow"
      crumbs={[{ href: href('/claims'), label: t('claims.title') }]}
      errors={errors}
      notice={notice}
    >
      {declared.length > 0 && (
        <Panel title={t('claims.kin.now')}>
          <Facts
            facts={declared.map(({ number, headName, groupName, relation }) => ({
              label: t(`claims.kin.${relation}`),
              value: t('claims.kin.household', { name: headName, group: groupName, number }),
            }))}
          />
          <ExportLinks list="kin" />
        </Panel>
      )}
      <Panel>
        <PostForm action={href('/kin')} idempotencyKey={idempotencyKey} class="flow">
          <HouseholdField
            name="own"
            label={t('claims.kin.ownCard')}
            hint={t('claims.kin.ownHint')}
            optional
            value={values.own}
            candidates={ownCandidates}
            error={errorOf('own')}
          />
          <TextAreaField
            name="relatives"
            label={t('claims.kin.relativeCards')}
            hint={t('claims.kin.relativesHint')}
            rows={4}
            optional
            maxLength={2000}
            value={values.relatives}
            error={errorOf('relatives')}
          />
          {unsure.map(({ text, candidates }, place) => (
            <ChoiceGroup
              key={text}
              kind="checkbox"
              name="relatives"
              id={`relatives-${place}`}
              label={t('claims.kin.which', { name: text })}
              optional
              columns="sentences"
              choices={candidates.map(householdChoice)}
            />
          ))}
          <SubmitButton>{t('claims.kin.submit')}</SubmitButton>
        </PostForm>
      </Panel>
    </Layout>
  );
}
