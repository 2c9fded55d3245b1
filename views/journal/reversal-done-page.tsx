import type { Act } from '../../src/journal/index.ts';
import { ButtonRow, LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Points, SignedPoints } from '../shared/points.tsx';
import { actSentence } from './act-sentence.ts';

export type ReversalDonePageProps = {
  acts: readonly Act[];
  /** `/villages/…` */
  villageHref: string;
};

/** What a reversal did; it has an address of its own, so that looking again posts nothing. */
export function ReversalDonePage({ acts, villageHref }: ReversalDonePageProps) {
  const page = usePage();
  const { t } = page;
  const [first] = acts;
  const actHref = (seq: number) => `${villageHref}/acts/${seq}`;
  const columns: Column<Act>[] = [
    {
      label: t('journal.column.number'),
      cell: ({ seq }) => (
        <a class="act-number" href={actHref(seq)}>
          {t('journal.number', { seq })}
        </a>
      ),
      rowHeader: true,
    },
    { label: t('journal.column.what'), cell: (act) => actSentence(act, page) },
    {
      label: t('journal.column.points'),
      cell: ({ amountCentipoints }) => amountCentipoints !== null && <SignedPoints centipoints={amountCentipoints} />,
      numeric: true,
    },
    {
      label: t('journal.reversal.balanceAfter'),
      cell: ({ internal }) => {
        const balance = internal?.balanceAfterCentipoints;
        return typeof balance === 'number' && <Points centipoints={balance} />;
      },
      numeric: true,
    },
  ];
  return (
    <Layout
      title={t('journal.reversal.done')}
      crumbs={[{ href: `${villageHref}/acts`, label: t('journal.title') }]}
      notice={
        <Notice kind="success" title={t('journal.reversal.doneTitle')} focused>
          <p>
            {acts.length === 1 && first
              ? t('journal.reversal.doneOne', { of: first.reversesSeq ?? 0, seq: first.seq })
              : t('journal.reversal.doneMany', { count: acts.length })}{' '}
            {t('journal.reversal.again')}
          </p>
        </Notice>
      }
    >
      <DataTable
        caption={t('journal.reversal.done')}
        captionHidden
        columns={columns}
        rows={acts}
        rowKey={({ seq }) => seq}
      />
      <ButtonRow>
        {first && <AgainLink act={first} villageHref={villageHref} />}
        <LinkButton href={`${villageHref}/acts`}>{t('journal.reversal.linkRecord')}</LinkButton>
      </ButtonRow>
    </Layout>
  );
}

/** Where the right thing is entered, by what was reversed. */
function AgainLink({ act, villageHref }: { act: Act; villageHref: string }) {
  const { t } = usePage();
  if (act.subject === 'points.redeem') {
    return <LinkButton href={`${villageHref}/counter`}>{t('journal.reversal.linkCounter')}</LinkButton>;
  }
  if (act.subject === 'stock.in') {
    return <LinkButton href={`${villageHref}/receipts/new`}>{t('journal.reversal.linkReceipt')}</LinkButton>;
  }
  return <LinkButton href={`${villageHref}/awards/new`}>{t('journal.reversal.linkAward')}</LinkButton>;
}
