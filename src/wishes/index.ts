/** 心愿墙和回音墙: what households wish, who fulfils it, and what came of it. */
export { fileWish } from './file-wish.ts';
export { keepWish } from './keep-wish.ts';
export { verifyWishes } from './verify-wishes.ts';
