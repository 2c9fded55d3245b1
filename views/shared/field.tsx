import type { ComponentChildren } from 'preact';
import { usePage } from './page-context.ts';

/** What every field of a form can say about itself. */
export type FieldWords = {
  name: string;
  label: string;
  hint?: string | undefined;
  /** The sentence that says how to correct it; also put it into the page's ErrorSummary. */
  error?: string | undefined;
  /** Fields are required unless they say so; `unsaid` where the words above many of them say it once. */
  optional?: boolean | 'unsaid' | undefined;
  /** Needed only where a page has two fields of one name. */
  id?: string | undefined;
  /** The id of the form that it belongs to, where it stands outside of it. */
  form?: string | undefined;
};

export function fieldId({ id, name }: Pick<FieldWords, 'id' | 'name'>): string {
  return id ?? `field-${name.replace(/[^\w-]/g, '-')}`;
}

/** `aria-*` of the control, in step with the hint and the error that Field draws. */
export function describeControl(words: FieldWords) {
  const id = fieldId(words);
  const describedBy = [words.hint && `${id}-hint`, words.error && `${id}-error`].filter(Boolean).join(' ');
  return {
    id,
    name: words.name,
    ...(describedBy && { 'aria-describedby': describedBy }),
    ...(words.error && { 'aria-invalid': 'true' as const }),
    ...(!words.optional && { required: true }),
    ...(words.form && { form: words.form }),
  };
}

/** Label above, hint under it, error in words, then the control. */
export function Field({ words, children }: { words: FieldWords; children: ComponentChildren }) {
  const { t } = usePage();
  const id = fieldId(words);
  return (
    <div class={words.error ? 'field field-wrong' : 'field'}>
      <label class="field-label" for={id}>
        {words.label}
        {words.optional === true && <span class="field-optional">{t('shared.optional')}</span>}
      </label>
      {words.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {words.hint}
        </p>
      )}
      <FieldError id={id} error={words.error} />
      {children}
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  const { t } = usePage();
  if (!error) return null;
  return (
    <p class="field-error" id={`${id}-error`}>
      <span class="visually-hidden">{t('shared.errorWord')}</span>
      {error}
    </p>
  );
}
