import { describeControl, Field, type FieldWords } from './field.tsx';

/** One file of the reader's own; the form needs `enctype="multipart/form-data"`, the route `uploads`. */
export function FileField({ accept, ...words }: FieldWords & { accept: string }) {
  return (
    <Field words={words}>
      <input {...describeControl(words)} class="input" type="file" accept={accept} />
    </Field>
  );
}
