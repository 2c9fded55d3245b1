/**
 * 拍照确认: a photo at the counter is taken in only with the word of whoever is on it, is seen by those alone who may read the village,
 * and confirms one exchange. It goes when the household is erased.
 */
import { type PhotoFields, type PhotoRefusal, type StoredPhoto, storePhotos } from '../photos/index.ts';
import type { Config } from '../platform/config.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { lastOf } from '../platform/http/form-fields.ts';

export type PhotoAtCounterRefusal = { refused: 'photo_used_already'; seq: number };

const PURPOSE = 'exchange';

/** Of the counter's form. Without the word nothing is kept, not even for a moment. */
export async function photoAtCounter(
  services: { config: Config; db: Db },
  { villageId, addedBy }: { villageId: number; addedBy: number },
  fields: PhotoFields,
  body: Readonly<Record<string, unknown>>,
): Promise<StoredPhoto[] | PhotoRefusal | { refused: 'photo_consent_needed' }> {
  const { uploads, keptIds } = fields;
  const isThere = uploads.files.length + keptIds.length > 0 || uploads.refused !== null;
  if (!isThere) return [];
  if (!hasConsent(body)) return { refused: 'photo_consent_needed' };
  return storePhotos(services, { villageId, purpose: PURPOSE, addedBy, fields, most: 1 });
}

/** What a form that comes back still knows of the picture: one that has confirmed another exchange would not do for this one. */
export function keptPhoto(
  photos: readonly StoredPhoto[] | { refused: string },
  refused: string,
  body: Readonly<Record<string, unknown>>,
): { keptIds: string[]; hasConsent: boolean; isOpen: boolean } {
  const isKept = !('refused' in photos) && refused !== 'photo_used_already';
  const keptIds = isKept ? photos.map(({ publicId }) => publicId) : [];
  const agreed = hasConsent(body);
  return { keptIds, hasConsent: agreed, isOpen: agreed || !isKept || keptIds.length > 0 };
}

function hasConsent(body: Readonly<Record<string, unknown>>): boolean {
  return lastOf(body['photoConsent']) === 'yes';
}

/** The number of an exchange that one of these pictures confirmed before; null where there is none. */
export async function actWithPhoto(
  sql: Reader,
  villageId: number,
  photos: readonly Pick<StoredPhoto, 'sha256'>[],
): Promise<number | null> {
  if (photos.length === 0) return null;
  const [found] = await sql<{ seq: number }[]>`
    select act.seq
      from act
     cross join jsonb_array_elements(act.facts -> 'photos') as named
     where act.village_id = ${villageId}
       and act.type = 'points.redeem'
       and act.facts ? 'photos'
       and named ->> 'sha256' = any(${photos.map(({ sha256 }) => sha256)}::text[])
     order by act.seq
     limit 1`;
  return found?.seq ?? null;
}
