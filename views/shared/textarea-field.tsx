import { describeControl, Field, type FieldWords } from './field.tsx';

type TextAreaFieldProps = FieldWords & {
  value?: string | undefined;
  rows?: number | undefined;
  maxLength?: number | undefined;
};

export function TextAreaField(props: TextAreaFieldProps) {
  return (
    <Field words={props}>
      <textarea {...describeControl(props)} class="input" rows={props.rows ?? 4} maxLength={props.maxLength}>
        {props.value ?? ''}
      </textarea>
    </Field>
  );
}
