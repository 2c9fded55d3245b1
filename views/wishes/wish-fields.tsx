import { ChoiceGroup } from '../shared/choice-group.tsx';
import type { FieldErrors } from '../shared/error-summary.tsx';
import { usePage } from '../shared/page-context.ts';
import { PhotoField } from '../shared/photo-field.tsx';
import { TextField } from '../shared/text-field.tsx';
import { VoiceField } from '../shared/voice-field.tsx';

export interface WishValues {
  kind: string;
  words: string;
  contact: string;
}

/** Three big choices, one line in writing or by voice, and a photo where somebody likes. */
export function WishFields({
  values,
  keptPhotos,
  keptVoice,
  errors,
}: {
  values: WishValues;
  keptPhotos: readonly string[];
  keptVoice?: string | undefined;
  errors: FieldErrors;
}) {
  const { t } = usePage();
  const errorOf = (field: string) => errors.find(({ name }) => name === field)?.message;
  return (
    <>
      <ChoiceGroup
        kind="radio"
        name="kind"
        label={t('wishes.kind')}
        columns="sentences"
        chosen={[values.kind]}
        choices={(['goods', 'help', 'advice'] as const).map((kind) => ({
          value: kind,
          label: t(`wishes.kind.${kind}`),
        }))}
      />
      <TextField
        name="words"
        label={t('wishes.words')}
        hint={t('wishes.wordsHint')}
        maxLength={200}
        value={values.words}
        error={errorOf('words')}
      />
      <VoiceField keptId={keptVoice} />
      <TextField
        name="contact"
        label={t('wishes.contact')}
        hint={t('wishes.contactHint')}
        optional
        maxLength={100}
        value={values.contact}
      />
      <PhotoField label={t('wishes.photo')} most={1} keptIds={keptPhotos} />
    </>
  );
}
