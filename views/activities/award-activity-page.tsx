import type { NameRefusal } from '../../src/activities/index.ts';
import type { CardRefusal } from '../../src/awards/index.ts';
import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import { BalanceList } from '../cards/balance-list.tsx';
import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Facts } from '../shared/facts.tsx';
import { householdsOf } from '../shared/households-of.ts';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { StatusTag } from '../shared/status-tag.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type AwardActivityPageProps = {
  activity: { seq: number; name: string; occurredOn: string };
  rule: { name: string; pointsCentipoints: number };
  lines: readonly {
    number: string;
    headName: string;
    /** Who of the household, where the rule counts for each person. */
    memberName?: string | undefined;
    groupName: string;
    balanceCentipoints: number;
    amountCentipoints: number;
    balanceAfterCentipoints: number;
    /** Somebody has to agree before it counts. */
    waits: boolean;
  }[];
  excluded: readonly { number: string; headName: string; why: CardRefusal | NameRefusal }[];
  idempotencyKey: string;
  refusal?: { refused: string } | undefined;
};

/** The list with every balance before and after; nothing is recorded before the press at its end. */
export function AwardActivityPage(props: AwardActivityPageProps) {
  const { activity, rule, lines, excluded, idempotencyKey, refusal } = props;
  const { t, locale } = usePage();
  const href = useVillageHref();
  const households = householdsOf(lines);
  const total = lines.reduce((sum, { amountCentipoints }) => sum + amountCentipoints, 0);
  const address = `/activities/${activity.seq}`;
  const name = activity.name || t('activities.erased');
  const householdLink = ({ number, headName }: { number: string; headName: string }) => (
    <a href={href(`/cards/${number}`)}>{headName || number}</a>
  );
  return (
    <Layout
      title={t('activities.awardTitle', { name })}
      lead={t('activities.awardLead')}
      crumbs={[
        { href: href('/activities'), label: t('activities.crumb') },
        { href: href(address), label: name },
      ]}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            {refusalText(locale, refusal)}
          </Notice>
        )
      }
    >
      <Panel>
        <Facts
          facts={[
            { label: t('activities.rule'), value: rule.name },
            { label: t('activities.points'), value: <SignedPoints centipoints={rule.pointsCentipoints} /> },
            { label: t('activities.day'), value: <DayText day={activity.occurredOn} /> },
          ]}
        />
      </Panel>
      {excluded.length > 0 && (
        <Panel title={t('activities.excluded')}>
          <p class="soft">{t('activities.excludedHint')}</p>
          <DataTable
            caption={t('activities.excluded')}
            captionHidden
            columns={[
              { label: t('activities.household'), cell: householdLink, rowHeader: true },
              { label: t('activities.reason'), cell: ({ why }) => refusalText(locale, why) },
            ]}
            rows={excluded}
            rowKey={({ number, why }) => [number, why.refused, ...personOf(why)].join(' ')}
          />
        </Panel>
      )}
      {lines.length === 0 ? (
        <EmptyState title={t('activities.nobodyToAward')} />
      ) : (
        <PostForm action={href(`${address}/awards`)} idempotencyKey={idempotencyKey} hidden={{ total: String(total) }}>
          <BalanceList
            title={
              households < lines.length
                ? t('awards.preview.people', { count: lines.length, households })
                : t('activities.balances', { count: households })
            }
            lines={lines.map((line) => ({
              ...line,
              remarks: line.waits && (
                <StatusTag tone="plain">
                  {t('awards.preview.waits', { points: formatSignedPoints(line.amountCentipoints) })}
                </StatusTag>
              ),
            }))}
          />
          <ActionBar summary={t('awards.preview.notYet')}>
            <SubmitButton icon="check">
              {t('activities.confirm', { count: households, points: formatPoints(total) })}
            </SubmitButton>
          </ActionBar>
        </PostForm>
      )}
    </Layout>
  );
}

function personOf(why: CardRefusal | NameRefusal): string[] {
  if ('person' in why) return [why.person];
  return 'name' in why ? [why.name] : [];
}
