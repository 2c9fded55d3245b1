/**
 * What a voice note must be, by what its own bytes say: one of the few forms that phones record and browsers play, sound alone, and
 * short.
 */

export const SOUND_TYPES = {
  webm: 'audio/webm',
  ogg: 'audio/ogg',
  mp4: 'audio/mp4',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
} as const;

export type SoundKind = keyof typeof SOUND_TYPES;

export interface SoundFacts {
  container: string | undefined;
  codec: string | undefined;
  seconds: number | undefined;
  hasVideo: boolean;
}

export type SoundRefusal =
  | { refused: 'voice_not_a_sound' }
  | { refused: 'voice_too_long'; mostSeconds: number }
  | { refused: 'voice_too_large'; mostMegabytes: number };

const MOST_SECONDS = 90;
export const MOST_MEGABYTES = 5;
/** A browser that records as it goes does not write how long it is; so many bytes are less than the most seconds of speech. */
const MOST_BYTES_UNMEASURED = 1_500_000;
/** A beat more than the limit is a slow thumb. */
const GRACE_SECONDS = 2;

const FORMS: readonly { kind: SoundKind; container: RegExp; codec: RegExp }[] = [
  { kind: 'webm', container: /^EBML\/webm$/i, codec: /opus|vorbis/i },
  { kind: 'ogg', container: /^ogg$/i, codec: /opus|vorbis/i },
  { kind: 'mp4', container: /^(M4A|mp4|isom|3gp|qt)/i, codec: /aac/i },
  { kind: 'mp3', container: /^MPEG$/i, codec: /layer 3$/i },
  { kind: 'wav', container: /^WAVE$/i, codec: /^PCM$/i },
];

export function decideSound(
  { container = '', codec = '', seconds, hasVideo }: SoundFacts,
  bytes: number,
): SoundKind | SoundRefusal {
  if (bytes > MOST_MEGABYTES * 1024 * 1024) return { refused: 'voice_too_large', mostMegabytes: MOST_MEGABYTES };
  const form = FORMS.find((one) => one.container.test(container) && one.codec.test(codec));
  if (!form || hasVideo) return { refused: 'voice_not_a_sound' };
  const isShort =
    seconds === undefined ? bytes <= MOST_BYTES_UNMEASURED : seconds <= MOST_SECONDS + GRACE_SECONDS && seconds > 0;
  return isShort ? form.kind : { refused: 'voice_too_long', mostSeconds: MOST_SECONDS };
}
