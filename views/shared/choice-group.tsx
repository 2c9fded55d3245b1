import type { ComponentChildren } from 'preact';
import { FieldError, type FieldWords, fieldId } from './field.tsx';

export type Choice = {
  value: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  disabled?: boolean | undefined;
  /** How it is typed, for the script that finds it. */
  keys?: string | undefined;
  /** A link beside the box, to look before choosing. */
  beside?: ComponentChildren;
};

type ChoiceGroupProps = FieldWords & {
  /** `radio`: one of them. `checkbox`: any of them, sent under the same name. */
  kind: 'radio' | 'checkbox';
  choices: readonly Choice[];
  chosen?: readonly string[] | undefined;
  /** Beside each other where there is room: `names` for two or three characters, `sentences` for more; `lines` below each other. */
  columns?: 'names' | 'sentences' | 'lines' | undefined;
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
      <div class={props.columns ? GRIDS[props.columns] : 'choices'}>
        {props.choices.map((choice, index) => {
          const box = <ChoiceBox key={choice.value} choice={choice} id={index === 0 ? id : undefined} group={props} />;
          if (!choice.beside) return box;
          return (
            <div key={choice.value} class="choice-line">
              {box}
              {choice.beside}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

type ChoiceBoxProps = { choice: Choice; id: string | undefined; group: ChoiceGroupProps };

function ChoiceBox({ choice, id, group }: ChoiceBoxProps) {
  return (
    <label class="choice">
      <input
        class="choice-input"
        type={group.kind}
        id={id}
        name={group.name}
        form={group.form}
        value={choice.value}
        checked={group.chosen?.includes(choice.value) ?? false}
        disabled={choice.disabled}
        data-keys={choice.keys}
        required={group.kind === 'radio' && !group.optional}
      />
      <span class="choice-words">
        <span class="choice-label">{choice.label}</span>
        {choice.hint && <span class="choice-hint">{choice.hint}</span>}
      </span>
    </label>
  );
}

const GRIDS = {
  names: 'choices choices-columns',
  sentences: 'choices choices-wide',
  lines: 'choices',
} as const;
