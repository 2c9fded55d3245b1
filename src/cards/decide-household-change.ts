import type { ActDraft, LotPiece } from '../ledger/index.ts';
import {
  aboutCard,
  accountOf,
  type ChangeBasis,
  type DecidedChange,
  decideCardChange,
  noRows,
  unmoved,
} from './decide-card-change.ts';
import { decideCorrection, decideMembersChange, goingOf, type MembersBasis } from './decide-members.ts';
import type { HouseholdCard } from './household-card.ts';
import type { HouseholdChange, HouseholdChangeRefusal } from './household-change.ts';

export interface HouseholdBasis extends ChangeBasis, MembersBasis {
  /** Where a household goes over into another one, and how many of it are named. */
  into: HouseholdCard | null;
  namedInto: number;
  /** The group of a new household; null when there is no such group. */
  groupName: string | null;
  /** The first day on which the points of a household without members go to the village; null while somebody is there. */
  vacancyEndsOn: string | null;
  /** The first points in drawing order, with the days from which their life counts. */
  draw: (centipoints: number) => LotPiece[];
}

type Decision = HouseholdChangeRefusal | DecidedChange;

/** What happens to households: points only ever move from one to the other, in two acts that add up to nothing. */
export function decideHouseholdChange(change: HouseholdChange, basis: HouseholdBasis): Decision {
  switch (change.kind) {
    case 'split':
      return decideSplit(change, basis);
    case 'merger':
      return decideMerger(change, basis);
    case 'departure':
      return decideDeparture(change, basis);
    case 'settlement':
      return decideSettlement(change, basis);
    case 'naming':
    case 'arrival':
      return refuseMissing(basis.card) ?? decideMembersChange(change, basis);
    case 'correction':
      return refuseMissing(basis.card) ?? decideCorrection(change, basis);
    case 'freezing':
    case 'unfreezing':
    case 'recall':
    case 'replacement':
      return decideCardChange(change, basis);
  }
}

type Change<Kind extends HouseholdChange['kind']> = Extract<HouseholdChange, { kind: Kind }>;

/** 分户: a new household with a card of its own, open at once, and the points that both agreed on. No opening points a second time. */
function decideSplit(change: Change<'split'>, basis: HouseholdBasis): Decision {
  const { card, drawn, groupName, draw } = basis;
  const { number, balanceCentipoints, memberCount } = card;
  const unusable = refuseUnusable(card);
  if (unusable) return unusable;
  if (groupName === null) return { refused: 'unknown_group' };
  if (change.memberCount >= memberCount) return { refused: 'too_many_members', number, memberCount };
  if (change.centipoints > Math.max(balanceCentipoints, 0))
    return { refused: 'too_many_points', number, balanceCentipoints };
  const { reason, headName, groupId, phone, centipoints } = change;
  const members = memberCount - change.memberCount;
  const going = goingOf({ chosen: change.members ?? [], leaving: change.memberCount, name: headName }, basis);
  if ('refused' in going) return going;
  const account = { accountId: 0, pseudonym: drawn.pseudonym };
  const disclosed = { card: drawn.number, household: headName };
  const founded: ActDraft = {
    type: 'household.split',
    facts: { from: card.pseudonym, ...going.facts },
    disclosed: { ...disclosed, reason, fromCard: number, fromHousehold: card.headName, ...going.disclosed },
    account: { ...account, status: { from: 'registered', to: 'active' } },
  };
  const moved = movePoints({ from: card, to: { ...account, disclosed }, centipoints, cause: 'split', draw });
  return {
    acts: [founded, ...moved],
    rows: {
      ...noRows(),
      newHousehold: { headName, groupId, memberCount: change.memberCount, phone, ...drawn },
      households: [
        { household: card.householdId, membersBefore: memberCount, namedBefore: basis.members.length, members },
      ],
      moved: going.members.map(({ memberId }) => ({ member: memberId, from: card.householdId, to: 0 })),
    },
    effects: [
      { ...unmoved(card, 'active'), balanceCentipoints: balanceCentipoints - centipoints, members },
      {
        householdId: null,
        headName,
        groupName,
        number: drawn.number,
        status: 'active',
        balanceBeforeCentipoints: 0,
        balanceCentipoints: centipoints,
        membersBefore: 0,
        members: change.memberCount,
      },
    ],
  };
}

