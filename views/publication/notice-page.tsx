import type { ComponentChildren } from 'preact';
import { formatPoints, formatSignedPoints } from '../../src/platform/points.ts';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { formatDay, formatMonth } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { PrintLayout } from '../shared/print-layout.tsx';
import { QrCode } from '../shared/qr-code.tsx';

export type NoticeRuleRow = { name: string; times: number; totalCentipoints: number };

export type NoticeHouseholdRow = {
  cardNumber: string;
  maskedName: string;
  groupName: string;
  openingCentipoints: number;
  addedCentipoints: number;
  takenCentipoints: number;
  spentCentipoints: number;
  closingCentipoints: number;
};

export type NoticeExchangeRow = {
  seq: number;
  day: string;
  maskedName: string;
  /** 大米 5kg/袋 × 1、食盐 × 2 */
  goods: string;
  centipoints: number;
};

export type NoticeReceiptRow = { seq: number; day: string; source: string; goods: string; quantity: string };

export type NoticeStockRow = { name: string; spec: string; priceCentipoints: number; quantity: string };

export type NoticePageProps = {
  /** `2026-11` */
  month: string;
  version: number;
  number: string;
  villageName: string;
  publishedOn: string;
  windowFrom: string;
  windowTo: string;
  phone?: string | undefined;
  managerName: string;
  supervisorName: string;
  /** What changed since the version before. */
  correction?: string | undefined;
  totals: Pick<
    NoticeHouseholdRow,
    'openingCentipoints' | 'addedCentipoints' | 'takenCentipoints' | 'spentCentipoints' | 'closingCentipoints'
  >;
  rules: readonly NoticeRuleRow[];
  households: readonly NoticeHouseholdRow[];
  exchanges: readonly NoticeExchangeRow[];
  receipts: readonly NoticeReceiptRow[];
  stock: readonly NoticeStockRow[];
  backHref: string;
  /** Capital letters keep the code small. */
  liveUrl: string;
  /** The signed checkpoint as text. */
  checkpoint?: string | undefined;
  screenBar?: ComponentChildren;
};

/** The notice for the board: black on white, one A4 sheet after the other, with the place for the seal. */
export function NoticePage(props: NoticePageProps) {
  const { t, locale, today } = usePage();
  const title = t('publication.notice.title', { month: formatMonth(props.month, locale) });
  const day = (value: string) => formatDay(value, locale, { today, short: true });
  return (
    <PrintLayout title={title} paper="a4" backHref={props.backHref} screenBar={props.screenBar}>
      <header class="notice-head">
        <p class="notice-place">{t('publication.notice.place', { village: props.villageName })}</p>
        <h1 class="notice-name">{title}</h1>
        <p class="notice-facts">
          <span>{t('publication.notice.number', { number: props.number })}</span>
          <span>{t('publication.notice.version', { version: props.version })}</span>
          <span>{t('publication.notice.window', { from: day(props.windowFrom), to: day(props.windowTo) })}</span>
          {props.phone && <span>{t('publication.notice.phone', { phone: props.phone })}</span>}
        </p>
      </header>
      <p class="notice-summary">
        {t('publication.notice.summary', {
          given: formatPoints(props.totals.addedCentipoints),
          taken: formatPoints(props.totals.takenCentipoints),
          spent: formatPoints(props.totals.spentCentipoints),
          closing: formatPoints(props.totals.closingCentipoints),
        })}
      </p>
      {props.correction && (
        <p class="notice-correction">{t('publication.notice.correction', { text: props.correction })}</p>
      )}
      <RuleSection {...props} />
      <HouseholdSection {...props} />
      <ExchangeSection {...props} />
      <ReceiptSection {...props} />
      <StockSection {...props} />
      <SignatureBlock {...props} />
    </PrintLayout>
  );
}

/** Shorter tables move to the next sheet whole, so that no heading stands alone at the foot of one. */
const MOST_ROWS_KEPT_TOGETHER = 12;

function Section<Row>(props: {
  title: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  totals?: readonly ComponentChildren[] | undefined;
  runningHead?: string | undefined;
}) {
  const { t } = usePage();
  return (
    <section class={props.rows.length <= MOST_ROWS_KEPT_TOGETHER ? 'notice-section notice-short' : 'notice-section'}>
      <h2>{props.title}</h2>
      <DataTable
        caption={props.title}
        captionHidden
        keepTable
        columns={props.columns}
        rows={props.rows}
        rowKey={(_, index) => index}
        totals={props.rows.length > 0 ? props.totals : undefined}
        runningHead={props.runningHead}
        empty={<p>{t('publication.notice.nothing')}</p>}
      />
    </section>
  );
}

function RuleSection({ rules }: NoticePageProps) {
  const { t } = usePage();
  const columns: Column<NoticeRuleRow>[] = [
    { label: t('publication.notice.rule'), cell: (row) => row.name, rowHeader: true },
    { label: t('publication.notice.times'), cell: (row) => row.times, numeric: true },
    { label: t('publication.notice.points'), cell: (row) => formatSignedPoints(row.totalCentipoints), numeric: true },
  ];
  const times = rules.reduce((sum, row) => sum + row.times, 0);
  const points = rules.reduce((sum, row) => sum + row.totalCentipoints, 0);
  return (
    <Section
      title={t('publication.notice.rules')}
      columns={columns}
      rows={rules}
      totals={[t('publication.notice.total'), times, formatSignedPoints(points)]}
    />
  );
}

