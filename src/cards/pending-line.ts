import type { RouteServices } from '../platform/http/route-services.ts';
import type { HonoursOf } from './honour-line.ts';

/** What a household cannot spend yet: it waits for the village's word, or its days on the board are not full; and what it may lose. */
export interface PendingLine {
  claimId: string;
  ruleName: string;
  /** Whom of the household it is about, masked; left out where nobody said. */
  memberName?: string | null | undefined;
  occurredOn: string;
  amountCentipoints: number;
  state: 'waiting' | 'agreed' | 'posted' | 'objected' | 'returned' | 'upheld' | 'reminded';
  /** Of a reminder what is to be put right, of what was returned or taken away why. */
  note?: string | null | undefined;
  /** The first day on which it can be spent, once that is known; of a reminder, from which points may be taken. */
  clearsOn: string | null;
}

/** Given by the folder that knows what waits, which stands to the right of the cards. */
export type PendingOf = (household: { villageId: number; accountId: number; today: string }) => Promise<PendingLine[]>;

export interface CardsServices extends RouteServices {
  pendingOf: PendingOf;
  honoursOf: HonoursOf;
}
