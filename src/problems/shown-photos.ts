import { photoHref } from '../photos/index.ts';
import type { Reader } from '../platform/database/db.ts';

export interface ShownPhoto {
  publicId: string;
  href: string;
  width: number;
  height: number;
}

/** Photos that acts name, by their public ids; one that is gone is not shown. */
export async function shownPhotos(
  sql: Reader,
  { villageId, code }: { villageId: number; code: string },
  publicIds: readonly string[],
): Promise<Map<string, ShownPhoto>> {
  if (publicIds.length === 0) return new Map();
  const rows = await sql<{ publicId: string; width: number; height: number; isPublic: boolean }[]>`
    select public_id as "publicId",
           width,
           height,
           is_public as "isPublic"
      from photo
     where village_id = ${villageId}
       and public_id = any(${[...publicIds]}::text[])`;
  return new Map(
    rows.map(({ isPublic, ...photo }) => [
      photo.publicId,
      { ...photo, href: photoHref(code, { publicId: photo.publicId, isPublic }) },
    ]),
  );
}
