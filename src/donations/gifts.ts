/**
 * The gifts of a village, read from their acts: nothing beside the record can differ from it. Goods that came onto the shelf are
 * acts of the shelf that name their gift; a reversed one is as if it had not been. A village has hundreds of gifts, so they are read
 * as a whole; revisit at ten thousand.
 */
import type { Fund } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type GiftEvent, type GiftFacts, type GiftLine, nextGiftState, type Purpose, worth } from './decide-gift.ts';

export interface Gift extends GiftFacts {
  /** The number of its first act. */
  seq: number;
  donor: string;
  fund: Fund;
  announcedOn: string;
  /** What was said before it came. */
  announcedFen: number;
  /** What the donor wishes to be done with it. */
  wish: string | null;
  receipt: { number: number; seq: number; on: string; by: string } | null;
  inspection: {
    seq: number;
    on: string;
    by: string;
    personId: number;
    passed: boolean;
    reason: string | null;
  } | null;
  spendings: {
    seq: number;
    on: string;
    fen: number;
    purpose: Purpose;
    invoice: string | null;
    seller: string | null;
  }[];
  shelvings: { seq: number; operationId: string; on: string; lines: GiftLine[] }[];
  trace: GiftTrace | null;
  reportedOn: string | null;
  photos: string[];
}

/** What became of a gift up to an act. */
export interface GiftTrace {
  seq: number;
  on: string;
  pieces: number;
  households: number;
  fen: number;
  leftFen: number;
  lostFen: number;
}

export interface GiftAct {
  seq: number;
  type: string;
  operationId: string;
  on: string;
  by: string;
  personId: number;
  giftSeq: number;
  facts: Record<string, unknown>;
  openings: [string, string, string][] | null;
}

/** With the size of the log that they were read of: one statement sees both at the same moment. */
export async function readGifts(sql: Reader, villageId: number): Promise<{ gifts: Gift[]; logSize: number }> {
  const { acts, logSize } = await giftActs(sql, villageId);
  return { gifts: foldGifts(acts), logSize };
}

/** Everything about gifts that stands, in order. */
export async function giftActs(sql: Reader, villageId: number): Promise<{ acts: GiftAct[]; logSize: number }> {
  const [found] = await sql<{ logSize: number; acts: GiftAct[] | null }[]>`
    select log_head.size as "logSize",
           (
             select jsonb_agg(
                      jsonb_build_object(
                        'seq', act.seq,
                        'type', act.type,
                        'operationId', act.operation_id,
                        'on', act.occurred_on,
                        'by', coalesce(person.display_name, ''),
                        'personId', act.recorded_by,
                        'giftSeq', coalesce((act.facts ->> 'gift')::bigint, (act.facts ->> 'giftSeq')::bigint),
                        'facts', act.facts,
                        'openings', disclosure.openings
                      ) order by act.seq
                    )
               from act
               left join person
                 on person.person_id = act.recorded_by
               left join disclosure
                 on disclosure.village_id = act.village_id
                and disclosure.seq = act.seq
               left join act as reversal
                 on reversal.village_id = act.village_id
                and reversal.reverses_seq = act.seq
              where act.village_id = log_head.village_id
                and (act.facts ? 'gift' or act.facts ? 'giftSeq')
                and reversal.seq is null
           ) as acts
      from log_head
     where log_head.village_id = ${villageId}`;
  return { acts: found?.acts ?? [], logSize: found?.logSize ?? 0 };
}

export function foldGifts(acts: readonly GiftAct[]): Gift[] {
  const gifts = new Map<number, Gift>();
  for (const act of acts) {
    if (act.type === 'gift.announce') gifts.set(act.seq, announced(act));
    const gift = gifts.get(act.giftSeq);
    if (gift && act.type !== 'gift.announce') enter(gift, act);
  }
  return [...gifts.values()];
}

function announced(act: GiftAct): Gift {
  const { seq, on, facts } = act;
  return {
    seq,
    donor: String(facts['donor']),
    kind: facts['kind'] === 'money' ? 'money' : 'goods',
    fund: facts['fund'] as Fund,
    announcedOn: on,
    announcedFen: Number(facts['fen']),
    wish: opened(act, 'wish'),
    state: 'announced',
    received: 0,
    receivedBy: null,
    lines: linesOf(facts),
    accepted: 0,
    acceptedLines: [],
    spent: 0,
    spentOnGoods: 0,
    shelvedLines: [],
    receipt: null,
    inspection: null,
    spendings: [],
    shelvings: [],
    trace: null,
    reportedOn: null,
    photos: photosOf(facts),
  };
}

const EVENTS: Readonly<Record<string, GiftEvent>> = {
  'gift.receive': 'receive',
  'gift.spend': 'spend',
  'stock.in': 'shelve',
  'gift.trace': 'trace',
  'gift.report': 'report',
};

export function eventOf({ type, facts }: Pick<GiftAct, 'type' | 'facts'>): GiftEvent {
  if (type === 'gift.inspect') return facts['outcome'] === 'passed' ? 'pass' : 'refuse';
  const event = EVENTS[type];
  if (!event) throw new Error(`an act of type ${type} is about no gift`);
  return event;
}

function enter(gift: Gift, act: GiftAct): void {
  const { seq, on, by, personId, facts, operationId } = act;
  const event = eventOf(act);
  gift.state = nextGiftState(gift.state, event) ?? gift.state;
  gift.photos.push(...photosOf(facts));
  const lines = linesOf(facts);
  switch (event) {
    case 'receive':
      gift.receipt = { number: Number(facts['receipt']), seq, on, by };
      gift.receivedBy = personId;
      gift.received = Number(facts['fen']);
      gift.lines = lines;
      return;
    case 'pass':
    case 'refuse':
      gift.inspection = { seq, on, by, personId, passed: event === 'pass', reason: opened(act, 'reason') };
      gift.accepted = Number(facts['fen']);
      gift.acceptedLines = lines;
      return;
    case 'spend': {
      const purpose = facts['purpose'] as Purpose;
      const fen = Number(facts['fen']);
      gift.spendings.push({ seq, on, fen, purpose, invoice: opened(act, 'invoice'), seller: opened(act, 'seller') });
      gift.spent += fen;
      if (purpose === 'goods') gift.spentOnGoods += fen;
      return;
    }
    case 'shelve':
      gift.shelvings.push({ seq, operationId, on, lines });
      gift.shelvedLines = [...gift.shelvedLines, ...lines];
      return;
    case 'trace': {
      const of = (name: string) => Number(facts[name]);
      gift.trace = {
        seq,
        on,
        pieces: of('pieces'),
        households: of('households'),
        fen: of('fen'),
        leftFen: of('left'),
        lostFen: of('lost'),
      };
      return;
    }
    case 'report':
      gift.reportedOn = on;
  }
}

function linesOf(facts: Record<string, unknown>): GiftLine[] {
  return ((facts['goods'] as GiftLine[] | undefined) ?? []).map(({ code, quantity, value }) => ({
    code,
    quantity,
    value,
  }));
}

function photosOf(facts: Record<string, unknown>): string[] {
  return ((facts['photos'] as { photo: string }[] | undefined) ?? []).map(({ photo }) => photo);
}

function opened({ openings }: GiftAct, name: string): string | null {
  return openings?.find(([, field]) => field === name)?.[2] ?? null;
}

/** Fen that wait, of goods found good and of goods that were paid; and money that is left. */
export function waitingFen(gift: GiftFacts): number {
  return (gift.kind === 'goods' ? gift.accepted : gift.spentOnGoods) - worth(gift.shelvedLines);
}
