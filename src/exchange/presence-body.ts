import { z } from 'zod';
import { type PhotoRefusal, photosById, type StoredPhoto } from '../photos/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { MOST_CONFIRMING, PROXY_RELATIONS } from './decide-presence.ts';

const personName = z.string().trim().min(1).max(20);

/** Who is there when goods are handed out, as a program says it. */
export const presenceFields = {
  pin: z.string().max(20).optional().meta({ description: 'the digits, where the household asked for them' }),
  confirmedBy: z
    .array(personName)
    .max(MOST_CONFIRMING)
    .optional()
    .meta({ description: 'people present who know the household; stands in for the digits, and a cadre needs two' }),
  proxy: z
    .object({ relation: z.enum(PROXY_RELATIONS), name: personName.optional() })
    .optional()
    .meta({ description: 'who fetches the goods; left out: the household itself' }),
  photo: z
    .object({ id: z.string().max(40), consent: z.literal(true) })
    .optional()
    .meta({
      description:
        'a photo taken in before for the purpose "exchange", with the word of whoever is on it; stands in for the digits',
    }),
};

/** The picture that it names, taken in before by the same person. */
export async function namedPhotos(
  sql: Reader,
  taken: { villageId: number; addedBy: number },
  photo: { id: string } | undefined,
): Promise<readonly StoredPhoto[] | PhotoRefusal> {
  return photo ? photosById(sql, { ...taken, purpose: 'exchange', ids: [photo.id] }) : [];
}
