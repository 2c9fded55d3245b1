/** The village's acts in plain sentences, and mistakes taken back: 操作记录 and 冲正. */
export { ACT_KINDS, type ActKind, kindOf } from './act-kinds.ts';
export {
  type Act,
  type ActGoods,
  type ActInternals,
  type ActsWindow,
  actBySeq,
  actsOfOperation,
  readActs,
  recordedMonths,
} from './acts.ts';
export type { ReversalBasis, ReversalGoods, ReversalLine } from './reversal-basis.ts';
