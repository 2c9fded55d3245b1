import { describeControl, Field } from './field.tsx';
import { usePage } from './page-context.ts';

type PhotoFieldProps = {
  /** `photos` unless a form has several. */
  name?: string | undefined;
  label?: string | undefined;
  error?: string | undefined;
  optional?: boolean | undefined;
  most?: number | undefined;
  /** Public ids of photos that came with the last answer: they are not sent again. */
  keptIds?: readonly string[] | undefined;
  /** The id of the form that it belongs to, where it stands outside of it. */
  form?: string | undefined;
  hint?: string | undefined;
};

/** Chooses or takes photos. The form needs `enctype="multipart/form-data"`, its route `uploads: true`. */
export function PhotoField({
  name = 'photos',
  label,
  error,
  optional = true,
  most = 4,
  keptIds = [],
  form,
  hint,
}: PhotoFieldProps) {
  const { t } = usePage();
  const words = {
    name,
    label: label ?? t('photos.label'),
    hint: hint ?? t('photos.hint', { most }),
    error,
    optional,
    form,
  };
  return (
    <Field words={words}>
      {keptIds.length > 0 && <p>{t('photos.kept', { count: keptIds.length })}</p>}
      {keptIds.map((id) => (
        <input key={id} type="hidden" name="photoIds" value={id} form={form} />
      ))}
      <input
        {...describeControl(words)}
        class="input"
        type="file"
        accept="image/jpeg,image/png,image/webp"
        multiple={most > 1}
        data-shrink=""
      />
    </Field>
  );
}

type ShownPhoto = { href: string; width: number; height: number };

/** Small pictures in a row, each a link to the whole one. */
export function PhotoStrip({ photos, what }: { photos: readonly ShownPhoto[]; what: string }) {
  const { t } = usePage();
  if (photos.length === 0) return null;
  return (
    <ul class="photo-strip">
      {photos.map(({ href, width, height }, place) => (
        <li key={href}>
          <a href={href}>
            <img
              src={href}
              alt={t('photos.alt', { n: place + 1, what })}
              width={width}
              height={height}
              loading="lazy"
            />
          </a>
        </li>
      ))}
    </ul>
  );
}
