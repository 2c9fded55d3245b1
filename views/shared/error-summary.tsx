import { fieldId } from './field.tsx';
import { Icon } from './icon.tsx';
import { usePage } from './page-context.ts';

export type FieldErrors = readonly { name: string; message: string }[];

/** First in main when a form comes back: focused, every line leads to its field. */
export function ErrorSummary({ errors }: { errors: FieldErrors }) {
  const { t } = usePage();
  if (errors.length === 0) return null;
  return (
    <section class="notice notice-refusal" role="alert" aria-labelledby="error-summary-title" tabIndex={-1} autofocus>
      <Icon name="warning" />
      <div class="notice-words">
        <h2 class="notice-title" id="error-summary-title">
          {t('shared.errorSummary', { count: errors.length })}
        </h2>
        <ul class="error-list">
          {errors.map(({ name, message }) => (
            <li key={name}>
              <a class="error-link" href={`#${fieldId({ name })}`}>
                {message}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
