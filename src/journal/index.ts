/** The village's acts in plain sentences, and mistakes taken back: 公开账本 and 冲正. */
export type { ActKind } from './act-kinds.ts';
export type { Act, ActGoods } from './acts.ts';
export type { ReversalBasis, ReversalGoods, ReversalLine } from './reversal-basis.ts';
