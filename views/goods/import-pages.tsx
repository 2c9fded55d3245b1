import type { ComponentChildren } from 'preact';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { ImportGoesOn, ImportPress, ImportProblems, SheetForm } from '../shared/import-parts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { Yuan } from '../shared/yuan.tsx';

export function GoodsImportPage({ notice, running }: { notice?: ComponentChildren; running: string | null }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('goods.import.title')}
      lead={t('goods.import.lead')}
      width="narrow"
      crumbs={[{ href: href('/goods'), label: t('goods.stock.title') }]}
      notice={notice}
    >
      <ImportGoesOn running={running} />
      <Panel>
        <p>{t('goods.import.templateHint')}</p>
        <LinkButton href={href('/goods-imports/template.xlsx')} icon="download">
          {t('goods.import.templateDownload')}
        </LinkButton>
      </Panel>
      <SheetForm action={href('/goods-imports/previews')} label={t('goods.import.file')} />
      <p class="soft">{t('goods.import.needs')}</p>
    </Layout>
  );
}

type Limits = { monthMax: number | null; yearMax: number | null; reorder: number | null };

type Added = {
  row: number;
  code: string;
  written: string;
  goods: { unit: string; zone: string; unitValueFen: number };
  priceCentipoints: number;
  waits: boolean;
  limits: Limits | null;
};

type Changed = { row: number; code: string; written: string; before: Limits; limits: Limits };

type Difference = 'name' | 'spec' | 'unit' | 'zone' | 'barcode' | 'value';

type Known = { row: number; code: string; written: string; differences: readonly Difference[] };

export type GoodsImportPreviewProps = {
  added: readonly Added[];
  changed: readonly Changed[];
  known: readonly Known[];
  problems: readonly { row: number; written: string; reason: string }[];
  hasPrices: boolean;
  /** What the press sends back, and what the download needs. */
  carried: Readonly<Record<string, string>>;
  problemRows: string;
  idempotencyKey: string;
};

/** What would become of each row; the problems stand first. */
export function GoodsImportPreviewPage(props: GoodsImportPreviewProps) {
  const { added, changed, known, problems, hasPrices, carried, problemRows, idempotencyKey } = props;
  const { t } = usePage();
  const href = useVillageHref();
  const counts = { added: added.length, changed: changed.length, known: known.length, problems: problems.length };
  const other = known.filter(({ differences }) => differences.length > 0);
  const rowNumber = { label: t('shared.import.row'), cell: ({ row }: { row: number }) => row, numeric: true };
  const named = {
    label: t('goods.name'),
    cell: ({ code, written }: { code: string; written: string }) => (
      <>
        {written} <span class="soft">{code}</span>
      </>
    ),
    rowHeader: true,
  };
  return (
    <Layout
      title={t('goods.import.previewTitle')}
      lead={t('goods.import.previewLead', counts)}
      crumbs={[{ href: href('/goods-imports/new'), label: t('goods.import.title') }]}
      notice={hasPrices && <Notice kind="info">{t('goods.import.hasPrices')}</Notice>}
    >
      <ImportProblems
        rows={problems}
        written={t('goods.import.written')}
        action={href('/goods-imports/problems')}
        carried={problemRows}
      />
      {added.length > 0 && (
        <DataTable
          caption={t('goods.import.added')}
          columns={[
            rowNumber,
            named,
            { label: t('goods.import.zone'), cell: ({ goods }) => zoneName(t, goods.zone) },
            { label: t('goods.unitValue'), cell: ({ goods }) => <Yuan fen={goods.unitValueFen} />, numeric: true },
            {
              label: t('goods.price'),
              cell: ({ priceCentipoints }) => <Points centipoints={priceCentipoints} />,
              numeric: true,
            },
            { label: t('goods.import.limits'), cell: ({ limits }) => (limits ? limitsText(t, limits) : '') },
          ]}
          rows={added}
          rowKey={({ row }) => row}
        />
      )}
      {added.some(({ waits }) => waits) && <Notice kind="info">{t('goods.new.waits')}</Notice>}
      {changed.length > 0 && (
        <DataTable
          caption={t('goods.import.changed')}
          columns={[
            rowNumber,
            named,
            { label: t('goods.import.before'), cell: ({ before }) => limitsText(t, before) },
            { label: t('goods.import.after'), cell: ({ limits }) => limitsText(t, limits) },
          ]}
          rows={changed}
          rowKey={({ row }) => row}
        />
      )}
      {added.length + changed.length === 0 && <Notice kind="info">{t('goods.import.nothing')}</Notice>}
      <ImportPress
        action={href('/goods-imports')}
        idempotencyKey={idempotencyKey}
        hidden={carried}
        confirm={
          added.length + changed.length > 0 ? t('goods.import.confirm', { count: added.length + changed.length }) : null
        }
        againHref={href('/goods-imports/new')}
      />
      {other.length > 0 && (
        <>
          <DataTable
            caption={t('goods.import.other')}
            columns={[rowNumber, named, differing(t)]}
            rows={other}
            rowKey={({ row }) => row}
          />
          <p class="soft">{t('goods.import.otherHint')}</p>
        </>
      )}
    </Layout>
  );
}

function differing(t: Translate): Column<Known> {
  return {
    label: t('goods.import.differences'),
    cell: ({ differences }) => differences.map((field) => t(`goods.import.${field}`)).join(t('shared.comma')),
  };
}

function zoneName(t: Translate, code: string): string {
  const zone = ZONES.find((one) => one === code);
  return zone ? t(`goods.zone.${zone}`) : code;
}

const ZONES = ['GRAIN_OIL', 'DAILY', 'WASH', 'CLOTH', 'AGRI', 'APPL'] as const;

function limitsText(t: Translate, { monthMax, yearMax, reorder }: Limits): string {
  const said = [
    ...(monthMax === null ? [] : [t('goods.import.monthSays', { count: monthMax })]),
    ...(yearMax === null ? [] : [t('goods.import.yearSays', { count: yearMax })]),
    ...(reorder === null ? [] : [t('goods.import.reorderSays', { count: reorder })]),
  ];
  return said.length > 0 ? said.join(t('goods.import.and')) : t('goods.item.noLimit');
}
