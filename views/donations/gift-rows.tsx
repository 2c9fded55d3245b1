import { usePage } from '../shared/page-context.ts';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';

/** One line of goods as it was typed; rows are read by their place, so every row sends all of its fields. */
export interface GiftRow {
  goods: string;
  quantity: string;
  value: string;
  useBy: string;
}

type GiftRowsProps = {
  rows: readonly GiftRow[];
  options: readonly { code: string; name: string }[];
  error?: string | undefined;
  /** Goods and worth are fixed, only the quantity is counted anew. */
  isFixed?: boolean | undefined;
  withUseBy?: boolean | undefined;
};

export function GiftRows({ rows, options, error, isFixed = false, withUseBy = false }: GiftRowsProps) {
  const { t } = usePage();
  return (
    <fieldset class="field field-spread">
      <legend class="field-label">{t('donations.lines')}</legend>
      {rows.map((row, place) => (
        <div key={place} class="receive-row">
          {isFixed ? (
            <>
              <input type="hidden" name="goods" value={row.goods} />
              <input type="hidden" name="value" value={row.value} />
            </>
          ) : (
            <SelectField
              name="goods"
              id={`goods-${place}`}
              label={t('donations.goods', { n: place + 1 })}
              optional={place > 0}
              value={row.goods}
              prompt={t('donations.goodsPrompt')}
              error={place === 0 ? error : undefined}
              options={options.map(({ code, name }) => ({ value: code, label: name }))}
            />
          )}
          <TextField
            name="quantity"
            id={`quantity-${place}`}
            label={isFixed ? nameOf(options, row.goods) : t('donations.quantity')}
            inputMode="numeric"
            size="short"
            optional={(place > 0 || isFixed) && 'unsaid'}
            value={row.quantity}
            error={isFixed && place === 0 ? error : undefined}
          />
          {!isFixed && (
            <TextField
              name="value"
              id={`value-${place}`}
              label={t('donations.unitValue')}
              inputMode="decimal"
              size="short"
              optional="unsaid"
              value={row.value}
            />
          )}
          {withUseBy ? (
            <TextField
              name="useBy"
              id={`useBy-${place}`}
              label={t('donations.useBy')}
              type="date"
              optional
              value={row.useBy}
            />
          ) : (
            <input type="hidden" name="useBy" value="" />
          )}
        </div>
      ))}
      {!isFixed && <p class="field-hint">{t('donations.unitValueHint')}</p>}
    </fieldset>
  );
}

function nameOf(options: readonly { code: string; name: string }[], code: string): string {
  return options.find((option) => option.code === code)?.name ?? code;
}
