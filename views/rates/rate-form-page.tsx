import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import { BalanceList } from '../cards/balance-list.tsx';
import { ActionBar } from '../shared/action-bar.tsx';
import { SubmitButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText } from '../shared/day-text.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { Facts } from '../shared/facts.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
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

type Change = {
  households: readonly {
    number: string;
    headName: string;
    groupName: string;
    balanceCentipoints: number;
    convertedCentipoints: number;
  }[];
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
};

/** What would become of everybody's points and of each price, before anything is written. */
export function RateFormPage(props: RateFormPageProps) {
  const { currentFen, yuan, change, errors, notice } = props;
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <Layout
      title={t('rates.changeTitle')}
      lead={t('rates.changeLead')}
      crumbs={[{ href: href('/rate'), label: t('rates.title') }]}
      errors={errors}
      notice={notice}
    >
      <Panel>
        <Facts facts={[{ label: t('rates.title'), value: t('rates.now', { yuan: formatYuan(currentFen) }) }]} />
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
            <SubmitButton look="secondary">{t('rates.show')}</SubmitButton>
          </div>
        </form>
      </Panel>
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
  const { households, prices, beforeCentipoints, afterCentipoints, openingCentipoints, rounding } = change;
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
      <BalanceList
        title={t('rates.households', { count: households.length })}
        lines={households.map(({ convertedCentipoints, ...household }) => ({
          ...household,
          balanceAfterCentipoints: convertedCentipoints,
        }))}
      />
      <DataTable
        caption={t('rates.shelf', { count: prices.length })}
        columns={columns}
        rows={prices}
        rowKey={({ code, effective }) => `${code} ${effective}`}
        empty={<p class="soft">{t('rates.noPrices')}</p>}
      />
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
      <ActionBar
        summary={t('rates.fromTo', { was: formatYuan(currentFen), rate: formatYuan(fenPerPoint ?? currentFen) })}
      >
        <SubmitButton>{t('rates.confirm')}</SubmitButton>
      </ActionBar>
    </PostForm>
  );
}
