import type { Config } from '../platform/config.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { allOf } from '../platform/http/form-fields.ts';
import type { Uploads } from '../platform/http/uploads.ts';
import { newPublicId } from '../platform/ids.ts';
import type { ImageRefusal } from './decide-image.ts';
import { type DrawnPhoto, drawAnew } from './draw-anew.ts';
import { isPublicAtOnce, type PhotoPurpose, type StoredPhoto } from './photo.ts';
import { openPhotoStore } from './photo-store.ts';
import { VOICE_FIELD } from './store-voice.ts';

/** What a form says about photos: files that were chosen now, and ids of those that it brought along from its last answer. */
export interface PhotoFields {
  uploads: Pick<Uploads, 'files' | 'refused'>;
  keptIds: string[];
}

/** In order of precedence. */
export type PhotoRefusal =
  | { refused: 'too_many_photos'; most: number }
  | { refused: 'photo_too_large'; mostMegabytes: number }
  | ImageRefusal
  | { refused: 'unknown_photo' };

export interface PhotosInput {
  villageId: number;
  purpose: PhotoPurpose;
  /** Null when a household adds them on its own page. */
  addedBy: number | null;
  fields: PhotoFields;
  /** 4 unless the form takes fewer. */
  most?: number | undefined;
}

const MOST = 4;
const MOST_MEGABYTES = 12;

/** Of any form with a PhotoField; also of one that was sent without files. */
export function photoFields({ uploads, body }: { uploads: Uploads; body: unknown }): PhotoFields {
  // A voice note is another matter: store-voice.ts.
  const files = uploads.files.filter(({ field }) => field !== VOICE_FIELD);
  const { photoIds = uploads.keptIds } = (body ?? {}) as Record<string, unknown>;
  return { uploads: { ...uploads, files }, keptIds: allOf(photoIds) };
}

/**
 * Takes the photos of a form in: each is drawn anew, lies in the store, and then has its row, in this order, so a row never stands
 * without its picture. An act that is refused afterwards leaves photos that nothing refers to; the form that comes back names
 * them, so they are not sent again. One that is refused itself leaves nothing.
 */
export async function storePhotos(
  { config, db: { sql } }: { config: Pick<Config, 'dataDir' | 'photoStorage'>; db: Db },
  { villageId, purpose, addedBy, fields: { uploads, keptIds }, most = MOST }: PhotosInput,
): Promise<StoredPhoto[] | PhotoRefusal> {
  const ids = [...new Set(keptIds)];
  if (uploads.refused === 'too_many_photos' || uploads.files.length + ids.length > most) {
    return { refused: 'too_many_photos', most };
  }
  if (uploads.refused) return { refused: 'photo_too_large', mostMegabytes: MOST_MEGABYTES };
  const drawn: DrawnPhoto[] = [];
  for (const { content } of uploads.files) {
    const one = await drawAnew(content);
    if ('refused' in one) return one;
    drawn.push(one);
  }
  const kept = await keptPhotos(sql, { villageId, purpose, addedBy, ids });
  if (kept.length < ids.length) return { refused: 'unknown_photo' };
  const store = openPhotoStore(config);
  for (const { sha256, content } of drawn) await store.put(sha256, content);
  return [...kept, ...(await insertRows(sql, { villageId, purpose, addedBy, drawn }))];
}

const COLUMNS = (sql: Reader) =>
  sql`public_id as "publicId", encode(sha256, 'hex') as sha256, width, height, is_public as "isPublic"`;

/** Those that the same person, or the same kind of page, added for the same purpose within a day. */
async function keptPhotos(
  sql: Reader,
  { villageId, purpose, addedBy, ids }: { villageId: number; purpose: string; addedBy: number | null; ids: string[] },
): Promise<StoredPhoto[]> {
  if (ids.length === 0) return [];
  return sql<StoredPhoto[]>`
    select ${COLUMNS(sql)}
      from photo
     where village_id = ${villageId}
       and public_id = any(${ids}::text[])
       and purpose = ${purpose}
       and added_by is not distinct from ${addedBy}
       and added_at > now() - interval '1 day'
     order by photo_id`;
}

async function insertRows(
  sql: Reader,
  {
    villageId,
    purpose,
    addedBy,
    drawn,
  }: { villageId: number; purpose: PhotoPurpose; addedBy: number | null; drawn: readonly DrawnPhoto[] },
): Promise<StoredPhoto[]> {
  if (drawn.length === 0) return [];
  return sql<StoredPhoto[]>`
    insert into photo (village_id, public_id, sha256, bytes, width, height, purpose, is_public, added_by)
    select ${villageId}, public_id, decode(sha256, 'hex'), bytes, width, height, ${purpose}, ${isPublicAtOnce(purpose)},
           ${addedBy}
      from unnest(
             ${drawn.map(() => newPublicId())}::text[],
             ${drawn.map(({ sha256 }) => sha256.toString('hex'))}::text[],
             ${drawn.map(({ content }) => content.length)}::integer[],
             ${drawn.map(({ width }) => width)}::integer[],
             ${drawn.map(({ height }) => height)}::integer[]
           ) as drawn (public_id, sha256, bytes, width, height)
    returning ${COLUMNS(sql)}`;
}

/** Photos that an act of the API names by their ids, in the order of the ids; a refusal when one is not there. */
export async function photosById(
  sql: Reader,
  {
    villageId,
    purpose,
    addedBy,
    ids,
  }: { villageId: number; purpose: PhotoPurpose; addedBy: number | null; ids: string[] },
): Promise<StoredPhoto[] | PhotoRefusal> {
  const known = new Map(
    (await keptPhotos(sql, { villageId, purpose, addedBy, ids })).map((one) => [one.publicId, one]),
  );
  const photos = ids.map((id) => known.get(id)).filter((one) => one !== undefined);
  return photos.length < ids.length ? { refused: 'unknown_photo' } : photos;
}
