import type { ActDraft } from '../ledger/index.ts';
import type { HouseholdCard } from './household-card.ts';
import type { CardChange, CardRows, ChangeEffect, HouseholdChangeRefusal } from './household-change.ts';

/** A card of this village as it stands, and what a change would draw. */
export interface ChangeBasis {
  today: string;
  card: HouseholdCard;
  /** For a new card: drawn before, so that the decision is the same whenever it is made. */
  drawn: { number: string; token: string; pseudonym: string };
}

export interface DecidedChange {
  acts: ActDraft[];
  rows: CardRows;
  effects: ChangeEffect[];
}

/** 停用, 恢复, 收回, 补卡: the household stays as it is, and so do its points. */
export function decideCardChange(
  { kind, reason }: CardChange,
  { card, drawn }: ChangeBasis,
): HouseholdChangeRefusal | DecidedChange {
  const { number, status } = card;
  if (status === 'closed') return { refused: 'card_closed', number };
  const about = aboutCard(card, reason);
  switch (kind) {
    case 'freezing': {
      if (status === 'registered') return { refused: 'card_not_open', number };
      if (card.isRecalled) return { refused: 'card_recalled', number };
      if (status === 'frozen') return { refused: 'card_frozen', number };
      const act: ActDraft = { type: 'account.freeze', ...about, account: accountOf(card, 'frozen') };
      return { acts: [act], rows: noRows(), effects: [unmoved(card, 'frozen')] };
    }
    case 'unfreezing': {
      if (status === 'registered') return { refused: 'card_not_open', number };
      if (card.vacatedOn !== null) return { refused: 'household_vacated', number, day: card.vacatedOn };
      if (card.isRecalled) return { refused: 'card_recalled', number };
      if (status === 'active') return { refused: 'card_not_frozen', number };
      const act: ActDraft = { type: 'account.unfreeze', ...about, account: accountOf(card, 'active') };
      return { acts: [act], rows: noRows(), effects: [unmoved(card, 'active')] };
    }
    case 'recall': {
      if (status === 'registered') return { refused: 'card_not_open', number };
      if (card.isRecalled) return { refused: 'card_recalled', number };
      const act: ActDraft = { type: 'card.recall', ...about, account: accountOf(card, 'frozen') };
      return { acts: [act], rows: { ...noRows(), recalled: [number] }, effects: [unmoved(card, 'frozen')] };
    }
    case 'replacement': {
      if (card.vacatedOn !== null) return { refused: 'household_vacated', number, day: card.vacatedOn };
      // A recalled card was frozen because there was none to show; a card that was frozen for a reason stays so.
      const to = card.isRecalled ? 'active' : status;
      const { accountId, pseudonym } = card;
      const act: ActDraft = {
        type: 'card.replace',
        facts: {},
        disclosed: { ...about.disclosed, card: drawn.number, formerCard: number },
        account: card.isRecalled ? { accountId, pseudonym } : accountOf(card, status),
      };
      const back: ActDraft = {
        type: 'account.unfreeze',
        ...about,
        disclosed: act.disclosed ?? {},
        account: accountOf(card, to),
      };
      const newCard = { household: card.householdId, number: drawn.number, token: drawn.token };
      return {
        acts: card.isRecalled ? [act, back] : [act],
        rows: { ...noRows(), newCard },
        effects: [{ ...unmoved(card, to), number: drawn.number }],
      };
    }
  }
}

export function aboutCard(card: HouseholdCard, reason: string) {
  return { facts: {}, disclosed: { card: card.number, household: card.headName, reason } };
}

export function accountOf({ accountId, pseudonym, status }: HouseholdCard, to: HouseholdCard['status']) {
  return { accountId, pseudonym, status: { from: status, to } };
}

export function noRows(): CardRows {
  return { recalled: [], households: [] };
}

/** The household after a change that moved no points and counted nobody. */
export function unmoved(card: HouseholdCard, status: HouseholdCard['status']): ChangeEffect {
  return {
    householdId: card.householdId,
    headName: card.headName,
    groupName: card.groupName,
    number: card.number,
    status,
    balanceBeforeCentipoints: card.balanceCentipoints,
    balanceCentipoints: card.balanceCentipoints,
    membersBefore: card.memberCount,
    members: card.memberCount,
  };
}
