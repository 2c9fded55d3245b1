/** 申报: what waits for the village's word before it becomes points, and what a household may still get. */
export { capUsage, periodBounds } from './cap-usage.ts';
export { returnClaim, withdrawClaim } from './change-claim.ts';
export { type AddedClaim, type CountedAccount, writeClaims } from './claim-rows.ts';
export { claimTerms } from './claim-terms.ts';
export { type Claim, claimsOfOperation } from './claims.ts';
export { clearClaims } from './clear-claims.ts';
export { UNUSED } from './decide-caps.ts';
export { OPEN_STATES } from './decide-claim.ts';
export { declareKin } from './declare-kin.ts';
export { fileClaim } from './file-claim.ts';
export { newestClaims } from './newest-claims.ts';
export { answerObjection, fileObjection, HOUSEHOLD_ITSELF } from './object.ts';
export { passClaims } from './pass-claims.ts';
export { postSheet } from './post-sheet.ts';
export { resubmitClaim } from './resubmit-claim.ts';
export { verifyClaims } from './verify-claims.ts';
export { waiveDuties } from './waive-duties.ts';
