import { LinkButton } from '../shared/button.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type AwardsPageProps = {
  awards: readonly {
    operationId: string;
    ruleName: string;
    occurredOn: string;
    households: number;
    totalCentipoints: number;
    undone: number;
    claimed: number;
    recordedBy: string;
  }[];
  /** What waits for somebody's word. */
  waiting: { count: number; returned: number };
  mayAward: boolean;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** Every award and deduction of the village, the latest first. */
export function AwardsPage({ awards, waiting, mayAward, nextHref, firstHref }: AwardsPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('awards.list.title')}
      actions={
        mayAward && (
          <LinkButton href={href('/awards/new')} icon="plus" look="primary">
            {t('awards.new.title')}
          </LinkButton>
        )
      }
    >
      {waiting.count + waiting.returned > 0 && (
        <Notice kind="info">
          {t('awards.list.waiting', waiting)} <a href={href('/claims')}>{t('awards.list.toClaims')}</a>
        </Notice>
      )}
      {awards.length === 0 ? (
        <EmptyState title={t('awards.list.none')}>{t('awards.list.noneHint')}</EmptyState>
      ) : (
        <ul class="households">
          {awards.map((award) => (
            <li key={award.operationId}>
              <AwardLine award={award} />
            </li>
          ))}
        </ul>
      )}
      <Pager nextHref={nextHref} firstHref={firstHref} />
      <ExportLinks list="awards" />
    </Layout>
  );
}

function AwardLine({ award }: { award: AwardsPageProps['awards'][number] }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <a class="household" href={href(`/awards/${award.operationId}`)}>
      <span class="household-name">{award.ruleName}</span>
      <span class="household-detail">
        <DayText day={award.occurredOn} short /> · {t('awards.new.groupCount', { count: award.households })} ·{' '}
        {award.recordedBy}{' '}
        {award.claimed > 0 && <StatusTag tone="plain">{t('awards.list.claimed', { count: award.claimed })}</StatusTag>}{' '}
        {award.undone > 0 && <StatusTag tone="plain">{t('awards.list.undone', { count: award.undone })}</StatusTag>}
      </span>
      <span class="household-balance">
        {award.totalCentipoints !== 0 && <SignedPoints centipoints={award.totalCentipoints} />}
      </span>
    </a>
  );
}
