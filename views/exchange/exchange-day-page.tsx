import type { CountedDay, CountedNumbers } from '../../src/exchange/index.ts';
import { DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Facts } from '../shared/facts.tsx';
import { Icon } from '../shared/icon.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { StatCard, Stats } from '../shared/stat-card.tsx';
import { useVillageHref } from '../shared/village-href.ts';

type ExchangeDayPageProps = {
  day: string;
  counted: CountedDay;
  /** Null where no numbers were given. */
  numbers: CountedNumbers | null;
};

/** What one day at the counter came to: read at its end, printed and signed. */
export function ExchangeDayPage({ day, counted, numbers }: ExchangeDayPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const isEmpty = counted.exchanges + counted.reversed === 0;
  return (
    <Layout
      title={t('exchange.day.title')}
      lead={<DayText day={day} />}
      crumbs={[{ href: href('/redemptions'), label: t('exchange.list.title') }]}
      actions={
        !isEmpty && (
          <button class="button button-secondary" type="button" data-print hidden>
            <Icon name="print" />
            <span>{t('shared.print')}</span>
          </button>
        )
      }
    >
      {numbers && (
        <p>
          {t('exchange.queue.countedLabel')}: {t('exchange.queue.counted', numbers)}
        </p>
      )}
      {isEmpty ? <EmptyState title={t('exchange.day.none')} /> : <Sums counted={counted} />}
    </Layout>
  );
}

function Sums({ counted }: { counted: CountedDay }) {
  const { t } = usePage();
  return (
    <>
      <Stats>
        <StatCard label={t('exchange.day.exchanges')} value={counted.exchanges} />
        <StatCard label={t('exchange.day.households')} value={counted.households} />
        <StatCard label={t('exchange.redemption.spent')} value={<Points centipoints={counted.spentCentipoints} />} />
        <StatCard label={t('exchange.list.reversed')} value={counted.reversed} />
      </Stats>
      <DataTable
        caption={t('exchange.redemption.goods')}
        rows={counted.goods}
        rowKey={({ code }) => code}
        columns={[
          { label: t('exchange.redemption.name'), cell: ({ name, spec }) => `${name} ${spec}`, rowHeader: true },
          {
            label: t('exchange.redemption.quantity'),
            cell: ({ quantity, unit }) => `${quantity} ${unit}`,
            numeric: true,
          },
          {
            label: t('exchange.redemption.spent'),
            cell: (line) => <Points centipoints={line.spentCentipoints} />,
            numeric: true,
          },
        ]}
        totals={[t('exchange.redemption.total'), '', <Points key="sum" centipoints={counted.spentCentipoints} />]}
      />
      <DataTable
        caption={t('exchange.day.served')}
        rows={counted.served}
        rowKey={({ name }) => name}
        columns={[
          { label: t('exchange.redemption.by'), cell: ({ name }) => name, rowHeader: true },
          { label: t('exchange.day.exchanges'), cell: ({ exchanges }) => exchanges, numeric: true },
          {
            label: t('exchange.redemption.spent'),
            cell: (line) => <Points centipoints={line.spentCentipoints} />,
            numeric: true,
          },
        ]}
      />
      <Numbers counted={counted} />
    </>
  );
}

/** From which number to which, what is missing between them, and where two people sign. */
function Numbers({ counted: { numbers, paper } }: { counted: CountedDay }) {
  const { t } = usePage();
  return (
    <Panel title={t('exchange.day.numbers')}>
      <Facts
        facts={[
          ...(numbers ? [{ label: t('exchange.redemption.seqLabel'), value: t('exchange.day.range', numbers) }] : []),
          ...(paper
            ? [
                { label: t('exchange.day.paper'), value: t('exchange.day.range', paper) },
                {
                  label: t('exchange.day.missing'),
                  value: paper.missing.length > 0 ? paper.missing.join(' · ') : t('exchange.day.noneMissing'),
                },
              ]
            : []),
          { label: t('exchange.day.keeper'), value: '＿＿＿＿＿＿' },
          { label: t('exchange.day.witness'), value: '＿＿＿＿＿＿' },
        ]}
      />
      <p class="soft">{t('exchange.day.numbersHint')}</p>
    </Panel>
  );
}
