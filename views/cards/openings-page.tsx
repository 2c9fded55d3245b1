import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type OpeningsPageProps = {
  openingCentipoints: number;
  /** Households whose card waits, by group. */
  groups: readonly {
    groupId: number;
    name: string;
    /** Where the village asks for a passed visit first, a household without one waits. */
    households: readonly { number: string; headName: string; mayOpen: boolean }[];
  }[];
  chosen: readonly string[];
  errors: FieldErrors;
  notice?: ComponentChildren;
};

/** Tick whose cards are opened; the next page shows each balance after. */
export function OpeningsPage({ openingCentipoints, groups, chosen, errors, notice }: OpeningsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('cards.openings.title')}
      lead={t('cards.openings.lead', { points: formatPoints(openingCentipoints) })}
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
      errors={errors}
      notice={notice}
    >
      {groups.length === 0 ? (
        <EmptyState title={t('cards.openings.none')}>{t('cards.openings.noneHint')}</EmptyState>
      ) : (
        <PostForm action={href('/opening-previews')} class="steps">
          {groups.some(({ households }) => households.some(({ mayOpen }) => !mayOpen)) && (
            <Notice kind="info">
              {t('cards.openings.visitFirst')}{' '}
              <a href={href('/inspections?state=open')}>{t('cards.openings.visits')}</a>
            </Notice>
          )}
          {groups.map((group, index) => (
            <Panel key={group.groupId}>
              <ChoiceGroup
                kind="checkbox"
                id={index === 0 ? undefined : `cards-${group.groupId}`}
                name="cards"
                label={group.name}
                columns={group.households.every(({ mayOpen }) => mayOpen) ? 'names' : 'sentences'}
                optional
                chosen={chosen}
                choices={group.households.map(({ number, headName, mayOpen }) => ({
                  value: number,
                  label: headName,
                  hint: mayOpen ? number : t('cards.openings.notInspected'),
                  disabled: !mayOpen,
                }))}
              />
            </Panel>
          ))}
          <ActionBar summary={t('cards.openings.previewHint')}>
            <SubmitButton icon="arrow">{t('cards.openings.preview')}</SubmitButton>
          </ActionBar>
        </PostForm>
      )}
    </Layout>
  );
}
