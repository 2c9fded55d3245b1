import type { MonthReview } from '../../src/oversight/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { formatMonth } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { StatCard, Stats } from '../shared/stat-card.tsx';
import { StatusTag } from '../shared/status-tag.tsx';

/** Whether each balance, the stock and the numbers of the record agree. */
export function isSound({ checks }: MonthReview): boolean {
  return checks.balances === 0 && checks.stock === 0 && checks.gaps === 0;
}

type MonthReviewPanelProps = { review: MonthReview; villageHref: string; mayPublish: boolean; waits: boolean };

/** The month in sum, and whether the books hold, before the first secretary publishes it. */
export function MonthReviewPanel({ review, villageHref, mayPublish, waits }: MonthReviewPanelProps) {
  const { t, locale } = usePage();
  const { month, checks } = review;
  return (
    <Panel
      title={t('oversight.review.title', { month: formatMonth(month, locale) })}
      aside={
        <StatusTag tone={waits ? 'warning' : 'plain'}>
          {waits ? t('oversight.review.waits') : t('oversight.review.running')}
        </StatusTag>
      }
    >
      <Stats>
        <StatCard
          label={t('oversight.review.given')}
          value={<Points centipoints={review.givenCentipoints} />}
          note={t('oversight.review.times', { count: review.awardCount })}
          href={`${villageHref}/acts?kind=award&month=${month}`}
        />
        <StatCard
          label={t('oversight.review.taken')}
          value={<Points centipoints={review.takenCentipoints} />}
          note={t('oversight.review.times', { count: review.deductionCount })}
          href={`${villageHref}/acts?kind=deduction&month=${month}`}
        />
        <StatCard
          label={t('oversight.review.exchanged')}
          value={<Points centipoints={review.exchangedCentipoints} />}
          note={t('oversight.review.times', { count: review.redemptionCount })}
          href={`${villageHref}/acts?kind=redemption&month=${month}`}
        />
        <StatCard
          label={t('oversight.review.reversed')}
          value={review.reversalCount}
          note={t('oversight.review.reversedNote')}
          href={`${villageHref}/acts?kind=reversal&month=${month}`}
        />
      </Stats>
      <ul class="checks">
        <CheckLine
          isRight={checks.balances === 0}
          right={t('oversight.check.balances')}
          wrong={t('oversight.check.balancesWrong', { count: checks.balances })}
        />
        <CheckLine
          isRight={checks.stock === 0}
          right={t('oversight.check.stock')}
          wrong={t('oversight.check.stockWrong', { count: checks.stock })}
        />
        <CheckLine
          isRight={checks.gaps === 0}
          right={t('oversight.check.gaps')}
          wrong={t('oversight.check.gapsWrong', { count: checks.gaps })}
        />
      </ul>
      {mayPublish && waits && isSound(review) && (
        <LinkButton look="primary" icon="notice" href={`${villageHref}/publications/new?month=${month}`}>
          {t('oversight.review.publish', { month: formatMonth(month, locale) })}
        </LinkButton>
      )}
      {!isSound(review) && <p>{t('oversight.check.wrongAdvice')}</p>}
      <p>
        <a href={`${villageHref}/verify`}>{t('oversight.verify.link')}</a>
      </p>
    </Panel>
  );
}

function CheckLine({ isRight, right, wrong }: { isRight: boolean; right: string; wrong: string }) {
  const { t } = usePage();
  return (
    <li class="check-line">
      <StatusTag tone={isRight ? 'good' : 'bad'}>
        {isRight ? t('oversight.check.right') : t('oversight.check.wrong')}
      </StatusTag>
      <span>{isRight ? right : wrong}</span>
    </li>
  );
}
