import type { StockWarning } from '../../src/goods/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { Points } from '../shared/points.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { formatYuan, Yuan } from '../shared/yuan.tsx';

type StockRow = {
  code: string;
  name: string;
  spec: string;
  unit: string;
  priceCentipoints: number;
  quantityOnHand: number;
  quantityExpired: number;
  valueFen: number;
  nearestUseBy: string | null;
  warning: StockWarning;
  quantityAwaiting: number;
  quantityHeld: number;
  isOffered: boolean;
};

/** The states that somebody must look at, each a filter with its count. */
export type StockFilter = 'all' | Exclude<StockWarning, 'fine' | 'never'>;

export type StockPageProps = {
  stockHref: string;
  receiptsHref: string;
  proposalsHref: string;
  stocktakesHref: string;
  /** None for those who only look. */
  receiveHref?: string | undefined;
  zones: readonly { code: string; name: string; rows: readonly StockRow[] }[];
  /** Goods of the list that never came in. */
  never: readonly { code: string; name: string; spec: string; isOffered: boolean }[];
  totals: { kinds: number; valueFen: number };
  filters: readonly { filter: StockFilter; href: string; count: number; current: boolean }[];
  query: string;
};

/** 库存: how many of what, worth how much, and what is about to run out or to expire. */
export function StockPage(props: StockPageProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const { receiveHref, totals, filters, query } = props;
  return (
    <Layout
      isLive
      title={t('goods.stock.title')}
      lead={t('goods.stock.lead', { kinds: totals.kinds, yuan: formatYuan(totals.valueFen) })}
      actions={
        <>
          {receiveHref && (
            <LinkButton href={receiveHref} look="primary" icon="plus">
              {t('goods.stock.receive')}
            </LinkButton>
          )}
          <LinkButton href={props.receiptsHref}>{t('goods.stock.receipts')}</LinkButton>
          <LinkButton href={props.proposalsHref}>{t('goods.stock.proposals')}</LinkButton>
          <LinkButton href={props.stocktakesHref}>{t('goods.stock.stocktakes')}</LinkButton>
          {receiveHref && <LinkButton href={`${props.stockHref}/new`}>{t('goods.new.title')}</LinkButton>}
          {receiveHref && <LinkButton href={href('/goods-imports/new')}>{t('goods.import.title')}</LinkButton>}
        </>
      }
    >
      <LocalNav
        label={t('goods.stock.filters')}
        items={filters.map(({ filter, href, count, current }) => ({
          href,
          label: t(`goods.filter.${filter}`),
          count,
          current,
        }))}
      />
      <SearchForm action={props.stockHref} label={t('goods.stock.search')} value={query} liveTarget="#stock" />
      <Stock {...props} />
      <ExportLinks list="goods" />
      <ExportLinks list="prices" what={t('goods.item.history')} />
    </Layout>
  );
}

/** The region that follows the typing. */
function Stock({ zones, never, totals, query, stockHref }: StockPageProps) {
  const { t } = usePage();
  const count = zones.reduce((sum, { rows }) => sum + rows.length, 0) + never.length;
  const isEmpty = totals.kinds === 0 && zones.length === 0 && query === '';
  return (
    <div class="even-tables flow" id="stock">
      <p class={query === '' ? 'visually-hidden' : 'soft'} role="status">
        {t('goods.stock.found', { count })}
      </p>
      {isEmpty && <EmptyState title={t('goods.stock.empty')}>{t('goods.stock.emptyHint')}</EmptyState>}
      {!isEmpty && count === 0 && (
        <EmptyState title={t('goods.stock.nothing')}>{t('goods.stock.nothingHint')}</EmptyState>
      )}
      {zones.map((zone) => (
        <ZoneTable key={zone.code} name={zone.name} rows={zone.rows} stockHref={stockHref} />
      ))}
      {never.length > 0 && (
        <details class="more" open={query !== ''}>
          <summary>{t('goods.stock.never', { count: never.length })}</summary>
          <p class="more-body">
            {never.map(({ code, name, spec, isOffered }, place) => (
              <span key={code}>
                {place > 0 && t('shared.comma')}
                <a href={`${stockHref}/${code}`}>{`${name} ${spec}`.trim()}</a>
                {!isOffered && <StatusTag tone="warning">{t('goods.warning.priceWaits')}</StatusTag>}
              </span>
            ))}
          </p>
        </details>
      )}
    </div>
  );
}

type ZoneTableProps = { name: string; rows: readonly StockRow[]; stockHref: string };

function ZoneTable({ name, rows, stockHref }: ZoneTableProps) {
  const { t } = usePage();
  const columns: Column<StockRow>[] = [
    {
      label: t('goods.name'),
      cell: (row) => (
        <>
          <a href={`${stockHref}/${row.code}`}>{row.name}</a> <span class="soft">{row.spec}</span>
        </>
      ),
      rowHeader: true,
    },
    {
      label: t('goods.quantity'),
      cell: ({ quantityOnHand, quantityHeld, unit }) => (
        <>
          {quantityOnHand} {unit}
          {quantityHeld > 0 && <div class="soft small">{t('goods.shelf.held', { count: quantityHeld, unit })}</div>}
        </>
      ),
      numeric: true,
    },
    { label: t('goods.price'), cell: (row) => <Points centipoints={row.priceCentipoints} />, numeric: true },
    { label: t('goods.value'), cell: (row) => <Yuan fen={row.valueFen} />, numeric: true },
    { label: t('goods.stock.nearest'), cell: (row) => row.nearestUseBy && <DayText day={row.nearestUseBy} short /> },
    { label: t('goods.stock.state'), cell: (row) => stateOf(t, row) },
  ];
  return <DataTable caption={name} columns={columns} rows={rows} rowKey={(row) => row.code} brief />;
}

function stateOf(t: Translate, { warning, quantityExpired, quantityAwaiting, unit, isOffered }: StockRow) {
  if (!isOffered) return <StatusTag tone="warning">{t('goods.warning.priceWaits')}</StatusTag>;
  if (quantityAwaiting > 0 && warning !== 'expired') {
    return <StatusTag tone="warning">{t('goods.warning.awaiting', { count: quantityAwaiting, unit })}</StatusTag>;
  }
  switch (warning) {
    case 'expired':
      return <StatusTag tone="bad">{t('goods.warning.expired', { count: quantityExpired, unit })}</StatusTag>;
    case 'none':
      return <StatusTag tone="bad">{t('goods.warning.none')}</StatusTag>;
    case 'expiring':
    case 'low':
      return <StatusTag tone="warning">{t(`goods.warning.${warning}`)}</StatusTag>;
    case 'fine':
    case 'never':
      return null;
  }
}
