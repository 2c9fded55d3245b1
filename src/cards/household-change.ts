import { type AccountStatus, dayAfterMonths, type VillageTerms } from '../ledger/index.ts';

/** 户和卡的变动: what is asked for. Each has its own page; all are decided, written and shown the same way. */
export type HouseholdChange =
  | CardChange
  | { kind: 'settlement'; card: string; reason: string }
  | ({ kind: 'split'; card: string; reason: string } & NewHousehold & {
        centipoints: number;
        members?: number[] | undefined;
      })
  | { kind: 'merger'; card: string; reason: string; into: string }
  | {
      kind: 'departure';
      card: string;
      reason: string;
      leaving: number;
      newHead: string | null;
      /** Who of the named members goes. */
      members?: number[] | undefined;
    }
  | MembersChange
  | NameCorrection;

/** 登记成员 names people who are counted already; 添人 counts them too: a birth, a marriage, somebody who comes back. */
export interface MembersChange {
  kind: 'naming' | 'arrival';
  card: string;
  reason: string;
  names: string[];
}

/** 改成员姓名: the same person, spelt right. */
export interface NameCorrection {
  kind: 'correction';
  card: string;
  reason: string;
  member: number;
  newName: string;
}

/** What happens to the card alone. */
export interface CardChange {
  kind: 'freezing' | 'unfreezing' | 'recall' | 'replacement';
  card: string;
  reason: string;
}

export interface NewHousehold {
  headName: string;
  groupId: number;
  memberCount: number;
  phone: string | null;
}

export type HouseholdChangeKind = HouseholdChange['kind'];

export const CHANGE_KINDS = [
  'freezing',
  'unfreezing',
  'recall',
  'replacement',
  'split',
  'merger',
  'departure',
  'settlement',
  'naming',
  'arrival',
  'correction',
] as const satisfies readonly HouseholdChangeKind[];

/** The first day on which the points of a household without members go to the village; null while somebody is there. */
export function vacancyEnd(vacatedOn: string | null, { vacancyMonths }: Pick<VillageTerms, 'vacancyMonths'>) {
  return vacatedOn === null ? null : dayAfterMonths(vacatedOn, vacancyMonths);
}

/** In order of precedence: first what is wrong with the card, then what the change itself asks for. */
export type HouseholdChangeRefusal =
  | { refused: 'card_of_another_village'; number: string }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'card_replaced'; number: string; currentNumber: string }
  | { refused: 'card_closed'; number: string }
  | { refused: 'card_not_open'; number: string }
  | { refused: 'card_recalled'; number: string }
  | { refused: 'household_vacated'; number: string; day: string }
  | { refused: 'card_frozen'; number: string }
  | { refused: 'card_not_frozen'; number: string }
  | { refused: 'unknown_group' }
  | { refused: 'same_household'; number: string }
  | { refused: 'too_many_members'; number: string; memberCount: number }
  | { refused: 'member_known'; number: string; name: string }
  | { refused: 'unknown_member'; number: string; name: string }
  | { refused: 'name_unchanged' }
  | { refused: 'more_names_than_members'; number: string; memberCount: number; count: number }
  /** Who goes, by name, does not fit how many go. */
  | { refused: 'members_not_chosen'; number: string; chosen: number; leaving: number }
  | { refused: 'too_many_points'; number: string; balanceCentipoints: number }
  | { refused: 'household_not_vacated'; number: string }
  | { refused: 'vacancy_not_over'; number: string; day: string }
  /** What is in publicity has to reach the household before its account is closed. */
  | { refused: 'points_pending'; number: string; pendingCentipoints: number }
  /** What is kept for it has to be fetched or given up before nobody can do either. */
  | { refused: 'goods_held'; number: string; count: number };

/** A household that stays or goes, before and after. */
export interface ChangeEffect {
  /** Null for a household that is only just made. */
  householdId: number | null;
  headName: string;
  groupName: string;
  number: string;
  status: AccountStatus;
  balanceBeforeCentipoints: number;
  balanceCentipoints: number;
  membersBefore: number;
  members: number;
}

/** What is written beside the acts: see change_household.sql. */
export interface CardRows {
  newHousehold?: NewHousehold & { number: string; token: string; pseudonym: string };
  newCard?: { household: number; number: string; token: string };
  recalled: string[];
  households: {
    household: number;
    membersBefore: number;
    namedBefore: number;
    members: number;
    headName?: string;
    vacatedOn?: string;
  }[];
  /** Who is named from now on, goes over into another household (0: the new one), or is there no more. */
  added?: { household: number; name: string; pseudonym: string }[];
  moved?: { member: number; from: number; to: number }[];
  left?: { member: number; from: number }[];
  /** Whose name was misspelt. */
  corrected?: { member: number; from: number; was: string; name: string }[];
}
