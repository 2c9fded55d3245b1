import type { ComponentChildren } from 'preact';
import type { EarnedPoints, Standing, StandingBalance } from '../../src/cards/balances-on.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay, formatMonth } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Icon } from '../shared/icon.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { SignedPoints } from '../shared/points.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

type Paging = { nextHref: string | undefined; firstHref: string | undefined };

export type BalancesPageProps = Standing<StandingBalance> & Paging & { on: string };

/** What every household had on the evening of a day. */
export function BalancesPage({ lines, householdCount, totalCentipoints, on, ...paging }: BalancesPageProps) {
  const { t, locale, today } = usePage();
  const href = useVillageHref();
  const columns: Column<StandingBalance>[] = [
    ...householdColumns(t, (number) => href(`/cards/${number}/statement?asOf=${on}`)),
    { label: t('cards.standing.entries'), cell: ({ entryCount }) => entryCount, numeric: true },
    {
      label: t('cards.statement.after'),
      cell: ({ balanceCentipoints }) => formatPoints(balanceCentipoints),
      numeric: true,
    },
  ];
  return (
    <StandingPage
      current="balances"
      title={t('cards.standing.balances', { day: formatDay(on, locale, { today, short: true }) })}
      lead={t('cards.standing.balancesLead', { count: householdCount, points: formatPoints(totalCentipoints) })}
      action={href('/balances')}
      field={<TextField name="on" type="date" size="short" label={t('cards.statement.asOf')} value={on} />}
      go={t('cards.statement.asOfGo')}
    >
      <p class="soft small">{t('cards.standing.balancesHow')}</p>
      <DataTable
        caption={t('cards.standing.balancesTab')}
        captionHidden
        brief
        columns={columns}
        rows={lines}
        rowKey={(_, index) => index}
        totals={[t('cards.standing.total'), '', '', '', formatPoints(totalCentipoints)]}
        empty={<EmptyState title={t('cards.standing.noBalances')}>{t('cards.standing.noBalancesHint')}</EmptyState>}
      />
      <Pager {...paging} />
      <ExportLinks list="balances" query={`?on=${on}`} />
    </StandingPage>
  );
}

export type EarnedPageProps = Standing<EarnedPoints> & Paging & { month: string };

/** What every household earned and lost in a month, by the day on which it happened. */
export function EarnedPage({ lines, householdCount, totalCentipoints, month, ...paging }: EarnedPageProps) {
  const { t, locale } = usePage();
  const href = useVillageHref();
  const columns: Column<EarnedPoints>[] = [
    ...householdColumns(t, (number) => href(`/cards/${number}`)),
    { label: t('cards.standing.awards'), cell: ({ awardCount }) => awardCount, numeric: true },
    {
      label: t('cards.standing.net'),
      cell: (line) => (
        <>
          <SignedPoints centipoints={line.awardedCentipoints + line.deductedCentipoints} />
          {line.deductedCentipoints !== 0 && (
            <span class="soft small statement-by">
              {t('cards.standing.deducted', { points: formatPoints(-line.deductedCentipoints) })}
            </span>
          )}
        </>
      ),
      numeric: true,
    },
  ];
  return (
    <StandingPage
      current="earned"
      title={t('cards.standing.earned', { month: formatMonth(month, locale) })}
      lead={t('cards.standing.earnedLead', { count: householdCount, points: formatPoints(totalCentipoints) })}
      action={href('/earned')}
      field={<TextField name="month" type="month" label={t('cards.standing.month')} value={month} />}
      go={t('cards.standing.monthGo')}
    >
      <p class="soft small">{t('cards.standing.earnedHow')}</p>
      <DataTable
        caption={t('cards.standing.earnedTab')}
        captionHidden
        brief
        columns={columns}
        rows={lines}
        rowKey={(_, index) => index}
        totals={[t('cards.standing.total'), '', '', '', <SignedPoints key="total" centipoints={totalCentipoints} />]}
        empty={<EmptyState title={t('cards.standing.noEarned')}>{t('cards.standing.noEarnedHint')}</EmptyState>}
      />
      <Pager {...paging} />
      <ExportLinks list="earned" query={`?month=${month}`} />
    </StandingPage>
  );
}

function householdColumns<Line extends { headName: string; groupName: string; cardNumber: string | null }>(
  t: ReturnType<typeof usePage>['t'],
  hrefOf: (cardNumber: string) => string,
): Column<Line>[] {
  return [
    {
      label: t('cards.standing.household'),
      cell: ({ headName, cardNumber }) => (cardNumber ? <a href={hrefOf(cardNumber)}>{headName}</a> : headName),
      rowHeader: true,
    },
    { label: t('cards.one.group'), cell: ({ groupName }) => groupName },
    { label: t('cards.one.number'), cell: ({ cardNumber }) => cardNumber ?? t('cards.standing.noCard') },
  ];
}

type StandingPageProps = {
  current: 'balances' | 'earned';
  title: string;
  lead: string;
  action: string;
  field: ComponentChildren;
  go: string;
  children: ComponentChildren;
};

function StandingPage({ current, title, lead, action, field, go, children }: StandingPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={title}
      lead={lead}
      crumbs={[{ href: href('/cards'), label: t('cards.list.title') }]}
      actions={
        <button class="button button-secondary" type="button" data-print hidden>
          <Icon name="print" />
          <span>{t('shared.print')}</span>
        </button>
      }
    >
      <LocalNav
        items={[
          { href: href('/balances'), label: t('cards.standing.balancesTab'), current: current === 'balances' },
          { href: href('/earned'), label: t('cards.standing.earnedTab'), current: current === 'earned' },
        ]}
      />
      <form class="search choose-day" method="get" action={action}>
        {field}
        <div class="button-row">
          <SubmitButton look="secondary">{go}</SubmitButton>
          <LinkButton href={action} look="quiet">
            {t('cards.statement.toNow')}
          </LinkButton>
        </div>
      </form>
      <div class="flow prints">{children}</div>
    </Layout>
  );
}
