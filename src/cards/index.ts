/** Households and their cards: 户 and 积分卡. */
export type { OpeningRefusal } from './decide-openings.ts';
export {
  allCards,
  type CardSearch,
  cardByNumber,
  cardByToken,
  cardNumbersByToken,
  cardPrefix,
  cardsByNumber,
  cardToken,
  findCards,
  type HouseholdCard,
} from './household-card.ts';
export { maskName } from './mask-name.ts';
export { type OpeningInput, openCards } from './open-cards.ts';
export { type HouseholdOperation, householdOperation, type OperationLine } from './operation-households.ts';
export { type HouseholdDraft, registerHouseholds } from './register-households.ts';
export { addVillagerGroups, type VillagerGroup, villagerGroups } from './villager-groups.ts';
