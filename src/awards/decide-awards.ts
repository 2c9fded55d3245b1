import type { AccountStatus, ActDraft } from '../ledger/index.ts';

/** In order of precedence; `number` names the first card that stands in the way. */
export type AwardRefusal =
  | { refused: 'date_in_future'; occurredOn: string }
  | { refused: 'month_published'; month: string }
  | { refused: 'unknown_rule'; code: string }
  | { refused: 'duplicate_card'; number: string }
  | { refused: 'card_of_another_village'; number: string }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'card_not_open'; number: string }
  | { refused: 'card_frozen'; number: string }
  | { refused: 'card_closed'; number: string }
  | { refused: 'insufficient_points'; number: string; balanceCentipoints: number; missingCentipoints: number };

export interface AwardRequest {
  /** Code of the rule; the rule decides whether points come or go. */
  rule: string;
  /** The day on which it happened. */
  occurredOn: string;
  /** Card numbers. */
  cards: readonly string[];
  note?: string | undefined;
}

export interface AwardBasis {
  today: string;
  closedMonths: ReadonlySet<string>;
  rule: { code: string; version: number; pointsCentipoints: number } | null;
  /** The digits with which every card number of this village begins. */
  cardPrefix: string;
  cards: readonly {
    number: string;
    accountId: number;
    pseudonym: string;
    headName: string;
    status: AccountStatus;
    balanceCentipoints: number;
  }[];
}

/** One act for each card, all or none. The balance after each is what the preview shows before anything is sent. */
export function decideAwards(
  request: AwardRequest,
  { today, closedMonths, rule, cardPrefix, cards }: AwardBasis,
): AwardRefusal | { acts: ActDraft[]; lines: AwardLine[] } {
  const { occurredOn, note } = request;
  if (occurredOn > today) return { refused: 'date_in_future', occurredOn };
  const month = occurredOn.slice(0, 7);
  if (closedMonths.has(month)) return { refused: 'month_published', month };
  if (!rule) return { refused: 'unknown_rule', code: request.rule };

  const byNumber = new Map(cards.map((card) => [card.number, card]));
  const seen = new Set<string>();
  const acts: ActDraft[] = [];
  const lines: AwardLine[] = [];
  for (const number of request.cards) {
    if (seen.has(number)) return { refused: 'duplicate_card', number };
    seen.add(number);
    const card = byNumber.get(number);
    if (!card) return { refused: number.startsWith(cardPrefix) ? 'unknown_card' : 'card_of_another_village', number };
    if (card.status === 'registered') return { refused: 'card_not_open', number };
    if (card.status === 'frozen') return { refused: 'card_frozen', number };
    if (card.status === 'closed') return { refused: 'card_closed', number };
    const balanceAfterCentipoints = card.balanceCentipoints + rule.pointsCentipoints;
    if (balanceAfterCentipoints < 0) {
      const { balanceCentipoints } = card;
      return { refused: 'insufficient_points', number, balanceCentipoints, missingCentipoints: -balanceAfterCentipoints };
    }
    lines.push({ number, amountCentipoints: rule.pointsCentipoints, balanceAfterCentipoints });
    acts.push({
      type: rule.pointsCentipoints > 0 ? 'points.award' : 'points.deduct',
      facts: { rule: rule.code, version: rule.version },
      disclosed: { card: number, household: card.headName, note },
      entry: { accountId: card.accountId, pseudonym: card.pseudonym, amountCentipoints: rule.pointsCentipoints },
    });
  }
  return { acts, lines };
}

export interface AwardLine {
  number: string;
  amountCentipoints: number;
  balanceAfterCentipoints: number;
}
