import type { FieldErrors } from '../shared/error-summary.tsx';
import { fieldId } from '../shared/field.tsx';
import { usePage } from '../shared/page-context.ts';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';

export type NewGoodsValues = { name: string; spec: string; unit: string; zone: string; barcode: string; value: string };

type FieldsProps = {
  values: Pick<NewGoodsValues, 'name' | 'unit' | 'zone' | 'value'>;
  errors: FieldErrors;
  /** Tells the rows of a receipt apart: `new.name-2`. */
  nameOf?: ((field: string) => string) | undefined;
};

const ZONES = ['GRAIN_OIL', 'DAILY', 'WASH', 'CLOTH', 'AGRI', 'APPL'] as const;

/** What is asked of goods that nobody knows yet: name, unit and value, and where they stand. */
export function NewGoodsFields({ values, errors, nameOf = (field) => field }: FieldsProps) {
  const { t } = usePage();
  const field = (name: keyof FieldsProps['values']) => ({
    name: nameOf(name),
    id: fieldId({ name: nameOf(name) }),
    value: values[name],
    error: errors.find((error) => error.name === nameOf(name))?.message,
  });
  return (
    <>
      <TextField {...field('name')} label={t('goods.new.name')} hint={t('goods.new.nameHint')} maxLength={30} />
      <TextField
        {...field('unit')}
        label={t('goods.new.unit')}
        hint={t('goods.new.unitHint')}
        size="short"
        maxLength={6}
      />
      <TextField
        {...field('value')}
        label={t('goods.new.value')}
        hint={t('goods.new.valueHint')}
        size="short"
        inputMode="decimal"
        unit={t('goods.receive.valueUnit')}
        maxLength={10}
      />
      <SelectField
        {...field('zone')}
        label={t('goods.new.zone')}
        options={ZONES.map((zone) => ({ value: zone, label: t(`goods.zone.${zone}`) }))}
      />
    </>
  );
}
