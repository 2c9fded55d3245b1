import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import { BalanceList } from '../cards/balance-list.tsx';
import { ActionBar } from '../shared/action-bar.tsx';
import { ButtonRow, LinkButton, SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points, SignedPoints } from '../shared/points.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { TextField } from '../shared/text-field.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { formatYuan } from '../shared/yuan.tsx';
import { roundingText } from './rate-page.tsx';

type PriceRow = {
  code: string;
  name: string;
  priceCentipoints: number;
  newCentipoints: number;
  effective: string;
};

type LineRow = {
  claimId: string;
  headName: string;
  ruleName: string;
  amountCentipoints: number;
  convertedCentipoints: number;
};

type Change = {
  households: readonly {
    number: string;
    headName: string;
    groupName: string;
    balanceCentipoints: number;
    convertedCentipoints: number;
  }[];
  lines: readonly LineRow[];
  prices: readonly PriceRow[];
  beforeCentipoints: number;
  afterCentipoints: number;
  openingCentipoints: number;
  rounding: number;
};

export type RateFormPageProps = {
  currentFen: number;
  /** As it was typed. */
  yuan: string;
  fenPerPoint: number | null;
  change: Change | null;
  reason: string;
  idempotencyKey: string;
  errors: FieldErrors;
  notice?: ComponentChildren;
  /** What is in old points and has to come to its end first. */
  waits?: { held: number; proposals: number } | undefined;
};

/** What would become of everybody's points and of each price, before anything is written. */
export function RateFormPage(props: RateFormPageProps) {
  const { currentFen, yuan, change, errors, notice, waits } = props;
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('rates.changeTitle')}
      lead={t('rates.changeLead')}
      width={change ? 'normal' : 'narrow'}
      crumbs={[{ href: href('/rate'), label: t('rates.title') }]}
      errors={errors}
      notice={notice}
    >
      <Panel>
        <p>{t('rates.now', { yuan: formatYuan(currentFen) })}</p>
        <form method="get" action={href('/rate/change')}>
          <TextField
            name="yuan"
            label={t('rates.newYuan')}
            hint={t('rates.newYuanHint')}
            value={yuan}
            size="short"
            inputMode="decimal"
            unit={t('settings.unit.yuan')}
            error={errors.find(({ name }) => name === 'yuan')?.message}
          />
          <div class="button-row">
            <SubmitButton look={change ? 'secondary' : 'primary'}>{t('rates.show')}</SubmitButton>
          </div>
        </form>
      </Panel>
      {waits && (
        <ButtonRow>
          {waits.held > 0 && <LinkButton href={href('/reservations')}>{t('rates.toReservations')}</LinkButton>}
          {waits.proposals > 0 && <LinkButton href={href('/goods-proposals')}>{t('rates.toProposals')}</LinkButton>}
        </ButtonRow>
      )}
      {change && <Confirm {...props} change={change} />}
    </Layout>
  );
}

function Confirm({
  currentFen,
  yuan,
  fenPerPoint,
  change,
  reason,
  idempotencyKey,
  errors,
}: RateFormPageProps & { change: Change }) {
  const { t } = usePage();
  const href = useVillageHref();
  const { households, lines, prices, beforeCentipoints, afterCentipoints, openingCentipoints, rounding } = change;
  const lineColumns: Column<LineRow>[] = [
    { label: t('rates.household'), cell: ({ headName }) => headName, rowHeader: true },
    { label: t('rates.rule'), cell: ({ ruleName }) => ruleName },
    { label: t('rates.before'), cell: (row) => <SignedPoints centipoints={row.amountCentipoints} />, numeric: true },
    { label: t('rates.after'), cell: (row) => <SignedPoints centipoints={row.convertedCentipoints} />, numeric: true },
  ];
  const columns: Column<PriceRow>[] = [
    { label: t('goods.name'), cell: ({ name }) => name, rowHeader: true },
    { label: t('rates.before'), cell: (row) => <Points centipoints={row.priceCentipoints} />, numeric: true },
    { label: t('rates.after'), cell: (row) => <Points centipoints={row.newCentipoints} />, numeric: true },
    { label: t('rates.from'), cell: ({ effective }) => <DayText day={effective} /> },
  ];
  const points = { before: formatPoints(beforeCentipoints), after: formatPoints(afterCentipoints) };
  return (
    <PostForm action={href('/rate/change')} idempotencyKey={idempotencyKey} hidden={{ yuan }} class="steps">
      <Panel title={t('rates.sums')}>
        <Facts
          facts={[
            { label: t('rates.held'), value: t('rates.heldFromTo', points) },
            { label: t('rates.opening'), value: <Points centipoints={openingCentipoints} /> },
            { label: t('rates.rounding'), value: t('shared.yuanOf', { yuan: roundingText(rounding) }) },
          ]}
        />
        <p class="soft">{t('rates.rulesStay')}</p>
      </Panel>
      <Panel>
        <TextField
          name="reason"
          label={t('settings.reason')}
          hint={t('settings.reasonHint')}
          maxLength={100}
          value={reason}
          error={errors.find(({ name }) => name === 'reason')?.message}
        />
      </Panel>
      <BalanceList
        title={t('rates.households', { count: households.length })}
        lines={households.map(({ convertedCentipoints, ...household }) => ({
          ...household,
          balanceAfterCentipoints: convertedCentipoints,
        }))}
      />
      {lines.length > 0 && (
        <DataTable
          caption={t('rates.lines', { count: lines.length })}
          columns={lineColumns}
          rows={lines}
          rowKey={({ claimId }) => claimId}
        />
      )}
      <DataTable
        caption={t('rates.shelf', { count: prices.length })}
        columns={columns}
        rows={prices}
        rowKey={({ code, effective }) => `${code} ${effective}`}
        empty={<p class="soft">{t('rates.noPrices')}</p>}
      />
      <ActionBar
        summary={t('rates.fromTo', { was: formatYuan(currentFen), rate: formatYuan(fenPerPoint ?? currentFen) })}
      >
        <SubmitButton>{t('rates.confirm')}</SubmitButton>
      </ActionBar>
    </PostForm>
  );
}
