import { type VillageTerms, villageTerms } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type VillageSettings, villageSettings } from '../settings/index.ts';
import type { ApprovalTerms } from './decide-claim.ts';
import type { PublicityTerms } from './decide-publicity.ts';

export interface ClaimTerms extends ApprovalTerms, PublicityTerms {
  /** How many days an objection may wait for its answer. */
  answerDays: number;
}

/** What the village decided about who agrees and how long it is posted. */
export async function claimTerms(sql: Reader, villageId: number): Promise<ClaimTerms> {
  const [settings, terms] = await Promise.all([villageSettings(sql, villageId), villageTerms(sql, villageId)]);
  return claimTermsOf(settings, terms);
}

export function claimTermsOf(
  settings: VillageSettings,
  { fenPerPoint }: Pick<VillageTerms, 'fenPerPoint'>,
): ClaimTerms {
  return {
    fenPerPoint,
    awardAboveCentipoints: settings.approvalAboveCentipoints,
    awardAboveFen: settings.approvalAboveFen,
    deductionAboveCentipoints: settings.deductionApprovalAboveCentipoints,
    reviewsEach: settings.reviewsEachAward,
    publicityDays: settings.publicityDays,
    shortPublicityDays: settings.shortPublicityDays,
    shortMostCentipoints: settings.shortPublicityMostCentipoints,
    objectionDaysAfter: settings.objectionDaysAfter,
    answerDays: settings.answerDays,
  };
}
