import type { Sample } from '../../src/samples/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText, formatMonth } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { refusalText } from '../shared/refusal-text.ts';
import { SelectField } from '../shared/select-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';

export type SamplesPageProps = {
  samples: readonly Sample[];
  /** Months that are over and not drawn. */
  months: readonly string[];
  mayDraw: boolean;
  idempotencyKey: string;
  errors: FieldErrors;
  refusal?: { refused: string } | undefined;
};

/** 每月抽查: which months were drawn, and the next one. */
export function SamplesPage({ samples, months, mayDraw, idempotencyKey, errors, refusal }: SamplesPageProps) {
  const { t, locale } = usePage();
  const href = useVillageHref();
  const count = ({ lines }: Sample, state: string) => lines.filter((line) => line.state === state).length;
  const columns: Column<Sample>[] = [
    {
      label: t('samples.month'),
      cell: ({ month }) => <a href={href(`/samples/${month}`)}>{formatMonth(month, locale)}</a>,
      rowHeader: true,
    },
    { label: t('samples.drawnOn'), cell: ({ drawnOn }) => <DayText day={drawnOn} short /> },
    { label: t('samples.state.waiting'), cell: (sample) => count(sample, 'waiting'), numeric: true },
    { label: t('samples.state.good'), cell: (sample) => count(sample, 'good'), numeric: true },
    { label: t('samples.state.finding'), cell: (sample) => count(sample, 'finding'), numeric: true },
  ];
  return (
    <Layout
      title={t('samples.title')}
      lead={t('samples.lead')}
      crumbs={[{ href: href('/desk'), label: t('people.nav.desk') }]}
      errors={errors}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            {refusalText(locale, refusal)}
          </Notice>
        )
      }
    >
      {mayDraw && months.length > 0 && (
        <Panel title={t('samples.draw')}>
          <PostForm action={href('/samples')} idempotencyKey={idempotencyKey}>
            <SelectField
              name="month"
              label={t('samples.month')}
              hint={t('samples.drawHint')}
              value={months[0]}
              options={months.map((month) => ({ value: month, label: formatMonth(month, locale) }))}
              error={errors.find(({ name }) => name === 'month')?.message}
            />
            <SubmitButton>{t('samples.submit')}</SubmitButton>
          </PostForm>
        </Panel>
      )}
      <DataTable
        caption={t('samples.title')}
        columns={columns}
        rows={samples}
        rowKey={({ month }) => month}
        empty={<EmptyState title={t('samples.none')}>{t('samples.noneHint')}</EmptyState>}
      />
      <ExportLinks list="samples" />
    </Layout>
  );
}
