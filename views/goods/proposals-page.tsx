import { formatPoints } from '../../src/platform/points.ts';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { Yuan } from '../shared/yuan.tsx';

export type ProposalFacts = {
  proposalId: number;
  kind: 'price' | 'first' | 'writeoff';
  state: 'open' | 'approved' | 'declined' | 'withdrawn';
  code: string;
  name: string;
  spec: string;
  unit: string;
  priceCentipoints: number | null;
  currentCentipoints: number;
  unitValueFen: number;
  quantity: number | null;
  reason: string;
  proposedByName: string;
  proposedDay: string;
  decidedByName: string | null;
  decidedDay: string | null;
  /** Why it was declined. */
  decidedWhy: string | null;
  /** What this reader may do with it. */
  mayDecide: boolean;
  mayWithdraw: boolean;
};

export type ProposalsPageProps = {
  href: string;
  stockHref: string;
  open: readonly ProposalFacts[];
  decided: readonly ProposalFacts[];
  /** Where several first prices can be decided together. */
  firstPrices?: { count: number; href: string } | undefined;
  refusal?: string | undefined;
  nextHref?: string | undefined;
  firstHref?: string | undefined;
};

/** 待同意的: prices set by hand, first prices of new goods, goods to be written off; whoever asked does not decide. */
export function ProposalsPage(props: ProposalsPageProps) {
  const { t } = usePage();
  const { href, stockHref, open, decided, firstPrices, refusal, nextHref, firstHref } = props;
  const columns: Column<ProposalFacts>[] = [
    { label: t('goods.name'), cell: ({ name, spec }) => `${name} ${spec}`, rowHeader: true },
    { label: t('goods.proposal.what'), cell: (row) => whatOf(t, row) },
    { label: t('goods.proposal.askedBy'), cell: (row) => row.proposedByName },
    { label: t('goods.proposal.state'), cell: (row) => t(`goods.proposal.state.${row.state}`) },
    { label: t('goods.proposal.why'), cell: ({ decidedWhy }) => decidedWhy, ifAny: true },
    {
      label: t('goods.proposal.decidedBy'),
      cell: ({ decidedByName, decidedDay }) => (
        <>
          {decidedByName} {decidedDay && <DayText day={decidedDay} short />}
        </>
      ),
    },
  ];
  return (
    <Layout
      title={t('goods.proposal.title')}
      lead={t('goods.proposal.lead')}
      crumbs={[{ href: stockHref, label: t('goods.stock.title') }]}
      notice={
        refusal && (
          <Notice kind="refusal" focused>
            {refusal}
          </Notice>
        )
      }
    >
      {firstPrices && (
        <ButtonRow>
          <LinkButton href={firstPrices.href} icon="list">
            {t('goods.first.link', { count: firstPrices.count })}
          </LinkButton>
        </ButtonRow>
      )}
      {open.length === 0 && <EmptyState title={t('goods.proposal.none')}>{t('goods.proposal.noneHint')}</EmptyState>}
      {open.map((proposal) => (
        <OpenProposal key={proposal.proposalId} href={href} proposal={proposal} />
      ))}
      {decided.length > 0 && (
        <DataTable
          caption={t('goods.proposal.decided')}
          columns={columns}
          rows={decided}
          rowKey={({ proposalId }) => proposalId}
        />
      )}
      <Pager nextHref={nextHref} firstHref={firstHref} />
      <ExportLinks list="proposals" />
    </Layout>
  );
}

function OpenProposal({ href, proposal }: { href: string; proposal: ProposalFacts }) {
  const { t } = usePage();
  const one = `${href}/${proposal.proposalId}`;
  return (
    <Panel title={`${proposal.name} ${proposal.spec}：${whatOf(t, proposal)}`}>
      <Facts
        facts={[
          ...(proposal.reason === ''
            ? []
            : [
                {
                  label: t('goods.proposal.reason'),
                  value: proposal.kind === 'writeoff' ? causeOf(t, proposal.reason) : proposal.reason,
                },
              ]),
          { label: t('goods.unitValue'), value: <Yuan fen={proposal.unitValueFen} /> },
          { label: t('goods.proposal.askedBy'), value: proposal.proposedByName },
          { label: t('goods.proposal.askedOn'), value: <DayText day={proposal.proposedDay} /> },
        ]}
      />
      {proposal.mayDecide && (
        <PostForm action={`${one}/decisions`}>
          {proposal.kind === 'first' && (
            <TextField
              name="why"
              id={`why-${proposal.proposalId}`}
              label={t('goods.proposal.why')}
              hint={t('goods.proposal.whyHint')}
              maxLength={100}
              optional
            />
          )}
          <ButtonRow>
            <SubmitButton look="secondary" name="decision" value="decline">
              {t('goods.proposal.decline')}
            </SubmitButton>
            <SubmitButton icon="check" name="decision" value="approve">
              {t('goods.proposal.approve')}
            </SubmitButton>
          </ButtonRow>
        </PostForm>
      )}
      {proposal.mayWithdraw && (
        <PostForm action={`${one}/withdrawals`}>
          <p class="soft">{t('goods.proposal.waits')}</p>
          <ButtonRow>
            <SubmitButton look="quiet">{t('goods.proposal.withdraw')}</SubmitButton>
          </ButtonRow>
        </PostForm>
      )}
    </Panel>
  );
}

function whatOf(t: Translate, { kind, priceCentipoints, currentCentipoints, quantity, unit }: ProposalFacts): string {
  const points = formatPoints(priceCentipoints ?? 0);
  switch (kind) {
    case 'price':
      return t('goods.proposal.price', { before: formatPoints(currentCentipoints), after: points });
    case 'first':
      return t('goods.proposal.first', { points });
    case 'writeoff':
      return t('goods.proposal.writeoff', { count: quantity ?? 0, unit });
  }
}

function causeOf(t: Translate, reason: string): string {
  switch (reason) {
    case 'damaged':
    case 'expired':
    case 'recalled':
    case 'lost':
      return t(`goods.cause.${reason}`);
    default:
      return t('goods.cause.other');
  }
}
