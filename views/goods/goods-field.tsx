import { describeControl, Field, type FieldWords } from '../shared/field.tsx';

type GoodsFieldProps = FieldWords & {
  value: string;
  /** The list of goods that the browser offers while somebody types. */
  listId: string;
  focused: boolean;
};

/** A name, initials, a code or a scanned barcode. */
export function GoodsField(props: GoodsFieldProps) {
  return (
    <Field words={props}>
      <input
        {...describeControl(props)}
        class="input"
        list={props.listId}
        value={props.value}
        autocomplete="off"
        spellcheck={false}
        maxLength={100}
        autofocus={props.focused}
      />
    </Field>
  );
}
