import { donorshipsOf, type ShownGift, shownGifts } from '../donations/index.ts';
import { photoHref } from '../photos/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { WishState } from './decide-wish.ts';
import { type WishPerson, wishPersons } from './wish-persons.ts';
import { readWishes, type Wish } from './wishes.ts';

export const WALL_FILTERS = ['open', 'claimed', 'delivered'] as const;

export type WallFilter = (typeof WALL_FILTERS)[number];

/** What everybody sees. */
export type ShownWish = Wish & {
  shownPhotos: { href: string; width: number; height: number }[];
  /** Promised by who looks. */
  isOwn: boolean;
};

export function isShownAs({ now }: Wish, filter: WallFilter): boolean {
  return filter === 'delivered' ? ['delivered', 'echoed', 'closed'].includes(now) : now === filter;
}

/** Newest first, with the photos of their echoes. */
export async function showWishes(
  sql: Reader,
  { villageId, code }: { villageId: number; code: string },
  wishes: readonly Wish[],
  donor: string | null,
): Promise<ShownWish[]> {
  const ids = wishes.flatMap(({ echo }) => echo?.photos ?? []);
  const photos = await sql<{ publicId: string; width: number; height: number }[]>`
    select public_id as "publicId", width, height
      from photo
     where village_id = ${villageId}
       and is_public
       and public_id = any(${ids}::text[])`;
  const known = new Map(photos.map((photo) => [photo.publicId, photo]));
  return wishes.map((wish) => ({
    ...wish,
    isOwn: donor !== null && wish.claim?.donor === donor,
    shownPhotos: (wish.echo?.photos ?? []).flatMap((id) => {
      const photo = known.get(id);
      return photo ? [{ ...photo, href: photoHref(code, { publicId: id, isPublic: true }) }] : [];
    }),
  }));
}

/** A household's own wishes, with what it is told. */
export interface OwnWish {
  wishId: string;
  words: string;
  state: WishState;
  filedOn: string;
  reason: string | null;
}

export async function ownWishes(
  sql: Reader,
  { villageId, householdId, today }: { villageId: number; householdId: number; today: string },
): Promise<OwnWish[]> {
  const [{ wishes }, rows] = await Promise.all([
    readWishes(sql, villageId, today),
    sql<{ wishId: string; words: string }[]>`
      select wish_id as "wishId", words
        from wish
       where village_id = ${villageId}
         and household_id = ${householdId}`,
  ]);
  const words = new Map(rows.map((row) => [row.wishId, row.words]));
  return wishes
    .filter(({ wishId }) => words.has(wishId))
    .reverse()
    .slice(0, 20)
    .map(({ wishId, now, filedOn, reason }) => ({
      wishId,
      words: words.get(wishId) ?? '',
      state: now,
      filedOn,
      reason,
    }));
}

export interface OwnVillage {
  code: string;
  name: string;
  gifts: ShownGift[];
  claims: { wishId: string; words: string; until: string; person: WishPerson | undefined }[];
}

/** What one donor gave and promised: personal data of a household only as long as he has promised its wish. */
export async function ownGiving(
  sql: Reader,
  { personId, today }: { personId: number; today: string },
): Promise<OwnVillage[]> {
  const donorships = await donorshipsOf(sql, { personId, today });
  return Promise.all(
    donorships.map(async ({ villageId, villageCode, villageName, donor }) => {
      const [gifts, { wishes }] = await Promise.all([shownGifts(sql, villageId), readWishes(sql, villageId, today)]);
      const promised = wishes.filter(({ now, claim }) => now === 'claimed' && claim?.donor === donor);
      const persons = await wishPersons(
        sql,
        villageId,
        promised.map(({ wishId }) => wishId),
      );
      return {
        code: villageCode,
        name: villageName,
        gifts: gifts.filter(({ gift }) => donor !== null && gift.donor === donor),
        claims: promised.map(({ wishId, words, claim }) => ({
          wishId,
          words: words ?? '',
          until: claim?.until ?? '',
          person: persons.get(wishId),
        })),
      };
    }),
  );
}
