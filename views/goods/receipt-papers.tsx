import { FUNDS } from '../../src/ledger/funds.ts';
import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { Translate } from '../shared/dictionary.ts';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';

export type ReceiptPapersFacts = { fund: string; voucher: string; invoice: string; witness: string; later: string };

/** What was filled in of it, to be read once more. */
export function paperFacts(t: Translate, { fund, voucher, invoice, witness, later }: ReceiptPapersFacts) {
  const known = FUNDS.find((one) => one === fund);
  const seen = witness || (later === 'yes' ? t('goods.receive.laterYes') : '');
  return [
    { label: t('goods.receive.voucher'), value: voucher },
    { label: t('goods.receive.invoice'), value: invoice },
    { label: t('goods.receive.fund'), value: known ? t(`goods.fund.${known}`) : '' },
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
        options={FUNDS.map((fund) => ({ value: fund, label: t(`goods.fund.${fund}`) }))}
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
