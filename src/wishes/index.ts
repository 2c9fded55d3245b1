/** 心愿墙和回音墙: what households wish, who fulfils it, and what came of it. */
export type { WishEvent, WishState } from './decide-wish.ts';
export { fileWish } from './file-wish.ts';
export { keepWish } from './keep-wish.ts';
export type { PurchaseLine } from './purchase-list.ts';
export { verifyWishes } from './verify-wishes.ts';
export type { OwnVillage, OwnWish, ShownWish, WallFilter } from './wall.ts';
export type { WishPerson } from './wish-persons.ts';
export { readWishes, type Wish } from './wishes.ts';
