/**
 * 家庭成员: who of a household is named, and who goes. A household has as many members as it counts; some of them are named, so that an
 * act can say whom it is about. Never more are named than are counted. A name that was misspelt is corrected; it stays the same person.
 */
import type { ActDraft } from '../ledger/index.ts';
import { type DecidedChange, unmoved } from './decide-card-change.ts';
import type { HouseholdCard } from './household-card.ts';
import type { HouseholdChangeRefusal, MembersChange, NameCorrection } from './household-change.ts';
import type { Member } from './members.ts';

export interface MembersBasis {
  card: HouseholdCard;
  /** Of the household, those who are named. */
  members: readonly Member[];
  drawMember: () => string;
}

/** 登记成员, 添人: names for people who are counted already, or for people who come. */
export function decideMembersChange(
  { kind, reason, names }: MembersChange,
  { card, members, drawMember }: MembersBasis,
): HouseholdChangeRefusal | DecidedChange {
  const { number, headName, householdId, accountId, pseudonym, memberCount } = card;
  const arrived = kind === 'arrival' ? names.length : 0;
  const twice = names.find(
    (name, place) => names.indexOf(name) < place || members.some((known) => known.name === name),
  );
  if (twice !== undefined) return { refused: 'member_known', number, name: twice };
  const after = memberCount + arrived;
  const count = members.length + names.length;
  if (count > after || after > 99) return { refused: 'more_names_than_members', number, memberCount, count };
  const added = names.map((name) => ({ household: householdId, name, pseudonym: drawMember() }));
  const joined: ActDraft = {
    type: 'household.join',
    facts: { members: added.map((member) => member.pseudonym), arrived },
    disclosed: {
      card: number,
      household: headName,
      reason,
      names: names.join('、'),
      members: arrived > 0 ? `${memberCount} → ${after}` : undefined,
    },
    account: { accountId, pseudonym },
  };
  const counted = { household: householdId, membersBefore: memberCount, namedBefore: members.length, members: after };
  return {
    acts: [joined],
    rows: { recalled: [], households: [counted], added },
    effects: [{ ...unmoved(card, card.status), members: after }],
  };
}

/** 改成员姓名: the record keeps that it was corrected, and whose; what it was and is lies beside it. A head is spelt right as such too. */
export function decideCorrection(
  { reason, member: memberId, newName }: NameCorrection,
  { card, members }: MembersBasis,
): HouseholdChangeRefusal | DecidedChange {
  const { number, headName, householdId, accountId, pseudonym, memberCount } = card;
  const member = members.find((known) => known.memberId === memberId);
  if (!member) return { refused: 'unknown_member', number, name: headName };
  const { name: was } = member;
  if (was === newName) return { refused: 'name_unchanged' };
  if (members.some(({ name }) => name === newName)) return { refused: 'member_known', number, name: newName };
  const isHead = was === headName;
  const corrected: ActDraft = {
    type: 'household.correct',
    facts: { member: member.pseudonym },
    disclosed: { card: number, household: isHead ? newName : headName, reason, was, name: newName },
    account: { accountId, pseudonym },
  };
  const counted = { household: householdId, membersBefore: memberCount, namedBefore: members.length };
  return {
    acts: [corrected],
    rows: {
      recalled: [],
      households: [{ ...counted, members: memberCount, ...(isHead && { headName: newName }) }],
      corrected: [{ member: memberId, from: householdId, was, name: newName }],
    },
    effects: [{ ...unmoved(card, card.status), ...(isHead && { headName: newName }) }],
  };
}

interface Going {
  members: readonly Member[];
  facts: { members?: string[] };
  disclosed: { names?: string };
}

/** Who of the named members goes, where so many go: all when nobody stays, else those who were chosen, and whoever has this name. */
export function goingOf(
  { chosen, leaving, name }: { chosen: readonly number[]; leaving: number; name?: string },
  { card, members }: MembersBasis,
): HouseholdChangeRefusal | Going {
  const { number, memberCount } = card;
  const isAll = leaving === memberCount;
  const going = members.filter((member) => isAll || chosen.includes(member.memberId) || member.name === name);
  const isKnown = chosen.every((memberId) => members.some((member) => member.memberId === memberId));
  const staying = members.length - going.length;
  if (!isKnown || going.length > leaving || staying > memberCount - leaving) {
    return { refused: 'members_not_chosen', number, chosen: going.length, leaving };
  }
  if (going.length === 0) return { members: going, facts: {}, disclosed: {} };
  return {
    members: going,
    facts: { members: going.map(({ pseudonym }) => pseudonym) },
    disclosed: { names: going.map((member) => member.name).join('、') },
  };
}
