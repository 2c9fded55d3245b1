import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { Yuan } from '../shared/yuan.tsx';

export type StocktakeRow = {
  stocktakeId: number;
  kind: 'first' | 'monthly' | 'yearly' | 'handover';
  state: 'counting' | 'reviewing' | 'posted' | 'abandoned';
  openedDay: string;
  openedByName: string;
  secondCounter: string;
  closedByName: string | null;
  surplusFen: number | null;
  shortageFen: number | null;
};

export type StocktakesPageProps = {
  href: string;
  stockHref: string;
  rows: readonly StocktakeRow[];
  /** The form to begin one, for those who may and while none is under way. */
  mayOpen: boolean;
  open: StocktakeRow | null;
  values: { kind: string; secondCounter: string };
  refusal?: string | undefined;
  errors?: FieldErrors | undefined;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** 盘点: the counts of a village, the newest first. */
export function StocktakesPage(props: StocktakesPageProps) {
  const { t } = usePage();
  const { href, rows, open, mayOpen, values, errors = [] } = props;
  const columns: Column<StocktakeRow>[] = [
    {
      label: t('stocktakes.day'),
      cell: ({ stocktakeId, openedDay }) => (
        <a href={`${href}/${stocktakeId}`}>
          <DayText day={openedDay} />
        </a>
      ),
      rowHeader: true,
    },
    { label: t('stocktakes.kind'), cell: ({ kind }) => t(`stocktakes.kind.${kind}`) },
    { label: t('stocktakes.state'), cell: ({ state }) => t(`stocktakes.state.${state}`) },
    { label: t('stocktakes.counters'), cell: (row) => `${row.openedByName}、${row.secondCounter}` },
    {
      label: t('stocktakes.more'),
      cell: (row) => row.surplusFen !== null && <Yuan fen={row.surplusFen} />,
      numeric: true,
    },
    {
      label: t('stocktakes.less'),
      cell: (row) => row.shortageFen !== null && <Yuan fen={row.shortageFen} />,
      numeric: true,
    },
  ];
  return (
    <Layout
      title={t('stocktakes.title')}
      lead={t('stocktakes.lead')}
      crumbs={[{ href: props.stockHref, label: t('goods.stock.title') }]}
      errors={errors}
      notice={
        props.refusal && (
          <Notice kind="refusal" focused>
            {props.refusal}
          </Notice>
        )
      }
    >
      {open && (
        <Panel title={t(`stocktakes.state.${open.state}`)}>
          <p>{t('stocktakes.underWay', { who: `${open.openedByName}、${open.secondCounter}` })}</p>
          <ButtonRow>
            <LinkButton href={`${href}/${open.stocktakeId}`} look="primary" icon="arrow">
              {t('stocktakes.goOn')}
            </LinkButton>
          </ButtonRow>
        </Panel>
      )}
      {mayOpen && !open && (
        <Panel title={t('stocktakes.begin')}>
          <PostForm action={href}>
            <SelectField
              name="kind"
              label={t('stocktakes.kind')}
              value={values.kind}
              options={(['first', 'monthly', 'yearly'] as const).map((kind) => ({
                value: kind,
                label: t(`stocktakes.kind.${kind}`),
              }))}
            />
            <TextField
              name="secondCounter"
              label={t('stocktakes.second')}
              hint={t('stocktakes.secondHint')}
              maxLength={40}
              value={values.secondCounter}
              error={errors.find(({ name }) => name === 'secondCounter')?.message}
            />
            <ButtonRow>
              <SubmitButton icon="arrow">{t('stocktakes.beginNow')}</SubmitButton>
            </ButtonRow>
          </PostForm>
        </Panel>
      )}
      <DataTable
        caption={t('stocktakes.list')}
        columns={columns}
        rows={rows}
        rowKey={({ stocktakeId }) => stocktakeId}
        empty={<EmptyState title={t('stocktakes.none')}>{t('stocktakes.noneHint')}</EmptyState>}
      />
      <Pager nextHref={props.nextHref} firstHref={props.firstHref} />
      <ExportLinks list="stocktakes" />
    </Layout>
  );
}
