import type { Reader } from '../platform/database/db.ts';
import type { Media, StoredPhoto } from './photo.ts';

/** The row of a photo, by the id in its address. */
export async function photoByPublicId(
  sql: Reader,
  villageId: number,
  publicId: string,
): Promise<(StoredPhoto & { addedAt: Date; media: Media }) | null> {
  const [found] = await sql<(StoredPhoto & { addedAt: Date; media: Media })[]>`
    select public_id as "publicId", encode(sha256, 'hex') as sha256, width, height, is_public as "isPublic",
           media, added_at as "addedAt"
      from photo
     where village_id = ${villageId}
       and public_id = ${publicId}`;
  return found ?? null;
}

/** Shows photos to everybody, once somebody has checked that they may be shown. */
export async function publishPhotos(sql: Reader, villageId: number, publicIds: readonly string[]): Promise<void> {
  await sql`
    update photo
       set is_public = true
     where village_id = ${villageId}
       and public_id = any(${[...publicIds]}::text[])
       and media = 'jpeg'`;
}
