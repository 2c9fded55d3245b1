/**
 * The wishes of a village, read from their acts. What is personal is asked for apart (`wish-persons.ts`), by those who may see it;
 * here stands only what the wall shows. A village has hundreds of wishes, so they are read as a whole; revisit at ten thousand.
 */
import type { Reader } from '../platform/database/db.ts';
import {
  nextWishState,
  stateOn,
  type WishEvent,
  type WishFacts,
  type WishKind,
  type WishState,
} from './decide-wish.ts';

export interface Wish extends WishFacts {
  wishId: string;
  /** The number of its first act. */
  seq: number;
  kind: WishKind;
  /** On the day that was asked for: a claim that is over does not count. */
  now: WishState;
  filedOn: string;
  /** What stands on the wall; null before it is open. */
  words: string | null;
  /** The goods that it can be fulfilled with, where it is about goods. */
  item: string | null;
  openedOn: string | null;
  delivered: { on: string; as: 'gift' | 'points'; donor: string | null; giftSeq: number | null } | null;
  echo: { on: string; words: string; photos: string[] } | null;
  reason: string | null;
}

interface WishAct {
  seq: number;
  type: string;
  on: string;
  facts: Record<string, unknown>;
  openings: [string, string, string][] | null;
}

/** With the size of the log that they were read of: one statement sees both at the same moment. */
export async function readWishes(
  sql: Reader,
  villageId: number,
  today: string,
): Promise<{ wishes: Wish[]; logSize: number }> {
  const [found] = await sql<{ logSize: number; acts: WishAct[] | null }[]>`
    select log_head.size as "logSize",
           (
             select jsonb_agg(
                      jsonb_build_object(
                        'seq', act.seq,
                        'type', act.type,
                        'on', act.occurred_on,
                        'facts', act.facts,
                        'openings', disclosure.openings
                      ) order by act.seq
                    )
               from act
               left join disclosure
                 on disclosure.village_id = act.village_id
                and disclosure.seq = act.seq
              where act.village_id = log_head.village_id
                and act.facts ? 'wish'
           ) as acts
      from log_head
     where log_head.village_id = ${villageId}`;
  return { wishes: foldWishes(found?.acts ?? [], today), logSize: found?.logSize ?? 0 };
}

function foldWishes(acts: readonly WishAct[], today: string): Wish[] {
  const wishes = new Map<string, Wish>();
  for (const act of acts) {
    const wishId = String(act.facts['wish']);
    if (act.type === 'wish.file') wishes.set(wishId, filed(wishId, act));
    const wish = wishes.get(wishId);
    if (wish && act.type !== 'wish.file') enter(wish, act);
  }
  return [...wishes.values()].map((wish) => ({ ...wish, now: stateOn(wish, today) }));
}

function filed(wishId: string, { seq, on, facts }: WishAct): Wish {
  return {
    wishId,
    seq,
    kind: facts['kind'] as WishKind,
    state: 'submitted',
    now: 'submitted',
    claim: null,
    filedOn: on,
    words: null,
    item: null,
    openedOn: null,
    delivered: null,
    echo: null,
    reason: null,
  };
}

function enter(wish: Wish, act: WishAct): void {
  const { type, on, facts } = act;
  const event = type.slice('wish.'.length) as WishEvent;
  const before = stateOn(wish, on);
  wish.state = nextWishState(before, event) ?? before;
  switch (event) {
    case 'open':
      wish.words = opened(act, 'words');
      wish.item = typeof facts['item'] === 'string' ? facts['item'] : null;
      wish.openedOn = on;
      return;
    case 'claim':
      wish.claim = { donor: String(facts['donor']), until: String(facts['until']) };
      return;
    case 'release':
      wish.claim = null;
      return;
    case 'deliver':
      wish.delivered = {
        on,
        as: facts['as'] === 'points' ? 'points' : 'gift',
        donor: before === 'claimed' ? (wish.claim?.donor ?? null) : null,
        giftSeq: typeof facts['ofGift'] === 'number' ? facts['ofGift'] : null,
      };
      return;
    case 'echo': {
      const photos = (facts['photos'] as { photo: string }[] | undefined) ?? [];
      wish.echo = { on, words: opened(act, 'thanks') ?? '', photos: photos.map(({ photo }) => photo) };
      return;
    }
    case 'decline':
      wish.reason = opened(act, 'reason');
      return;
    case 'check':
    case 'close':
      return;
  }
}

function opened({ openings }: WishAct, name: string): string | null {
  return openings?.find(([, field]) => field === name)?.[2] ?? null;
}
