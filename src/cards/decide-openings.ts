import type { AccountStatus, ActDraft } from '../ledger/index.ts';

/** In order of precedence; `number` names the first card that stands in the way. */
export type OpeningRefusal =
  | { refused: 'date_in_future'; occurredOn: string }
  | { refused: 'month_published'; month: string }
  | { refused: 'card_of_another_village'; number: string }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'card_already_open'; number: string }
  | { refused: 'card_frozen'; number: string }
  | { refused: 'card_closed'; number: string }
  /** The village opens cards only after a passed visit. */
  | { refused: 'card_not_inspected'; number: string };

export interface OpeningBasis {
  today: string;
  closedMonths: ReadonlySet<string>;
  openingCentipoints: number;
  /** The digits with which every card number of this village begins. */
  cardPrefix: string;
  /** Accounts whose last visit was passed; null where the village asks for none. */
  inspected: ReadonlySet<string> | null;
  cards: readonly { number: string; accountId: number; pseudonym: string; headName: string; status: AccountStatus }[];
}

/** Each card is opened once, by an act of its own that grants the opening points. */
export function decideOpenings(
  { cards: numbers, occurredOn }: { cards: readonly string[]; occurredOn: string },
  { today, closedMonths, openingCentipoints, cardPrefix, inspected, cards }: OpeningBasis,
): OpeningRefusal | { acts: ActDraft[] } {
  if (occurredOn > today) return { refused: 'date_in_future', occurredOn };
  const month = occurredOn.slice(0, 7);
  if (closedMonths.has(month)) return { refused: 'month_published', month };
  const byNumber = new Map(cards.map((card) => [card.number, card]));
  const acts: ActDraft[] = [];
  for (const number of numbers) {
    const card = byNumber.get(number);
    if (!card) return { refused: number.startsWith(cardPrefix) ? 'unknown_card' : 'card_of_another_village', number };
    if (card.status === 'active') return { refused: 'card_already_open', number };
    if (card.status === 'frozen') return { refused: 'card_frozen', number };
    if (card.status === 'closed') return { refused: 'card_closed', number };
    if (inspected && !inspected.has(card.pseudonym)) return { refused: 'card_not_inspected', number };
    acts.push({
      type: 'points.open',
      facts: {},
      disclosed: { card: number, household: card.headName },
      entry: {
        accountId: card.accountId,
        pseudonym: card.pseudonym,
        amountCentipoints: openingCentipoints,
        status: { from: 'registered', to: 'active' },
      },
    });
  }
  return { acts };
}
