import { formatPoints } from '../../src/platform/points.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { BalanceList } from './balance-list.tsx';

export type OpeningPreviewPageProps = {
  idempotencyKey: string;
  occurredOn: string;
  openingCentipoints: number;
  households: readonly { number: string; headName: string; groupName: string; balanceCentipoints: number }[];
};

/** Every balance after; the button says for how many and how much. */
export function OpeningPreviewPage(props: OpeningPreviewPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { households, openingCentipoints } = props;
  const count = households.length;
  return (
    <Layout title={t('cards.openings.check')} crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}>
      <Panel>
        <Facts
          facts={[
            { label: t('cards.openings.each'), value: <SignedPoints centipoints={openingCentipoints} /> },
            { label: t('cards.openings.day'), value: <DayText day={props.occurredOn} /> },
          ]}
        />
      </Panel>
      <PostForm
        action={href('/openings')}
        idempotencyKey={props.idempotencyKey}
        hidden={{ cards: households.map(({ number }) => number).join(',') }}
        class="steps"
      >
        <BalanceList
          title={t('cards.openings.households', { count })}
          lines={households.map((household) => ({
            ...household,
            balanceAfterCentipoints: household.balanceCentipoints + openingCentipoints,
          }))}
        />
        <ActionBar summary={t('cards.openings.total', { points: formatPoints(openingCentipoints * count) })}>
          <LinkButton href={href('/cards/openings/new')}>{t('shared.change')}</LinkButton>
          <SubmitButton icon="check">
            {t('cards.openings.confirm', { count, points: formatPoints(openingCentipoints) })}
          </SubmitButton>
        </ActionBar>
      </PostForm>
    </Layout>
  );
}
