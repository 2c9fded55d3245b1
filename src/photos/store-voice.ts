import { createHash } from 'node:crypto';
import { parseBuffer } from 'music-metadata';
import type { Config } from '../platform/config.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { allOf } from '../platform/http/form-fields.ts';
import type { Uploads } from '../platform/http/uploads.ts';
import { newPublicId } from '../platform/ids.ts';
import { decideSound, MOST_MEGABYTES, type SoundKind, type SoundRefusal } from './decide-sound.ts';
import { openPhotoStore } from './photo-store.ts';

/** The field of a form in which a voice note is chosen; photos are in any other. */
export const VOICE_FIELD = 'voice';

export type VoiceRefusal = SoundRefusal | { refused: 'unknown_photo' };

export interface VoiceInput {
  villageId: number;
  /** Null when a household adds it on its own page. */
  addedBy: number | null;
  uploads: Uploads;
  body: unknown;
}

/**
 * Takes the voice note of a form in, or the one that the form brought along from its last answer; null where there is none. What it is is
 * read out of its bytes. It is kept as it came, for nothing here can draw a sound anew as a photo is drawn: what a telephone wrote into
 * it beside the voice stays in it, so it is served to those alone who may read the village, and never to everybody.
 */
export async function storeVoice(
  { config, db: { sql } }: { config: Config; db: Db },
  { villageId, addedBy, uploads, body }: VoiceInput,
): Promise<string | null | VoiceRefusal> {
  const file = uploads.files.find(({ field }) => field === VOICE_FIELD);
  if (!file) {
    if (uploads.refused === 'photo_too_large') return { refused: 'voice_too_large', mostMegabytes: MOST_MEGABYTES };
    return keptVoice(sql, { villageId, addedBy, body });
  }
  const { content } = file;
  const kind = await kindOf(content);
  if (typeof kind !== 'string') return kind;
  const sha256 = createHash('sha256').update(content).digest();
  await openPhotoStore(config).put(sha256, content);
  const publicId = newPublicId();
  await sql`
    insert into photo (village_id, public_id, sha256, bytes, width, height, media, purpose, is_public, added_by)
    values (${villageId}, ${publicId}, ${sha256}, ${content.length}, 0, 0, ${kind}, 'voice', false, ${addedBy})`;
  return publicId;
}

async function kindOf(content: Buffer): Promise<SoundKind | SoundRefusal> {
  try {
    const { format } = await parseBuffer(content, undefined, { duration: true, skipCovers: true });
    const { container, codec, duration: seconds, hasVideo = false } = format;
    return decideSound({ container, codec, seconds, hasVideo }, content.length);
  } catch {
    // Whatever the library cannot read is no sound to us; its messages can hold parts of the file.
    return { refused: 'voice_not_a_sound' };
  }
}

/** One that the same person, or the same kind of page, added within a day. */
async function keptVoice(
  sql: Reader,
  { villageId, addedBy, body }: Pick<VoiceInput, 'villageId' | 'addedBy' | 'body'>,
): Promise<string | null | VoiceRefusal> {
  const id = allOf((body as Record<string, unknown> | null)?.['voiceId']).at(-1);
  if (id === undefined || id === '') return null;
  const [kept] = await sql<{ publicId: string }[]>`
    select public_id as "publicId"
      from photo
     where village_id = ${villageId}
       and public_id = ${id}
       and purpose = 'voice'
       and added_by is not distinct from ${addedBy}
       and added_at > now() - interval '1 day'`;
  return kept ? kept.publicId : { refused: 'unknown_photo' };
}