/** 并户: all points and all members go over, and what it owes of deductions; what is left of the household is its history. */
function decideMerger({ reason }: Change<'merger'>, basis: HouseholdBasis): Decision {
  const { card, into, draw, today } = basis;
  const { number, status, balanceCentipoints } = card;
  if (status === 'closed') return { refused: 'card_closed', number };
  // Points that were frozen for a reason do not get away by a merger; those of a household without members may.
  if (status === 'frozen' && card.vacatedOn === null) return refuseUnusable(card) ?? { refused: 'card_frozen', number };
  if (into === null) return { refused: 'unknown_card', number };
  if (into.householdId === card.householdId) return { refused: 'same_household', number };
  const unusable = refuseUnusable(into);
  if (unusable) return unusable;
  const members = into.memberCount + card.memberCount;
  const going = goingOf({ chosen: [], leaving: card.memberCount }, basis);
  if ('refused' in going) return going;
  const about = aboutCard(card, reason);
  const receiver = { ...into, disclosed: { card: into.number, household: into.headName } };
  const moved =
    balanceCentipoints < 0
      ? takeOver(into, card, today)
      : movePoints({ from: card, to: receiver, centipoints: balanceCentipoints, cause: 'merge', draw });
  const closed: ActDraft = {
    type: 'household.merge',
    facts: { into: into.pseudonym, ...going.facts },
    disclosed: { ...about.disclosed, intoCard: into.number, intoHousehold: into.headName, ...going.disclosed },
    account: accountOf(card, 'closed'),
  };
  return {
    acts: [...moved, closed],
    rows: {
      recalled: [number],
      households: [
        { household: card.householdId, membersBefore: card.memberCount, namedBefore: basis.members.length, members: 0 },
        { household: into.householdId, membersBefore: into.memberCount, namedBefore: basis.namedInto, members },
      ],
      moved: going.members.map(({ memberId }) => ({ member: memberId, from: card.householdId, to: into.householdId })),
    },
    effects: [
      { ...unmoved(card, 'closed'), balanceCentipoints: 0, members: 0 },
      { ...unmoved(into, 'active'), balanceCentipoints: into.balanceCentipoints + balanceCentipoints, members },
    ],
  };
}

/**
 * 迁出, 去世: the points stay with those who remain. When the last one leaves, what is on the card waits for the heirs or the
 * village; a card that holds nothing is closed at once.
 */
function decideDeparture(change: Change<'departure'>, basis: HouseholdBasis): Decision {
  const { reason, leaving, newHead } = change;
  const { card, today } = basis;
  const { number, status, memberCount, householdId } = card;
  const missing = refuseMissing(card);
  if (missing) return missing;
  if (leaving > memberCount) return { refused: 'too_many_members', number, memberCount };
  const members = memberCount - leaving;
  const going = goingOf({ chosen: change.members ?? [], leaving }, basis);
  if ('refused' in going) return going;
  const about = aboutCard(card, reason);
  const { accountId, pseudonym } = card;
  const left: ActDraft = {
    type: 'household.leave',
    facts: going.facts,
    disclosed: {
      ...about.disclosed,
      members: `${memberCount} → ${members}`,
      newHead: newHead ?? undefined,
      ...going.disclosed,
    },
    account: { accountId, pseudonym },
  };
  const counted = { household: householdId, membersBefore: memberCount, namedBefore: basis.members.length, members };
  const gone = going.members.map(({ memberId }) => ({ member: memberId, from: householdId }));
  if (members > 0) {
    return {
      acts: [left],
      rows: { recalled: [], households: [{ ...counted, ...(newHead !== null && { headName: newHead }) }], left: gone },
      effects: [{ ...unmoved(card, status), headName: newHead ?? card.headName, members }],
    };
  }
  const to = card.balanceCentipoints === 0 ? 'closed' : 'frozen';
  const end: ActDraft[] =
    to === status
      ? []
      : [{ type: to === 'closed' ? 'account.close' : 'account.freeze', ...about, account: accountOf(card, to) }];
  return {
    acts: [left, ...end],
    rows: { recalled: to === 'closed' ? [number] : [], households: [{ ...counted, vacatedOn: today }], left: gone },
    effects: [{ ...unmoved(card, to), members: 0 }],
  };
}

