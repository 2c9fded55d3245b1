import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

type QuantityStepperProps = {
  /** What is counted, for screen readers: 大米 5kg/袋. */
  label: string;
  /** The form field of the number: `quantity.GR001`. */
  name: string;
  value: number;
  /** What was typed, where it is no number: it comes back to be corrected. */
  typed?: string | undefined;
  max?: number | undefined;
  /** What − and + send besides the form: `<button name="step" value="-GR001">`. They work without JavaScript. */
  stepName: string;
  stepCode: string;
  /** The id of the form, where the stepper stands outside it. */
  form?: string | undefined;
};

export function QuantityStepper({ label, name, value, typed, max, stepName, stepCode, form }: QuantityStepperProps) {
  const { t } = usePage();
  return (
    <span class="stepper">
      <button
        class="stepper-button"
        type="submit"
        form={form}
        name={stepName}
        value={`-${stepCode}`}
        formNoValidate
        disabled={value <= 0}
      >
        <Icon name="minus" />
        <span class="visually-hidden">{t('shared.decreaseOne', { name: label })}</span>
      </button>
      <input
        class="stepper-input"
        form={form}
        name={name}
        value={typed ?? value}
        inputMode="numeric"
        pattern="[0-9]*"
        maxLength={4}
        autocomplete="off"
        aria-label={t('shared.quantityOf', { name: label })}
      />
      <button
        class="stepper-button"
        type="submit"
        form={form}
        name={stepName}
        value={`+${stepCode}`}
        formNoValidate
        disabled={max !== undefined && value >= max}
      >
        <Icon name="plus" />
        <span class="visually-hidden">{t('shared.increaseOne', { name: label })}</span>
      </button>
    </span>
  );
}