function HouseholdSection(props: NoticePageProps) {
  const { t, locale } = usePage();
  const { households, totals } = props;
  const columns: Column<NoticeHouseholdRow>[] = [
    { label: t('publication.notice.row'), cell: (_, index) => index + 1 },
    { label: t('publication.notice.household'), cell: (row) => row.maskedName, rowHeader: true },
    { label: t('publication.notice.group'), cell: (row) => row.groupName },
    { label: t('publication.notice.opening'), cell: (row) => formatPoints(row.openingCentipoints), numeric: true },
    { label: t('publication.notice.added'), cell: (row) => blankZero(row.addedCentipoints), numeric: true },
    { label: t('publication.notice.taken'), cell: (row) => blankZero(row.takenCentipoints), numeric: true },
    { label: t('publication.notice.spent'), cell: (row) => blankZero(row.spentCentipoints), numeric: true },
    { label: t('publication.notice.closing'), cell: (row) => formatPoints(row.closingCentipoints), numeric: true },
  ];
  return (
    <Section
      title={t('publication.notice.households')}
      columns={columns}
      rows={households}
      runningHead={`${props.villageName} · ${formatMonth(props.month, locale)} · ${t('publication.notice.version', props)}`}
      totals={[
        '',
        t('publication.notice.total'),
        '',
        formatPoints(totals.openingCentipoints),
        formatPoints(totals.addedCentipoints),
        formatPoints(totals.takenCentipoints),
        formatPoints(totals.spentCentipoints),
        formatPoints(totals.closingCentipoints),
      ]}
    />
  );
}

function ExchangeSection({ exchanges, totals }: NoticePageProps) {
  const { t, locale, today } = usePage();
  const columns: Column<NoticeExchangeRow>[] = [
    { label: t('publication.notice.seq'), cell: (row) => row.seq },
    { label: t('publication.notice.day'), cell: (row) => formatDay(row.day, locale, { today, short: true }) },
    { label: t('publication.notice.household'), cell: (row) => row.maskedName, rowHeader: true },
    { label: t('publication.notice.goods'), cell: (row) => row.goods },
    { label: t('publication.notice.points'), cell: (row) => formatPoints(row.centipoints), numeric: true },
  ];
  return (
    <Section
      title={t('publication.notice.exchanges')}
      columns={columns}
      rows={exchanges}
      totals={['', '', t('publication.notice.total'), '', formatPoints(totals.spentCentipoints)]}
    />
  );
}

function ReceiptSection({ receipts }: NoticePageProps) {
  const { t, locale, today } = usePage();
  const columns: Column<NoticeReceiptRow>[] = [
    { label: t('publication.notice.seq'), cell: (row) => row.seq },
    { label: t('publication.notice.day'), cell: (row) => formatDay(row.day, locale, { today, short: true }) },
    { label: t('publication.notice.source'), cell: (row) => row.source, rowHeader: true },
    { label: t('publication.notice.goods'), cell: (row) => row.goods },
    { label: t('publication.notice.quantity'), cell: (row) => row.quantity, numeric: true },
  ];
  return <Section title={t('publication.notice.receipts')} columns={columns} rows={receipts} />;
}

function StockSection({ stock }: NoticePageProps) {
  const { t } = usePage();
  const columns: Column<NoticeStockRow>[] = [
    { label: t('publication.notice.goods'), cell: (row) => `${row.name} ${row.spec}`, rowHeader: true },
    { label: t('publication.notice.unitPoints'), cell: (row) => formatPoints(row.priceCentipoints), numeric: true },
    { label: t('publication.notice.quantity'), cell: (row) => row.quantity, numeric: true },
  ];
  return <Section title={t('publication.notice.stock')} columns={columns} rows={stock} />;
}

function SignatureBlock(props: NoticePageProps) {
  const { t, locale } = usePage();
  return (
    <footer class="notice-foot">
      <p>{t('publication.notice.objection')}</p>
      <div class="notice-sign">
        <figure class="notice-qr">
          <QrCode text={props.liveUrl} label={t('publication.notice.live')} />
          <figcaption>{t('publication.notice.live')}</figcaption>
        </figure>
        {props.checkpoint && (
          <figure class="notice-qr notice-qr-large">
            <QrCode text={props.checkpoint} label={t('publication.notice.checkpoint')} level="L" />
            <figcaption>{t('publication.notice.checkpoint')}</figcaption>
          </figure>
        )}
        <div class="notice-names">
          <p>{t('publication.notice.manager', { name: props.managerName })}</p>
          <p>{t('publication.notice.supervisor', { name: props.supervisorName })}</p>
          <p>{formatDay(props.publishedOn, locale, { short: true })}</p>
        </div>
        <p class="seal-place">{t('publication.notice.seal')}</p>
      </div>
    </footer>
  );
}

function blankZero(centipoints: number): string {
  return centipoints === 0 ? '' : formatPoints(centipoints);
}
