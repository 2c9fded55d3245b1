import { formatDay } from '../shared/day-text.tsx';
import { fieldId } from '../shared/field.tsx';
import { usePage } from '../shared/page-context.ts';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { formatYuan } from '../shared/yuan.tsx';
import { GoodsField } from './goods-field.tsx';
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
