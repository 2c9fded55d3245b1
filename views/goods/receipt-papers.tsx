import type { Fund } from '../../src/ledger/index.ts';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';

/** Each fund that there is; a new one is missed by the compiler here. */
const FUND_NAMES = {
  donation: 'goods.fund.donation',
  poverty_office: 'goods.fund.poverty_office',
  civil_affairs: 'goods.fund.civil_affairs',
  village_collective: 'goods.fund.village_collective',
  government: 'goods.fund.government',
  partner_unit: 'goods.fund.partner_unit',
  other: 'goods.fund.other',
} as const satisfies Record<Fund, string>;

const FUNDS = Object.keys(FUND_NAMES) as Fund[];

export type ReceiptPapersFacts = { fund: string; voucher: string; invoice: string; witness: string; later: string };

/** What was filled in of it, to be read once more. */
export function paperFacts(t: Translate, { fund, voucher, invoice, witness, later }: ReceiptPapersFacts) {
  const known = FUNDS.find((one) => one === fund);
  const seen = witness || (later === 'yes' ? t('goods.receive.laterYes') : '');
  return [
    { label: t('goods.receive.voucher'), value: voucher },
    { label: t('goods.receive.invoice'), value: invoice },
    { label: t('goods.receive.fund'), value: known ? t(FUND_NAMES[known]) : '' },
    { label: t('goods.receive.second'), value: seen },
  ].filter(({ value }) => value !== '');
}

type PapersProps = { papers: ReceiptPapersFacts; errorOf: (name: string) => string | undefined };

/** Slip, invoice, whose money it was, and who saw the goods besides. */
export function ReceiptPapersPanel({ papers, errorOf }: PapersProps) {
  const { t } = usePage();
  return (
    <Panel title={t('goods.receive.stepPapers')}>
      <TextField
        name="voucher"
        label={t('goods.receive.voucher')}
        hint={t('goods.receive.voucherHint')}
        inputMode="numeric"
        size="short"
        maxLength={9}
        optional
        value={papers.voucher}
        error={errorOf('voucher')}
      />
      <TextField
        name="invoice"
        label={t('goods.receive.invoice')}
        hint={t('goods.receive.invoiceHint')}
        maxLength={40}
        optional
        value={papers.invoice}
        error={errorOf('invoice')}
      />
      <SelectField
        name="fund"
        label={t('goods.receive.fund')}
        prompt={t('goods.receive.fundUnsaid')}
        optional
        value={papers.fund}
        options={FUNDS.map((fund) => ({ value: fund, label: t(FUND_NAMES[fund]) }))}
        error={errorOf('fund')}
      />
      <TextField
        name="witness"
        label={t('goods.receive.witness')}
        hint={t('goods.receive.witnessHint')}
        maxLength={40}
        optional
        value={papers.witness}
        error={errorOf('witness')}
      />
      <ChoiceGroup
        kind="checkbox"
        name="later"
        label={t('goods.receive.later')}
        optional
        chosen={[papers.later]}
        choices={[{ value: 'yes', label: t('goods.receive.laterYes'), hint: t('goods.receive.laterHint') }]}
      />
    </Panel>
  );
}
