import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoField } from '../shared/photo-field.tsx';
import { Points } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { formatYuan, Yuan } from '../shared/yuan.tsx';
import { paperFacts, type ReceiptPapersFacts } from './receipt-papers.tsx';

export type CheckLine = {
  code: string;
  name: string;
  spec: string;
  unit: string;
  quantity: number;
  unitValueFen: number;
  priceCentipoints: number;
  useBy: string | null;
  beforeQuantity: number;
  afterQuantity: number;
  /** 没填到期日, or a day later than the goods keep. */
  doubt?: 'noUseBy' | 'tooLate' | undefined;
};

export type ReceiveCheckPageProps = {
  receiptsHref: string;
  /** Back to the form with everything that was typed. */
  changeHref: string;
  idempotencyKey: string;
  kind: 'donation' | 'purchase';
  sourceName: string;
  occurredOn: string;
  papers: ReceiptPapersFacts;
  lines: readonly CheckLine[];
  totalFen: number;
  /** The form as it was typed, a value for each field and row. */
  fields: readonly (readonly [name: string, value: string])[];
};

/** The stock before and after, and the yuan to compare with the paper slip, before anything counts. */
export function ReceiveCheckPage(props: ReceiveCheckPageProps) {
  const { t } = usePage();
  const { lines, sourceName, totalFen } = props;
  const kinds = new Set(lines.map(({ code }) => code)).size;
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const yuan = formatYuan(totalFen);
  return (
    <Layout title={t('goods.check.title')}>
      <Panel>
        <Facts
          facts={[
            { label: t('goods.receive.kind'), value: t(`goods.receive.${props.kind}`) },
            { label: t('goods.receive.sourceName'), value: sourceName },
            { label: t('goods.receive.day'), value: <DayText day={props.occurredOn} /> },
            ...paperFacts(t, props.papers),
          ]}
        />
      </Panel>
      <PostForm
        action={props.receiptsHref}
        idempotencyKey={props.idempotencyKey}
        enctype="multipart/form-data"
        class="steps"
      >
        {props.fields.map(([name, value], index) => (
          <input key={index} type="hidden" name={name} value={value} />
        ))}
        <CheckTable {...props} />
        <Panel title={t('goods.receive.photos')}>
          <PhotoField label={t('goods.receive.photos')} />
        </Panel>
        <ActionBar summary={t('goods.check.summary', { source: sourceName, kinds, pieces, yuan })}>
          <SubmitButton look="secondary" formAction={props.changeHref} name="do" value="change">
            {t('shared.change')}
          </SubmitButton>
          <SubmitButton icon="check">{t('goods.check.confirm', { pieces, yuan })}</SubmitButton>
        </ActionBar>
      </PostForm>
    </Layout>
  );
}

function CheckTable({ lines, totalFen }: ReceiveCheckPageProps) {
  const { t } = usePage();
  const columns: Column<CheckLine>[] = [
    {
      label: t('goods.name'),
      cell: (line) => (
        <>
          {line.name} <span class="soft">{line.spec}</span>
        </>
      ),
      rowHeader: true,
    },
    { label: t('goods.check.before'), cell: (line) => `${line.beforeQuantity} ${line.unit}`, numeric: true },
    { label: t('goods.quantity'), cell: (line) => <strong class="points-add">+{line.quantity}</strong>, numeric: true },
    {
      label: t('goods.check.after'),
      cell: (line) => (
        <strong>
          {line.afterQuantity} {line.unit}
        </strong>
      ),
      numeric: true,
    },
    {
      label: t('goods.useBy'),
      cell: ({ useBy, doubt }) =>
        (useBy ?? doubt) && (
          <>
            {useBy && <DayText day={useBy} short />}{' '}
            {doubt && <StatusTag tone="warning">{t(`goods.check.${doubt}`)}</StatusTag>}
          </>
        ),
    },
    { label: t('goods.unitValue'), cell: (line) => <Yuan fen={line.unitValueFen} />, numeric: true },
    { label: t('goods.price'), cell: (line) => <Points centipoints={line.priceCentipoints} />, numeric: true },
    { label: t('goods.value'), cell: (line) => <Yuan fen={line.unitValueFen * line.quantity} />, numeric: true },
  ];
  const kinds = new Set(lines.map(({ code }) => code)).size;
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <DataTable
      caption={t('goods.check.goods', { kinds, pieces })}
      columns={columns}
      rows={lines}
      rowKey={(_, index) => index}
      totals={[t('goods.check.total'), '', pieces, '', '', '', '', <Yuan key="total" fen={totalFen} />]}
    />
  );
}
