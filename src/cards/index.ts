/** Households and their cards: 户 and 积分卡. */
export { type CardPin, cardPin, checkCardPin, hasPin, type PinCheckRefusal } from './card-pin.ts';
export { changeHousehold } from './change-household.ts';
export { changeNames } from './change-names.ts';
export { decideErasure, type ErasureRefusal } from './decide-erasure.ts';
export { expirePoints, expireYearEnd } from './expire-points.ts';
export { findCards } from './find-cards.ts';
export {
  allCards,
  cardByNumber,
  cardByToken,
  cardNumbersByToken,
  cardPrefixRead,
  cardsByNumber,
  cardsRead,
  cardToken,
  type FormerCard,
  formerCard,
  groupAndCard,
  type HouseholdCard,
  householdOfAccount,
  householdOfEntry,
  type ShownCard,
} from './household-card.ts';
export type { HouseholdChange } from './household-change.ts';
export { largestHousehold } from './household-counts.ts';
export { readHeadName, readMemberCount, readNames, readPhone } from './household-fields.ts';
export { householdMeant, householdsMeant } from './household-meant.ts';
export { maskName, type NameLevel, showName } from './mask-name.ts';
export { maskRefusal } from './mask-refusal.ts';
export { allMembers, type Member, membersOf, membersRead } from './members.ts';
export { nameLevelOf, nameSetting } from './name-level.ts';
export { nameMembers } from './name-members.ts';
export { openCards } from './open-cards.ts';
export { householdOperation } from './operation-households.ts';
export { actTold, type PassbookLine } from './passbook.ts';
export type { PendingLine, PendingOf } from './pending-line.ts';
export { noticeManyHouseholds, registerHouseholds } from './register-households.ts';
export { UNDO_MINUTES, undoableOperation } from './undoable-operation.ts';
export { verifyMembers } from './verify-members.ts';
export { addVillagerGroups, groupsWithHouseholds, villagerGroups } from './villager-groups.ts';
