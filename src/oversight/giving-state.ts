import { readGifts } from '../donations/index.ts';
import type { Reader } from '../platform/database/db.ts';
import type { VillageSettings } from '../settings/index.ts';
import { readWishes } from '../wishes/index.ts';
import type { GivingState } from './decide-giving-warnings.ts';

/** What the acts of gifts and wishes leave to be done. */
export async function givingState(
  sql: Reader,
  { villageId, today }: { villageId: number; today: string },
  { thanksDays, wishBlueDays, wishYellowDays }: VillageSettings,
): Promise<GivingState> {
  const [{ gifts }, { wishes }] = await Promise.all([readGifts(sql, villageId), readWishes(sql, villageId, today)]);
  return {
    unchecked: wishes.filter(({ now }) => now === 'submitted').map(({ filedOn }) => filedOn),
    // A promise that ran out leaves its day until somebody else has taken the wish up.
    promised: wishes.filter(({ state }) => state === 'claimed').map(({ claim }) => claim?.until ?? today),
    uninspected: gifts.flatMap(({ state, receipt }) => (state === 'received' && receipt ? [receipt.on] : [])),
    unthanked: gifts.flatMap(({ state, shelvings: [shelving] }) =>
      (state === 'on_shelf' || state === 'traced') && shelving ? [shelving.on] : [],
    ),
    thanksDays,
    wishBlueDays,
    wishYellowDays,
  };
}
