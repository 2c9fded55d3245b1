import type { Fund } from '../../src/ledger/index.ts';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PhotoStrip } from '../shared/photo-field.tsx';
import { Points } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { formatYuan, Yuan } from '../shared/yuan.tsx';
import { firstGoodsInWords } from './goods-in-words.ts';
import { paperFacts } from './receipt-papers.tsx';

type ReceiptLineFacts = {
  lotId: number;
  name: string;
  spec: string;
  unit: string;
  quantity: number;
  unitValueFen: number;
  priceCentipoints: number;
  useBy: string | null;
};

export type ReceiptFacts = {
  seq: number;
  occurredOn: string;
  recordedDay: string;
  recordedTime: string;
  recordedByName: string;
  source: { kind: 'donation' | 'purchase'; name: string };
  fund: Fund | null;
  giftSeq: number | null;
  voucher: number | null;
  invoice: string | null;
  photos: readonly { photo: string; width: number; height: number }[];
  witness: string | null;
  checkedBy: string | null;
  awaitsCheck: boolean;
  lines: readonly ReceiptLineFacts[];
  reversedBySeq: number | null;
};

export type ReceiptPageProps = {
  receipt: ReceiptFacts;
  actHref: string;
  stockHref: string;
  photosHref: string;
  /** None for those who only look. */
  receiveHref?: string | undefined;
  /** None where it is reversed already, or not the reader's to reverse. */
  reversalHref?: string | undefined;
  /** For a second person, while one is waited for. */
  check?: { href: string; idempotencyKey: string } | undefined;
  refusal?: string | undefined;
};

/** What came in, from whom, and its number in the record. */
export function ReceiptPage({
  receipt,
  actHref,
  stockHref,
  photosHref,
  receiveHref,
  reversalHref,
  check,
  refusal,
}: ReceiptPageProps) {
  const { t } = usePage();
  const { reversedBySeq } = receipt;
  const awaits = receipt.awaitsCheck && reversedBySeq === null;
  return (
    <Layout
      title={reversedBySeq === null ? t('goods.receipt.title') : t('goods.receipt.reversedTitle')}
      notice={
        <Notice kind={reversedBySeq === null ? 'success' : 'warning'} title={receiptInWords(t, receipt)} focused>
          {reversedBySeq === null
            ? t('goods.receipt.seq', { seq: receipt.seq })
            : t('goods.receipt.reversed', { seq: reversedBySeq })}
        </Notice>
      }
    >
      {refusal && (
        <Notice kind="refusal" focused>
          {refusal}
        </Notice>
      )}
      {awaits && (
        <Panel title={t('goods.receipt.awaits')}>
          <p>{t('goods.receipt.awaitsText')}</p>
          {check && (
            <PostForm action={check.href} idempotencyKey={check.idempotencyKey}>
              <ButtonRow>
                <SubmitButton icon="check">{t('goods.receipt.check')}</SubmitButton>
              </ButtonRow>
            </PostForm>
          )}
        </Panel>
      )}
      <ButtonRow>
        {receiveHref && (
          <LinkButton href={receiveHref} look="primary" icon="plus">
            {t('goods.receipt.again')}
          </LinkButton>
        )}
        <LinkButton href={stockHref}>{t('goods.receipt.stock')}</LinkButton>
        {reversalHref && (
          <LinkButton href={reversalHref} icon="undo" look="danger">
            {t('goods.receipt.undo')}
          </LinkButton>
        )}
      </ButtonRow>
      <Lines receipt={receipt} awaits={awaits} />
      <PhotoStrip
        what={t('goods.receive.photos')}
        photos={receipt.photos.map(({ photo, width, height }) => ({ href: `${photosHref}/${photo}`, width, height }))}
      />
      <Panel>
        <Facts
          facts={[
            { label: t('goods.receive.kind'), value: t(`goods.receive.${receipt.source.kind}`) },
            { label: t('goods.receive.sourceName'), value: receipt.source.name },
            { label: t('goods.receive.day'), value: <DayText day={receipt.occurredOn} /> },
            ...paperFacts(t, papersOf(receipt)),
            {
              label: t('goods.receipt.recorded'),
              value: <DayText day={receipt.recordedDay} time={receipt.recordedTime} />,
            },
            { label: t('goods.receipt.by'), value: receipt.recordedByName },
            {
              label: t('goods.receipt.seqLabel'),
              value: <a href={actHref}>{t('goods.receipt.seqNumber', { seq: receipt.seq })}</a>,
            },
          ]}
        />
      </Panel>
    </Layout>
  );
}

function papersOf({ fund, voucher, invoice, witness, checkedBy, awaitsCheck }: ReceiptFacts) {
  return {
    fund: fund ?? '',
    voucher: voucher === null ? '' : String(voucher),
    invoice: invoice ?? '',
    witness: checkedBy ?? witness ?? '',
    later: awaitsCheck ? 'yes' : '',
  };
}

/** `县城批发部：大米 10 袋、食盐 20 袋，共 330 元`. */
function receiptInWords(t: Translate, { source, lines }: ReceiptFacts): string {
  return t('goods.receipt.done', {
    source: source.name || t(`goods.receive.${source.kind}`),
    goods: firstGoodsInWords(t, lines),
    yuan: formatYuan(totalOf(lines)),
  });
}

function totalOf(lines: readonly ReceiptLineFacts[]): number {
  return lines.reduce((sum, { quantity, unitValueFen }) => sum + quantity * unitValueFen, 0);
}

/** The price of the day is shown to whoever has a word in it: later it may be another. */
function Lines({ receipt: { lines }, awaits }: { receipt: ReceiptFacts; awaits: boolean }) {
  const { t } = usePage();
  const priceColumn: Column<ReceiptLineFacts> = {
    label: t('goods.price'),
    cell: (line) => <Points centipoints={line.priceCentipoints} />,
    numeric: true,
  };
  const columns: Column<ReceiptLineFacts>[] = [
    {
      label: t('goods.name'),
      cell: (line) => (
        <>
          {line.name} <span class="soft">{line.spec}</span>
        </>
      ),
      rowHeader: true,
    },
    { label: t('goods.quantity'), cell: (line) => `${line.quantity} ${line.unit}`, numeric: true },
    { label: t('goods.useBy'), cell: (line) => line.useBy && <DayText day={line.useBy} short />, ifAny: true },
    { label: t('goods.unitValue'), cell: (line) => <Yuan fen={line.unitValueFen} />, numeric: true },
    ...(awaits ? [priceColumn] : []),
    { label: t('goods.value'), cell: (line) => <Yuan fen={line.unitValueFen * line.quantity} />, numeric: true },
  ];
  return (
    <DataTable
      caption={t('goods.receive.title')}
      captionHidden
      columns={columns}
      rows={lines}
      rowKey={(line) => line.lotId}
      totals={[t('goods.check.total'), '', '', '', ...(awaits ? [''] : []), <Yuan key="total" fen={totalOf(lines)} />]}
    />
  );
}
