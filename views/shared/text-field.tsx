import { createElement } from 'preact';
import { describeControl, Field, type FieldWords } from './field.tsx';

type TextFieldProps = FieldWords & {
  value?: string | number | undefined;
  type?: 'text' | 'password' | 'tel' | 'date' | 'month' | 'search' | undefined;
  /** `decimal` for points, `numeric` for counts and card numbers. */
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | undefined;
  autocomplete?: string | undefined;
  maxLength?: number | undefined;
  /** How much is expected: a code of a few characters or a whole line. */
  size?: 'short' | 'full' | undefined;
  autofocus?: boolean | undefined;
  /** A unit after the box: 分, 元, 袋. */
  unit?: string | undefined;
  /** What a scanner reads goes here, wherever the cursor stands. */
  scan?: boolean | undefined;
};

export function TextField(props: TextFieldProps) {
  // Not JSX: the JSX types want one literal `type` for each input.
  const control = createElement('input', {
    ...describeControl(props),
    class: props.size === 'short' ? 'input input-short' : 'input',
    type: props.type ?? 'text',
    value: props.value ?? '',
    inputMode: props.inputMode,
    autocomplete: props.autocomplete ?? 'off',
    maxLength: props.maxLength,
    autofocus: props.autofocus,
    'data-scan': props.scan,
    spellcheck: false,
  });
  return (
    <Field words={props}>
      {props.unit ? (
        <span class="input-with-unit">
          {control}
          <span class="input-unit">{props.unit}</span>
        </span>
      ) : (
        control
      )}
    </Field>
  );
}
