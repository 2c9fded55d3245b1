/** Points move or they do not: 积分台账 and 出入库台账, kept by one database function. */
export { atOneSize } from './at-one-size.ts';
export { type CarryOutRefusal, carryOut, type Decided, type Request } from './carry-out.ts';
export { closedMonths, closedMonthsRead } from './closed-months.ts';
export { type LockedPoints, NOTHING_LOCKED } from './decide-gift-points.ts';
export {
  type Conversion,
  convertedCentipoints,
  dayAfterMonths,
  drawPieces,
  dueCentipoints,
  type LotPiece,
  type Lots,
  type PointLot,
} from './decide-lots.ts';
export type { ReversalRefusal } from './decide-reversal.ts';
export {
  decideSolvency,
  type IssueRefusal,
  type Solvency,
  type SolvencyTerms,
  type SolvencyVerdict,
} from './decide-solvency.ts';
export { firstSeqOf } from './first-seq.ts';
export { foundingDay } from './founding-day.ts';
export { FUNDS, type Fund } from './funds.ts';
export { lockedPoints } from './gift-points.ts';
export { goodsNameThen, isRestricted, newestValueFen, priceInForce, priceMethodInForce } from './goods-in-force.ts';
export { holdingSeqs, isHolding } from './held-acts.ts';
export { type HonorAccount, honorAccounts, openHonorAccounts } from './honor-accounts.ts';
export { importActs } from './import-acts.ts';
export { lotOrigin } from './lot-origin.ts';
export { type OpenLedgerInput, openLedger } from './open-ledger.ts';
export { missingWithout, pointLots } from './point-lots.ts';
export { findPosted, type PostingAnswer, postingParameter, type WriteOperation } from './post.ts';
export type {
  AccountDraft,
  AccountStatus,
  ActDraft,
  ActType,
  EntryDraft,
  LotDraft,
  MoveDraft,
  OperationKind,
  PostedAct,
  PostedOperation,
  Posting,
  PostingRefusal,
} from './posting.ts';
export { rateThen } from './rate-then.ts';
export type { ActSelection } from './recorded-acts.ts';
export { previewReversal, type ReversalInput, reverseActs } from './reverse-acts.ts';
export { isReversed } from './reversed-acts.ts';
export { solvencyBelow } from './solvency.ts';
export { type StatementLine, statement } from './statement.ts';
export { type FoundingTerms, type VillageTerms, villageTerms, villageTermsRead } from './terms.ts';
export { unsettledMost } from './unsettled-most.ts';
export { verifyBooks } from './verify-books.ts';
export { verifyEntries } from './verify-entries.ts';
export { yearEndDecision } from './year-end.ts';
