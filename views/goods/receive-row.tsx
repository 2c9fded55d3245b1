import { SubmitButton } from '../shared/button.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { fieldId } from '../shared/field.tsx';
import { usePage } from '../shared/page-context.ts';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { formatYuan } from '../shared/yuan.tsx';
import { GoodsField } from './goods-field.tsx';
import { NewGoodsFields, type NewGoodsValues } from './new-goods-fields.tsx';
import type { ReceiveRowProps } from './receive-page.tsx';

type RowProps = {
  row: ReceiveRowProps;
  index: number;
  listId: string;
  errorOf: (name: string) => string | undefined;
  focused: boolean;
};

/** One kind of goods that came in. Every row sends all of its fields, so the server reads them by their place. */
export function ReceiveRow({ row, index, listId, errorOf, focused }: RowProps) {
  const { t, locale, today } = usePage();
  const [goods, second] = row.found;
  const known = second ? undefined : goods;
  const field = (name: string) => ({
    name,
    id: fieldId({ name: `${name}-${index}` }),
    error: errorOf(`${name}-${index}`),
  });
  const label = t('goods.receive.goods');
  return (
    <fieldset class="receive-row">
      <legend class="visually-hidden">{t('goods.receive.row', { number: index + 1 })}</legend>
      {second ? (
        <SelectField
          {...field('goods')}
          label={label}
          prompt={t('goods.receive.choose')}
          options={row.found.map((item) => ({ value: item.code, label: `${item.name} ${item.spec}` }))}
        />
      ) : (
        <GoodsField {...field('goods')} label={label} value={row.goods} listId={listId} focused={focused} />
      )}
      {row.newGoods && <AddInPlace values={row.newGoods} index={index} errorOf={errorOf} />}
      <TextField
        {...field('quantity')}
        label={t('goods.quantity')}
        inputMode="numeric"
        value={row.quantity}
        unit={known?.unit}
        maxLength={6}
      />
      <TextField
        {...field('value')}
        label={t('goods.receive.value')}
        optional
        inputMode="decimal"
        value={row.value}
        unit={t('goods.receive.valueUnit')}
        hint={known && t('goods.receive.valueHint', { yuan: formatYuan(known.unitValueFen) })}
        maxLength={10}
      />
      <TextField
        {...field('useBy')}
        label={t('goods.receive.useBy')}
        optional
        type="date"
        value={row.useBy}
        hint={
          known &&
          (row.latestUseBy === undefined || known.shelfLifeMonths === null
            ? t('goods.receive.noShelfLife')
            : t('goods.receive.shelfLife', {
                months: known.shelfLifeMonths,
                day: formatDay(row.latestUseBy, locale, { today, short: true }),
              }))
        }
      />
    </fieldset>
  );
}

/** What nobody knows yet is added where it was typed or scanned; the rest of the form stays as it is. */
function AddInPlace({ values, index, errorOf }: { values: NewGoodsValues } & Pick<RowProps, 'index' | 'errorOf'>) {
  const { t } = usePage();
  const nameOf = (field: string) => `new.${field}-${index}`;
  const errors = ['name', 'unit', 'value', 'zone'].flatMap((field) => {
    const message = errorOf(nameOf(field));
    return message === undefined ? [] : [{ name: nameOf(field), message }];
  });
  return (
    <details class="more" open>
      <summary>{t('goods.new.inPlace')}</summary>
      <div class="more-body flow">
        {values.barcode !== '' && <p class="soft">{t('goods.new.withBarcode', { barcode: values.barcode })}</p>}
        <NewGoodsFields values={values} errors={errors} nameOf={nameOf} />
        <SubmitButton look="secondary" icon="plus" name="do" value={`add-${index}`}>
          {t('goods.new.submitInPlace')}
        </SubmitButton>
      </div>
    </details>
  );
}
