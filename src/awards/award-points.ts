import { cardPrefixRead, cardsRead, type HouseholdCard } from '../cards/index.ts';
import { type CountedAccount, capUsage, claimTermsOf, issueStop, UNUSED, writeClaims } from '../claims/index.ts';
import {
  type ActDraft,
  type CarryOutRefusal,
  carryOut,
  closedMonthsRead,
  type Decided,
  type PostedOperation,
  type VillageTerms,
  villageTermsRead,
} from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { readAtOnce } from '../platform/database/read-at-once.ts';
import { newPublicId } from '../platform/ids.ts';
import { remindersBefore } from '../reminders/index.ts';
import {
  foundingTermsRead,
  isOutsideLimits,
  type Rule,
  type RuleTerms,
  ruleRead,
  ruleTermsAfter,
} from '../rules/index.ts';
import { type Decisions, decidedSettingsRead, settingsAfter } from '../settings/index.ts';
import {
  type AwardBasis,
  type AwardRefusal,
  type AwardRequest,
  decideAwardPreview,
  decideAwards,
} from './decide-awards.ts';

export interface AwardInput extends AwardRequest {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

/** The most households that one request may name. */
export const MOST_CARDS = 2000;

/**
 * 加分 and 扣分: one rule, one day, any number of households; all or none. What the village wants somebody to agree to first becomes
 * a claim instead and moves no points yet.
 */
export async function awardPoints(
  db: Db,
  input: AwardInput,
): Promise<PostedOperation | AwardRefusal | CarryOutRefusal> {
  const { villageId, idempotencyKey, recordedBy, rule, occurredOn, cards, note = null } = input;
  const request = {
    villageId,
    kind: 'award',
    idempotencyKey,
    request: { rule, occurredOn, cards, note },
    recordedBy,
  } as const;
  return carryOut<AwardRefusal>(db, request, async () => {
    const drafted = await draftAwards(db.sql, input);
    return 'refused' in drafted ? drafted : { ...drafted, occurredOn };
  });
}

/**
 * The same decision for a folder that posts it with acts of its own, which come `before` it: what to post, and with which call where
 * it is more than acts.
 */
export async function draftAwards(
  sql: Reader,
  { villageId, recordedBy, today, ...award }: Omit<AwardInput, 'idempotencyKey'>,
  before: readonly ActDraft[] = [],
): Promise<AwardRefusal | Pick<Decided, 'acts' | 'write'>> {
  const { basis, counted } = await awardBasis(sql, villageId, award, today);
  const decided = decideAwards(award, { ...basis, recordedBy });
  if ('refused' in decided) return decided;
  const acts = [...before, ...decided.acts];
  if (decided.claims.length === 0 && counted.length === 0) return { acts };
  const added = decided.claims.map((claim) => ({ ...claim, act: claim.act + before.length }));
  return { acts, write: writeClaims({ accounts: counted, added }) };
}

/** The same decision without the posting, card by card, for the preview that shows each balance after. */
export async function previewAwards(sql: Reader, villageId: number, request: AwardRequest, today: string) {
  const { basis } = await awardBasis(sql, villageId, request, today);
  return decideAwardPreview(request, basis);
}

interface CountedBasis {
  basis: AwardBasis;
  /** Of whose claims the limits were counted: another one in the meantime would leave less room. */
  counted: CountedAccount[];
}

async function awardBasis(sql: Reader, villageId: number, request: AwardRequest, today: string): Promise<CountedBasis> {
  const { occurredOn } = request;
  const { months, rule, founding, terms, decided, prefix, cards } = await readAtOnce<AwardReads>(sql, {
    months: closedMonthsRead(sql, villageId),
    rule: ruleRead(sql, villageId, request.rule, occurredOn),
    founding: foundingTermsRead(sql, villageId),
    terms: villageTermsRead(sql, villageId),
    decided: decidedSettingsRead(sql, villageId),
    prefix: cardPrefixRead(sql, villageId),
    cards: cardsRead(sql, villageId, [...request.cards]),
  });
  const limits = ruleTermsAfter(founding, decided);
  const settings = settingsAfter(decided);
  const basis = {
    today,
    stop: await issueStop(sql, { villageId, today }, settings),
    closedMonths: months,
    limits,
    unsettledMostCentipoints: settings.unsettledMostCentipoints,
    approval: claimTermsOf(settings, terms),
    cardPrefix: prefix,
    drawClaimId: newPublicId,
    recordedBy: null,
  };
  if (!rule) return { basis: { ...basis, rule, cards }, counted: [] };
  const known = { ...rule, isOutsideLimits: isOutsideLimits(rule) };
  const accountIds = cards.map(({ accountId }) => accountId);
  const before = await remindersBefore(sql, { villageId, rule, accountIds }, settings);
  const hasLimit = limits.monthMaxCentipoints !== null || limits.yearMaxCentipoints !== null;
  const isLimited = rule.capPeriod !== null || (hasLimit && rule.pointsCentipoints > 0 && !known.isOutsideLimits);
  const reminders = before?.reminders;
  if (!isLimited) return { basis: { ...basis, rule: known, reminders, cards }, counted: before?.counted ?? [] };
  // After the cards, so that an award in between makes the numbers of their last entries old.
  const { usage, counted } = await capUsage(sql, { villageId, accountIds, rule, occurredOn });
  const used = cards.map((card) => ({ ...card, used: usage.get(card.accountId) ?? UNUSED }));
  return { basis: { ...basis, rule: known, reminders, cards: used }, counted };
}

interface AwardReads {
  months: Set<string>;
  rule: Rule | null;
  founding: RuleTerms;
  terms: VillageTerms;
  decided: Decisions;
  prefix: string;
  cards: HouseholdCard[];
}
