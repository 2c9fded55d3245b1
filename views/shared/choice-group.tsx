import type { ComponentChildren } from 'preact';
import { FieldError, type FieldWords, fieldId } from './field.tsx';

export type Choice = {
  value: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  disabled?: boolean | undefined;
  /** How it is typed, for the script that finds it. */
  keys?: string | undefined;
};

type ChoiceGroupProps = FieldWords & {
  /** `radio`: one of them. `checkbox`: any of them, sent under the same name. */
  kind: 'radio' | 'checkbox';
  choices: readonly Choice[];
  chosen?: readonly string[] | undefined;
  /** Beside each other where there is room: `names` for two or three characters, `sentences` for more. */
  columns?: 'names' | 'sentences' | undefined;
};

/** Big boxes to press, the whole box is the target. */
export function ChoiceGroup(props: ChoiceGroupProps) {
  const id = fieldId(props);
  const describedBy = [props.hint && `${id}-hint`, props.error && `${id}-error`].filter(Boolean).join(' ');
  const className = ['field', props.error && 'field-wrong', props.columns && 'field-spread'].filter(Boolean).join(' ');
  return (
    <fieldset class={className} aria-describedby={describedBy || undefined}>
      <legend class="field-label">{props.label}</legend>
      {props.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      <FieldError id={id} error={props.error} />
      <div class={gridOf(props.columns)}>
        {props.choices.map((choice, index) => (
          <label key={choice.value} class="choice">
            <input
              class="choice-input"
              type={props.kind}
              id={index === 0 ? id : undefined}
              name={props.name}
              form={props.form}
              value={choice.value}
              checked={props.chosen?.includes(choice.value) ?? false}
              disabled={choice.disabled}
              data-keys={choice.keys}
              required={props.kind === 'radio' && !props.optional}
            />
            <span class="choice-words">
              <span class="choice-label">{choice.label}</span>
              {choice.hint && <span class="choice-hint">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function gridOf(columns: ChoiceGroupProps['columns']): string {
  if (!columns) return 'choices';
  return columns === 'names' ? 'choices choices-columns' : 'choices choices-wide';
}
