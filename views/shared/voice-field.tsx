import { describeControl, Field } from './field.tsx';
import { usePage } from './page-context.ts';

type VoiceFieldProps = {
  error?: string | undefined;
  /** Public id of a voice note that came with the last answer: it is not sent again. */
  keptId?: string | undefined;
};

/** Speaks instead of writing: a telephone opens its recorder. The form needs `enctype="multipart/form-data"`, its route `uploads: true`. */
export function VoiceField({ error, keptId }: VoiceFieldProps) {
  const { t } = usePage();
  const words = { name: 'voice', label: t('photos.voice'), hint: t('photos.voiceHint'), error, optional: true };
  return (
    <Field words={words}>
      {keptId !== undefined && (
        <>
          <p>{t('photos.voiceKept')}</p>
          <input type="hidden" name="voiceId" value={keptId} />
        </>
      )}
      <input {...describeControl(words)} class="input" type="file" accept="audio/*" capture="user" />
    </Field>
  );
}

/** Voice notes to listen to. The page's policy must allow sounds from here: `allowSounds`. */
export function VoiceNotes({ voices, what }: { voices: readonly { href: string }[]; what: string }) {
  const { t } = usePage();
  return (
    <>
      {voices.map(({ href }) => (
        <p key={href}>
          {/* biome-ignore lint/a11y/useMediaCaption: what is said is written down by whoever checks the wish */}
          <audio class="voice" controls preload="none" src={href} aria-label={t('photos.voiceOf', { what })} />
          <a href={href}>{t('photos.voiceOpen')}</a>
        </p>
      ))}
    </>
  );
}
