import type { Visited } from '../../src/inspections/index.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { TextField } from '../shared/text-field.tsx';
import { TextAreaField } from '../shared/textarea-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type VisitPlanPageProps = {
  households: readonly Visited[];
  /** How many go to each household. */
  assessors: number;
  values: { cards: readonly string[]; people: string; how: string; due: string; idempotencyKey: string };
  errors: FieldErrors;
  refusal?: { refused: string } | undefined;
};

/** Who goes to which households, and by when. */
export function VisitPlanPage({ households, assessors, values, errors, refusal }: VisitPlanPageProps) {
  const { t, locale } = usePage();
  const href = useVillageHref();
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  const groups = [...new Set(households.map(({ card }) => card.groupName))];
  return (
    <Layout
      title={t('inspections.plan')}
      lead={t('inspections.planLead', { count: assessors })}
      crumbs={[{ href: href('/inspections'), label: t('inspections.title') }]}
      errors={errors}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            {refusalText(locale, refusal)}
          </Notice>
        )
      }
    >
      <PostForm action={href('/inspections')} idempotencyKey={values.idempotencyKey} class="steps">
        <Panel>
          <TextAreaField
            name="people"
            label={t('inspections.people')}
            hint={t('inspections.peopleHint')}
            rows={6}
            maxLength={2_000}
            value={values.people}
            error={errorOf('people')}
          />
          <ChoiceGroup
            kind="radio"
            name="how"
            label={t('inspections.how')}
            chosen={[values.how === 'name' ? 'name' : 'draw']}
            choices={[
              { value: 'draw', label: t('inspections.draw', { count: assessors }), hint: t('inspections.drawHint') },
              { value: 'name', label: t('inspections.named'), hint: t('inspections.namedHint') },
            ]}
          />
          <TextField
            name="due"
            type="date"
            size="short"
            label={t('inspections.due')}
            value={values.due}
            error={errorOf('due')}
          />
        </Panel>
        {groups.map((group, index) => (
          <Panel key={group}>
            <ChoiceGroup
              kind="checkbox"
              id={index === 0 ? undefined : `cards-${index}`}
              name="cards"
              label={group}
              columns="names"
              optional
              chosen={values.cards}
              error={index === 0 ? errorOf('cards') : undefined}
              choices={households
                .filter(({ card }) => card.groupName === group)
                .map(({ card, state }) => ({
                  value: card.number,
                  label: card.headName,
                  hint: t(`inspections.state.${state}`),
                }))}
            />
          </Panel>
        ))}
        <ActionBar summary={t('inspections.planHint')}>
          <SubmitButton>{t('inspections.planSubmit')}</SubmitButton>
        </ActionBar>
      </PostForm>
    </Layout>
  );
}
