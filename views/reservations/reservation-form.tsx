import type { ShelfGoods } from '../../src/goods/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { SubmitButton } from '../shared/button.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { type HouseholdCandidate, HouseholdField } from '../shared/household-field.tsx';
import { usePage } from '../shared/page-context.ts';
import { PostForm } from '../shared/post-form.tsx';
import { SelectField } from '../shared/select-field.tsx';
import { TextField } from '../shared/text-field.tsx';

export type ReservationValues = { card: string; goods: readonly string[]; counts: readonly string[] };

type Offered = Pick<ShelfGoods, 'code' | 'name' | 'spec' | 'unit' | 'priceCentipoints' | 'quantityOnHand'>;

export type ReservationFormProps = {
  action: string;
  offered: readonly Offered[];
  values: ReservationValues;
  idempotencyKey: string;
  errors: FieldErrors;
  days: number;
  /** Who writes it down for a household says for which one. */
  asksCard?: boolean | undefined;
  candidates?: readonly HouseholdCandidate[] | undefined;
  /** The household asked for digits. */
  asksPin?: boolean | undefined;
};

/** Three at a time: who wants more reserves once more. */
const FEWEST_PLACES = 3;

export function ReservationForm(props: ReservationFormProps) {
  const { t } = usePage();
  const { offered, values, errors } = props;
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  const places = Array.from({ length: Math.max(FEWEST_PLACES, values.goods.length) }, (_, place) => place);
  const options = offered.map(({ code, name, spec, unit, priceCentipoints, quantityOnHand }) => ({
    value: code,
    label: t('reservations.offer', { name, spec, unit, points: formatPoints(priceCentipoints), left: quantityOnHand }),
  }));
  return (
    <PostForm action={props.action} idempotencyKey={props.idempotencyKey} class="flow">
      {props.asksCard && (
        <HouseholdField
          name="card"
          label={t('reservations.card')}
          value={values.card}
          candidates={props.candidates}
          error={errorOf('card')}
        />
      )}
      {places.map((place) => (
        <fieldset key={place}>
          <legend class="visually-hidden">{t('reservations.what', { place: place + 1 })}</legend>
          <div class="field-pair">
            <SelectField
              name="goods"
              id={`field-goods-${place}`}
              label={t('reservations.what', { place: place + 1 })}
              prompt={t('reservations.choose')}
              options={options}
              value={values.goods[place] ?? ''}
              error={errorOf(`goods-${place}`)}
              optional={place > 0 && 'unsaid'}
            />
            <TextField
              name="count"
              id={`field-count-${place}`}
              label={t('reservations.quantity')}
              inputMode="numeric"
              size="short"
              maxLength={4}
              value={values.counts[place] ?? (place === 0 ? '1' : '')}
              error={errorOf(`count-${place}`)}
              optional={place > 0 && 'unsaid'}
            />
          </div>
        </fieldset>
      ))}
      {props.asksPin && (
        <TextField
          name="pin"
          type="password"
          inputMode="numeric"
          autocomplete="one-time-code"
          size="short"
          maxLength={6}
          label={t('reservations.own.pin')}
        />
      )}
      <p class="soft">{t('reservations.days', { days: props.days })}</p>
      <SubmitButton>{t('reservations.reserve')}</SubmitButton>
    </PostForm>
  );
}