/** 余分归村: nobody came for the points in time. */
function decideSettlement({ reason }: Change<'settlement'>, { card, today, vacancyEndsOn }: HouseholdBasis): Decision {
  const { number, status, balanceCentipoints, accountId, pseudonym } = card;
  if (status === 'closed') return { refused: 'card_closed', number };
  if (vacancyEndsOn === null) return { refused: 'household_not_vacated', number };
  if (today < vacancyEndsOn) return { refused: 'vacancy_not_over', number, day: vacancyEndsOn };
  const about = aboutCard(card, reason);
  const returned: ActDraft[] =
    balanceCentipoints === 0
      ? []
      : [
          {
            type: 'points.return',
            facts: {},
            disclosed: { card: number, household: card.headName },
            entry: { accountId, pseudonym, amountCentipoints: -balanceCentipoints, expectedN: card.lastN },
          },
        ];
  return {
    acts: [...returned, { type: 'account.close', ...about, account: accountOf(card, 'closed') }],
    rows: { ...noRows(), recalled: [number] },
    effects: [{ ...unmoved(card, 'closed'), balanceCentipoints: 0 }],
  };
}

/** Nobody comes or goes where nobody is. */
function refuseMissing({ number, status, vacatedOn }: HouseholdCard): HouseholdChangeRefusal | null {
  if (status === 'closed') return { refused: 'card_closed', number };
  return vacatedOn === null ? null : { refused: 'household_vacated', number, day: vacatedOn };
}

function refuseUnusable({ number, status, isRecalled, vacatedOn }: HouseholdCard): HouseholdChangeRefusal | null {
  if (status === 'closed') return { refused: 'card_closed', number };
  if (status === 'registered') return { refused: 'card_not_open', number };
  if (isRecalled) return { refused: 'card_recalled', number };
  if (vacatedOn !== null) return { refused: 'household_vacated', number, day: vacatedOn };
  return status === 'frozen' ? { refused: 'card_frozen', number } : null;
}

interface Movement {
  from: HouseholdCard;
  to: { accountId: number; pseudonym: string; disclosed: Record<string, string> };
  centipoints: number;
  cause: 'split' | 'merge';
  draw: HouseholdBasis['draw'];
}

/**
 * Out and in, one after the other; what comes in keeps the days from which its life counts. Why it was done stands with the
 * change alone, for these two stand in the passbooks of both households.
 */
function movePoints({ from, to, centipoints, cause, draw }: Movement): ActDraft[] {
  if (centipoints === 0) return [];
  const { accountId, pseudonym, lastN } = from;
  return [
    {
      type: 'points.transfer',
      facts: { cause },
      disclosed: { card: from.number, household: from.headName },
      // The pieces were drawn from what stood on the card at this entry.
      entry: { accountId, pseudonym, amountCentipoints: -centipoints, expectedN: lastN },
    },
    {
      type: 'points.transfer',
      facts: { cause, pieces: draw(centipoints).map((piece) => ({ ...piece })) },
      disclosed: to.disclosed,
      entry: { accountId: to.accountId, pseudonym: to.pseudonym, amountCentipoints: centipoints },
    },
  ];
}

/** What a household still owes of its deductions: whoever it goes over into pays it at once, or owes it from now on. */
function takeOver(by: HouseholdCard, of: HouseholdCard, today: string): ActDraft[] {
  const centipoints = -of.balanceCentipoints;
  const left = by.balanceCentipoints - centipoints;
  const { accountId, pseudonym, lastN } = by;
  return [
    {
      type: 'points.transfer',
      facts: { cause: 'merge', owed: true },
      disclosed: { card: by.number, household: by.headName },
      entry: {
        accountId,
        pseudonym,
        amountCentipoints: -centipoints,
        expectedN: lastN,
        leastCentipoints: Math.min(left, 0),
      },
    },
    {
      type: 'points.transfer',
      // Nothing of it grows old: it settles what is owed, and the account is closed.
      facts: { cause: 'merge', owed: true, pieces: [{ kind: 'earned', day: today, centipoints }] },
      disclosed: { card: of.number, household: of.headName },
      entry: { accountId: of.accountId, pseudonym: of.pseudonym, amountCentipoints: centipoints, expectedN: of.lastN },
    },
  ];
}
