import { checkCardPin, type PinCheckRefusal } from '../cards/index.ts';
import { findPosted, type Request } from '../ledger/index.ts';
import type { StoredPhoto } from '../photos/index.ts';
import type { Db } from '../platform/database/db.ts';
import { photoFacts } from '../problems/index.ts';
import { type DecidedPresence, decidePresence, type Presence, type PresenceRefusal } from './decide-presence.ts';
import { actWithPhoto, type PhotoAtCounterRefusal } from './photo-at-counter.ts';
import { presenceBasis } from './presence-basis.ts';

/** Who hands out, when, to whose card, and what was said and typed about who is there. */
export interface AtCounter extends Presence {
  villageId: number;
  recordedBy: number;
  /** The exchange happens now, on this day. */
  today: string;
  /** Card number. */
  card: string;
  /** What the household typed, where it asked for digits. Never a part of the request that is kept. */
  pin?: string | undefined;
  /** Taken now, with the word of whoever is on it: it stands in for the digits where the household itself is there. */
  photos?: readonly StoredPhoto[] | undefined;
  /** Where it comes from, for the security log. */
  address?: string | undefined;
}

export type AtCounterRefusal =
  | PresenceRefusal
  | PinCheckRefusal
  | PhotoAtCounterRefusal
  /** Digits are how the household says that somebody may fetch for it. */
  | { refused: 'pin_needed_from_proxy'; number: string };

/** Only where somebody else is there, so that an ordinary request is what it always was. */
export function keptPresence({ proxy, confirmedBy = [], photos = [] }: Presence & Pick<AtCounter, 'photos'>) {
  return {
    ...(proxy && { proxy: { relation: proxy.relation, ...(proxy.name !== undefined && { name: proxy.name }) } }),
    ...(confirmedBy.length > 0 && { confirmedBy }),
    ...(photos.length > 0 && { photos: photos.map(({ publicId }) => publicId) }),
  };
}

export async function whoIsThere(
  { sql }: Db,
  { villageId, recordedBy, today, proxy, confirmedBy = [], photos = [] }: AtCounter,
  accountId: number,
): Promise<PresenceRefusal | PhotoAtCounterRefusal | (DecidedPresence & { logSize?: number })> {
  const usedBySeq = await actWithPhoto(sql, villageId, photos);
  if (usedBySeq !== null) return { refused: 'photo_used_already', seq: usedBySeq };
  const pictured = photoFacts(photos);
  if (!proxy && confirmedBy.length === 0) return { facts: pictured, disclosed: {} };
  const basis = await presenceBasis(sql, { villageId, recordedBy, today, accountId, proxyName: proxy?.name });
  const decided = decidePresence({ proxy, confirmedBy }, basis);
  if ('refused' in decided) return decided;
  const told = { ...decided, facts: { ...decided.facts, ...pictured } };
  // Only a proxy is counted, so only then must nobody else come in between.
  return proxy ? { ...told, logSize: basis.logSize } : told;
}

/** For a card that has digits. A repeat of what was done is answered without asking again: no guess is counted for it. */
export async function refusePin({ sql }: Db, at: AtCounter, request: Request): Promise<AtCounterRefusal | null> {
  const { villageId, recordedBy, today, card: number, pin, proxy, confirmedBy = [], photos = [], address = null } = at;
  if (!proxy && confirmedBy.length + photos.length > 0) return null;
  if ((await findPosted(sql, request)) !== null) return { refused: 'pin_needed', number };
  const refusal = await checkCardPin(sql, { villageId, personId: recordedBy, address }, { number, pin, today });
  return proxy && refusal?.refused === 'pin_needed' ? { refused: 'pin_needed_from_proxy', number } : refusal;
}
