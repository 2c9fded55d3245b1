import type { Gift } from '../../src/donations/index.ts';
import { SubmitButton } from '../shared/button.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { formatYuan } from '../shared/yuan.tsx';
import { type GiftRow, GiftRows } from './gift-rows.tsx';

type UseProps = {
  at: string;
  gift: Gift;
  values: Readonly<Record<string, string>>;
  idempotencyKey: string;
  errorOf: (field: string) => string | undefined;
};

/** Money that is spent, with its purpose and invoice. */
export function MoneyForm({ at, gift, values, idempotencyKey, errorOf }: UseProps) {
  const { t } = usePage();
  return (
    <Panel title={t('donations.step.spend')}>
      <p>{t('donations.step.spendText', { yuan: formatYuan(gift.accepted - gift.spent) })}</p>
      <PostForm action={`${at}/steps`} idempotencyKey={idempotencyKey} hidden={{ step: 'spend' }}>
        <TextField
          name="fen"
          id="spend-fen"
          label={t('donations.fen')}
          inputMode="decimal"
          size="short"
          value={values['fen'] ?? ''}
          error={errorOf('fen')}
        />
        <SelectField
          name="purpose"
          label={t('donations.step.purpose')}
          value={values['purpose'] ?? 'goods'}
          options={(['goods', 'transport', 'packing', 'other'] as const).map((purpose) => ({
            value: purpose,
            label: t(`donations.purpose.${purpose}`),
          }))}
        />
        <TextField
          name="invoice"
          label={t('donations.step.invoice')}
          hint={t('donations.step.invoiceHint')}
          optional
          maxLength={60}
          value={values['invoice'] ?? ''}
          error={errorOf('invoice')}
        />
        <TextField
          name="seller"
          label={t('donations.step.seller')}
          optional
          maxLength={60}
          value={values['seller'] ?? ''}
        />
        <SubmitButton>{t('donations.step.spendButton')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}

type ShelfProps = UseProps & {
  goods: readonly { code: string; name: string }[];
  shelfRows: readonly GiftRow[];
  waitingFen: number;
};

/** What was found good, or bought of it, comes onto the shelf. */
export function ShelfForm({ at, gift, goods, shelfRows, waitingFen, values, idempotencyKey, errorOf }: ShelfProps) {
  const { t } = usePage();
  const isMoney = gift.kind === 'money';
  return (
    <Panel title={t('donations.step.shelve')}>
      <p>
        {isMoney
          ? t('donations.step.shelveMoneyText', { yuan: formatYuan(waitingFen) })
          : t('donations.step.shelveText')}
      </p>
      <PostForm action={`${at}/shelvings`} idempotencyKey={idempotencyKey}>
        <GiftRows rows={shelfRows} options={goods} error={errorOf('goods-0')} isFixed={!isMoney} withUseBy />
        <TextField
          name="voucher"
          label={t('donations.step.voucher')}
          hint={t('donations.step.voucherHint')}
          inputMode="numeric"
          size="short"
          optional
          maxLength={9}
          value={values['voucher'] ?? ''}
          error={errorOf('voucher')}
        />
        <SubmitButton>{t('donations.step.shelveButton')}</SubmitButton>
      </PostForm>
    </Panel>
  );
}
