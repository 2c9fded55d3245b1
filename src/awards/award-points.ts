import { cardPrefixRead, cardsRead, type HouseholdCard, type Member, membersRead } from '../cards/index.ts';
import { type CountedAccount, capUsage, claimTermsOf, issueStop, usedBy, writeClaims } from '../claims/index.ts';
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
import type { StoredPhoto } from '../photos/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { readAtOnce } from '../platform/database/read-at-once.ts';
import { newPublicId } from '../platform/ids.ts';
import { photoFacts } from '../problems/index.ts';
import { remindersBefore } from '../reminders/index.ts';
import {
  foundingTermsRead,
  giftKindOf,
  isOutsideLimits,
  type Rule,
  type RuleTerms,
  ruleRead,
  ruleTermsAfter,
} from '../rules/index.ts';
import { type Decisions, decidedSettingsRead, settingsAfter, type VillageSettings } from '../settings/index.ts';
import {
  type AwardBasis,
  type AwardRefusal,
  type AwardRequest,
  decideAwardPreview,
  decideAwards,
  type NamedMembers,
} from './decide-awards.ts';

export interface AwardInput extends Omit<AwardRequest, 'photos'> {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
  photos?: readonly StoredPhoto[] | undefined;
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
  const { villageId, idempotencyKey, recordedBy, rule, occurredOn, cards, members, times = 1, note = null } = input;
  const request = {
    villageId,
    kind: 'award',
    idempotencyKey,
    request: {
      rule,
      occurredOn,
      cards,
      note,
      ...(isNamed(members) && { members: membersAsked(members) }),
      ...(times > 1 && { times }),
      ...picturesOf(input),
    },
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
  { villageId, recordedBy, today, photos = [], ...asked }: Omit<AwardInput, 'idempotencyKey'>,
  before: readonly ActDraft[] = [],
): Promise<AwardRefusal | Pick<Decided, 'acts' | 'write'>> {
  const award = { ...asked, ...photoFacts(photos) };
  const { basis, counted } = await awardBasis(sql, villageId, award, today);
  const decided = decideAwards(award, { ...basis, recordedBy });
  if ('refused' in decided) return decided;
  const acts = [...before, ...decided.acts];
  const members = basis.cards.flatMap(({ accountId: account, members: named = [] }) =>
    named.map(({ pseudonym: member }) => ({ member, account })),
  );
  if (decided.claims.length + counted.length + members.length === 0) return { acts };
  const added = decided.claims.map((claim) => ({ ...claim, act: claim.act + before.length }));
  return { acts, write: writeClaims({ accounts: counted, added, ...(members.length > 0 && { members }) }) };
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
  const { months, rule, founding, terms, decided, prefix, members, ...read } = await readAtOnce<AwardReads>(sql, {
    months: closedMonthsRead(sql, villageId),
    rule: ruleRead(sql, villageId, request.rule, occurredOn),
    founding: foundingTermsRead(sql, villageId),
    terms: villageTermsRead(sql, villageId),
    decided: decidedSettingsRead(sql, villageId),
    prefix: cardPrefixRead(sql, villageId),
    cards: cardsRead(sql, villageId, [...request.cards]),
    ...(isNamed(request.members) && { members: membersRead(sql, villageId, Object.values(request.members).flat()) }),
  });
  const cards: (HouseholdCard & { members?: Member[] })[] = members
    ? read.cards.map((card) => ({ ...card, members: membersOfCard(card, request, members) }))
    : read.cards;
  const limits = ruleTermsAfter(founding, decided);
  const settings = settingsAfter(decided);
  const basis = {
    today,
    stop: await issueStop(sql, { villageId, today }, settings),
    closedMonths: months,
    firstDay: settings.backfillDays === null ? null : addDays(today, -settings.backfillDays),
    limits,
    unsettledMostCentipoints: settings.unsettledMostCentipoints,
    approval: claimTermsOf(settings, terms),
    cardPrefix: prefix,
    drawClaimId: newPublicId,
    recordedBy: null,
  };
  if (!rule) return { basis: { ...basis, rule, cards }, counted: [] };
  const known = { ...rule, isOutsideLimits: isOutsideLimits(rule), match: matchOf(rule, settings) };
  const accountIds = cards.map(({ accountId }) => accountId);
  const before = await remindersBefore(sql, { villageId, rule, accountIds }, settings);
  const hasLimit = limits.monthMaxCentipoints !== null || limits.yearMaxCentipoints !== null;
  const isLimited = rule.capPeriod !== null || (hasLimit && rule.pointsCentipoints > 0 && !known.isOutsideLimits);
  const reminders = before?.reminders;
  if (!isLimited) return { basis: { ...basis, rule: known, reminders, cards }, counted: before?.counted ?? [] };
  // After the cards, so that an award in between makes the numbers of their last entries old.
  const named = new Map(
    cards.map(({ accountId, members: ofCard = [] }) => [accountId, ofCard.map(({ pseudonym }) => pseudonym)]),
  );
  const counted = await capUsage(sql, { villageId, accountIds, rule, members: named, occurredOn });
  const used = cards.map((card) => ({
    ...card,
    used: usedBy(counted, card.accountId),
    members: card.members?.map((member) => ({ ...member, used: usedBy(counted, card.accountId, member.pseudonym) })),
  }));
  return { basis: { ...basis, rule: known, reminders, cards: used }, counted: counted.counted };
}

/** 配比: null of what is earned, and where what is given can be spent at once. */
function matchOf(rule: Rule, { giftMatch, giftMatchEased }: VillageSettings): number | null {
  const kind = giftKindOf(rule);
  if (kind === null || giftMatch === null) return null;
  return kind === 'eased' ? giftMatchEased : giftMatch;
}

/** By what is on them: a second press of a form sends them anew, under other ids. */
function picturesOf({ photos = [] }: AwardInput) {
  return photos.length > 0 ? { photos: photos.map(({ sha256 }) => sha256) } : {};
}

function isNamed(members: AwardRequest['members']): members is NamedMembers {
  return members !== undefined && Object.keys(members).length > 0;
}

/** One who is named alone stands as a number, as before there could be several: what was sent then is still the same request. */
function membersAsked(members: NamedMembers): Record<string, number | number[]> {
  return Object.fromEntries(
    Object.entries(members).map(([card, [first = 0, ...others]]) => [
      card,
      others.length === 0 ? first : [first, ...others],
    ]),
  );
}

/** Who of those who were named lives in this household. */
function membersOfCard(
  { number, householdId }: HouseholdCard,
  request: AwardRequest,
  known: ReadonlyMap<number, Member>,
): Member[] {
  return (request.members?.[number] ?? []).flatMap((memberId) => {
    const member = known.get(memberId);
    return member?.householdId === householdId ? [member] : [];
  });
}

interface AwardReads {
  /** Only where somebody is named. */
  members?: Map<number, Member>;
  months: Set<string>;
  rule: Rule | null;
  founding: RuleTerms;
  terms: VillageTerms;
  decided: Decisions;
  prefix: string;
  cards: HouseholdCard[];
}
