import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import { ActionBar } from '../shared/action-bar.tsx';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Pager } from '../shared/pager.tsx';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SearchForm } from '../shared/search-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { formatYuan, Yuan } from '../shared/yuan.tsx';

type FirstPriceFacts = {
  proposalId: number;
  code: string;
  name: string;
  spec: string;
  priceCentipoints: number | null;
  unitValueFen: number;
  proposedByName: string;
};

export type FirstPricesPageProps = {
  href: string;
  query: string;
  /** All that wait and fit what is looked for: they may be looked at together. */
  count: number;
  /** Of this page; what the reader added is for somebody else. */
  rows: readonly (FirstPriceFacts & { isOwn: boolean })[];
  nextHref?: string | undefined;
  firstHref?: string | undefined;
  notice?: ComponentChildren;
};

/** 新物品的分值: ticked one by one or all together, then looked at. */
export function FirstPricesPage({ href, query, count, rows, nextHref, firstHref, notice }: FirstPricesPageProps) {
  const { t } = usePage();
  return (
    <FirstPrices lead={t('goods.first.lead')} notice={notice}>
      <SearchForm action={href} label={t('goods.first.search')} value={query} />
      {rows.length === 0 ? (
        <EmptyState title={t('goods.first.none')}>{t('goods.first.noneHint')}</EmptyState>
      ) : (
        <PostForm action={`${href}/checks`} hidden={{ q: query }} class="steps">
          <Panel>
            <ChoiceGroup
              kind="checkbox"
              name="proposals"
              label={t('goods.first.which', { count })}
              columns="sentences"
              choices={rows.map((row) => ({
                value: String(row.proposalId),
                label: `${row.name} ${row.spec}`,
                hint: t(row.isOwn ? 'goods.first.own' : 'goods.first.line', {
                  points: formatPoints(row.priceCentipoints ?? 0),
                  yuan: formatYuan(row.unitValueFen),
                  name: row.proposedByName,
                }),
                disabled: row.isOwn,
              }))}
            />
          </Panel>
          <ActionBar summary={t('goods.first.each')}>
            <SubmitButton look="secondary" name="which" value="all">
              {t('goods.first.lookAll', { count })}
            </SubmitButton>
            <SubmitButton name="which" value="ticked">
              {t('goods.first.look')}
            </SubmitButton>
          </ActionBar>
        </PostForm>
      )}
      <Pager nextHref={nextHref} firstHref={firstHref} />
    </FirstPrices>
  );
}

export type FirstPricesCheckPageProps = {
  href: string;
  rows: readonly FirstPriceFacts[];
  why: string;
  idempotencyKey: string;
  notice?: ComponentChildren;
};

/** What the press approves or declines, every line of it; the buttons say how many. */
export function FirstPricesCheckPage({ href, rows, why, idempotencyKey, notice }: FirstPricesCheckPageProps) {
  const { t } = usePage();
  const count = rows.length;
  const columns: Column<FirstPriceFacts>[] = [
    { label: t('goods.name'), cell: ({ name, spec }) => `${name} ${spec}`, rowHeader: true },
    { label: t('goods.unitValue'), cell: ({ unitValueFen }) => <Yuan fen={unitValueFen} />, numeric: true },
    {
      label: t('goods.price'),
      cell: ({ priceCentipoints }) => <Points centipoints={priceCentipoints ?? 0} />,
      numeric: true,
    },
    { label: t('goods.first.addedBy'), cell: ({ proposedByName }) => proposedByName },
  ];
  return (
    <FirstPrices lead={t('goods.first.checkLead')} notice={notice}>
      {count === 0 ? (
        <EmptyState title={t('goods.first.none')}>{t('goods.first.noneHint')}</EmptyState>
      ) : (
        <PostForm action={`${href}/decisions`} idempotencyKey={idempotencyKey} class="steps">
          {rows.map(({ proposalId }) => (
            <input key={proposalId} type="hidden" name="proposals" value={proposalId} />
          ))}
          <DataTable
            caption={t('goods.first.check', { count })}
            columns={columns}
            rows={rows}
            rowKey={({ proposalId }) => proposalId}
            brief
          />
          <Panel>
            <TextField
              name="why"
              label={t('goods.proposal.why')}
              hint={t('goods.proposal.whyHint')}
              maxLength={100}
              value={why}
              optional
            />
            <ButtonRow>
              <SubmitButton look="secondary" name="decision" value="decline">
                {t('goods.first.decline', { count })}
              </SubmitButton>
              <SubmitButton icon="check" name="decision" value="approve">
                {t('goods.first.approve', { count })}
              </SubmitButton>
            </ButtonRow>
          </Panel>
        </PostForm>
      )}
      <ButtonRow>
        <LinkButton href={href} look="quiet" icon="back">
          {t('goods.first.back')}
        </LinkButton>
      </ButtonRow>
    </FirstPrices>
  );
}

function FirstPrices({
  lead,
  notice,
  children,
}: {
  lead: string;
  notice: ComponentChildren;
  children: ComponentChildren;
}) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('goods.first.title')}
      lead={lead}
      crumbs={[{ href: href('/goods-proposals'), label: t('goods.proposal.title') }]}
      notice={notice}
    >
      {children}
    </Layout>
  );
}
