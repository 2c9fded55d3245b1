import { describeControl, Field, type FieldWords } from './field.tsx';

export type Option = { value: string; label: string };

type SelectFieldProps = FieldWords & {
  value?: string | undefined;
  options: readonly (Option | { group: string; options: readonly Option[] })[];
  /** The first, empty choice: 请选择. */
  prompt?: string | undefined;
};

export function SelectField(props: SelectFieldProps) {
  return (
    <Field words={props}>
      <select {...describeControl(props)} class="input select">
        {props.prompt !== undefined && <option value="">{props.prompt}</option>}
        {props.options.map((entry) =>
          'group' in entry ? (
            <optgroup key={entry.group} label={entry.group}>
              {entry.options.map((option) => drawOption(option, props.value))}
            </optgroup>
          ) : (
            drawOption(entry, props.value)
          ),
        )}
      </select>
    </Field>
  );
}

function drawOption(option: Option, chosen: string | undefined) {
  return (
    <option key={option.value} value={option.value} selected={option.value === chosen}>
      {option.label}
    </option>
  );
}
