import type { Rating } from '../../src/inspections/index.ts';
import { addMonths } from '../../src/platform/clock.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { SubmitButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { formatMonth } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type RatingsPageProps = {
  month: string;
  /** The day for which the awards would count. */
  occurredOn: string;
  ratings: readonly Rating[];
  mayAward: boolean;
};

/** 月评: what the month's visits propose. The button leads to the awards' preview, which shows each balance and asks once more. */
export function RatingsPage({ month, occurredOn, ratings, mayAward }: RatingsPageProps) {
  const { t, locale, today } = usePage();
  const href = useVillageHref();
  const thisMonth = today.slice(0, 7);
  const [first] = ratings.flatMap(({ grade, rule, households }) =>
    rule && withoutAward(households).length > 0 ? [grade] : [],
  );
  const months = [0, -1, -2, -3].map((step) => addMonths(thisMonth, step));
  return (
    <Layout
      title={t('inspections.ratingsOf', { month: formatMonth(month, locale) })}
      lead={t('inspections.ratingsLead')}
      crumbs={[{ href: href('/inspections'), label: t('inspections.title') }]}
    >
      <LocalNav
        items={months.map((one) => ({
          href: href(`/inspections/ratings?month=${one}`),
          label: formatMonth(one, locale),
          current: one === month,
        }))}
      />
      {ratings.every(({ households }) => households.length === 0) && (
        <EmptyState title={t('inspections.noRatings')}>{t('inspections.noRatingsHint')}</EmptyState>
      )}
      {ratings
        .filter(({ households }) => households.length > 0)
        .map(({ grade, rule, households }) => (
          <Panel key={grade} title={t(`inspections.grade.${grade}`, { count: households.length })}>
            <DataTable
              caption={t(`inspections.grade.${grade}`, { count: households.length })}
              captionHidden
              columns={[
                {
                  label: t('inspections.household'),
                  cell: ({ card, name }) => <a href={href(`/inspections/${card}`)}>{name}</a>,
                  rowHeader: true,
                },
                { label: t('inspections.group'), cell: ({ groupName }) => groupName },
                { label: t('inspections.marks'), cell: ({ total }) => total, numeric: true },
                {
                  label: t('inspections.best'),
                  cell: ({ isBestOfGroup }) =>
                    isBestOfGroup && <StatusTag tone="good">{t('inspections.bestOfGroup')}</StatusTag>,
                  ifAny: true,
                },
                {
                  label: t('inspections.awarded'),
                  ifAny: true,
                  cell: ({ award }) =>
                    award && (
                      <a href={href(`/acts/${award.seq}`)}>
                        {t(award.waits ? 'inspections.awardWaits' : 'inspections.awardedBy', { seq: award.seq })}
                      </a>
                    ),
                },
              ]}
              rows={households}
              rowKey={({ card }) => card}
            />
            {rule ? (
              <p>{t('inspections.byRule', { rule: rule.name, points: formatPoints(rule.pointsCentipoints) })}</p>
            ) : (
              <p>{t('inspections.noRule')}</p>
            )}
            {rule && mayAward && (
              <Proposal
                rule={rule}
                households={households}
                month={month}
                occurredOn={occurredOn}
                isFirst={grade === first}
              />
            )}
          </Panel>
        ))}
      {ratings.some(({ households }) => households.length > 0) && (
        <ExportLinks list="ratings" query={`?month=${month}`} />
      )}
    </Layout>
  );
}

type ProposalProps = Pick<RatingsPageProps, 'month' | 'occurredOn'> & {
  rule: NonNullable<Rating['rule']>;
  households: Rating['households'];
  /** Of the page's buttons. */
  isFirst: boolean;
};

/** Points for those of a grade who do not have them yet. */
function Proposal({ rule, households, month, occurredOn, isFirst }: ProposalProps) {
  const { t, locale } = usePage();
  const href = useVillageHref();
  const left = withoutAward(households);
  if (left.length === 0) return <p class="soft">{t('inspections.allAwarded')}</p>;
  return (
    <PostForm
      action={href('/award-previews')}
      hidden={{
        rule: rule.code,
        cards: left.map(({ card }) => card).join(','),
        occurredOn,
        note: t('inspections.ratingNote', { month: formatMonth(month, locale) }),
      }}
    >
      <SubmitButton look={isFirst ? 'primary' : 'secondary'}>
        {t('inspections.award', { count: left.length })}
      </SubmitButton>
    </PostForm>
  );
}

function withoutAward(households: Rating['households']): Rating['households'] {
  return households.filter(({ award }) => award === null);
}
