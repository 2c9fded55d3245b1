import {
  type CappedRule,
  type CapUsage,
  decideCapped,
  type Limits,
  severalTimes,
  UNUSED,
} from '../claims/decide-caps.ts';
import { type ApprovalTerms, type ClaimStep, decideNeeds } from '../claims/decide-claim.ts';
import type { AddedClaim } from '../claims/index.ts';
import { type IssueRefusal, refuseIssue } from '../ledger/decide-solvency.ts';
import { decideTaking, refuseTaking, type Taking, type TakingRefusal, takingTerms } from '../ledger/decide-taking.ts';
import type { AccountStatus, ActDraft, Solvency, SolvencyTerms } from '../ledger/index.ts';
import { type DeductionGround, type DeductionRefusal, decideGround } from '../reminders/decide-reminder.ts';
import type { CapPer } from '../rules/index.ts';

/** In order of precedence; `number` names the first card that stands in the way. */
export type AwardRefusal =
  | { refused: 'date_in_future'; occurredOn: string }
  | { refused: 'month_published'; month: string }
  | { refused: 'unknown_rule'; rule: string }
  | { refused: 'counted_one_by_one' }
  | { refused: 'too_late_for_points'; occurredOn: string; firstDay: string }
  | { refused: 'duplicate_card'; number: string }
  | CardRefusal
  | IssueRefusal
  /** Not what the person saw and confirmed. */
  | { refused: 'total_changed'; confirmedCentipoints: number; totalCentipoints: number };

/** Why one card takes no part, in order of precedence. */
export type CardRefusal =
  | { refused: 'card_of_another_village'; number: string }
  | { refused: 'unknown_card'; number: string }
  | { refused: 'card_not_open'; number: string }
  | { refused: 'card_frozen'; number: string }
  | { refused: 'card_closed'; number: string }
  /** The cap is each person's: the line has to say whose. */
  | { refused: 'member_missing' | 'unknown_member'; number: string; name: string }
  | DeductionRefusal
  | { refused: 'rule_cap_reached'; number: string; name: string }
  /** `name` is the person's. */
  | { refused: 'person_cap_reached'; number: string; name: string }
  | { refused: 'month_limit_reached' | 'year_limit_reached'; number: string; name: string; mostCentipoints: number }
  | TakingRefusal;

export interface AwardRequest {
  /** Code of the rule; the rule decides whether points come or go. */
  rule: string;
  /** The day on which it happened. */
  occurredOn: string;
  /** Card numbers. */
  cards: readonly string[];
  /**
   * Whom of a household it is about, by its card number: always where the rule's cap is each person's, and then each of them has a line.
   * Where it is the household's, the line names who alone is meant.
   */
  members?: NamedMembers | undefined;
  /** 数量: for how many of the rule's units; once where nothing is said. */
  times?: number | undefined;
  note?: string | undefined;
  /** What shows it, as every act names photos. */
  photos?: readonly { photo: string; sha256: string }[] | undefined;
  /** Why they are given, where it is more than a rule: the number of the act that says so. */
  because?: { round: number } | { activity: number } | undefined;
  /** The sum that was shown; an award that would come to another one, for a limit cuts it, is refused. */
  confirmedCentipoints?: number | undefined;
}

export type NamedMembers = Readonly<Record<string, readonly number[]>>;

export interface AwardBasis {
  today: string;
  /** Where the village stops new points that it cannot stand for. */
  stop?: { figures: Solvency; terms: SolvencyTerms } | null;
  closedMonths: ReadonlySet<string>;
  /** The first day whose acts are still worth points; left out or null, every day is. */
  firstDay?: string | null | undefined;
  /** Who has to agree before it counts. */
  approval: ApprovalTerms;
  drawClaimId: () => string;
  recordedBy: number | null;
  rule: AwardRule | null;
  /** Of a deduction where the village reminds first: by the account's name in the record, what stands. */
  reminders?: DeductionTerms | undefined;
  limits: Limits;
  /** How far a household may stay behind with a deduction; null: what is larger than the balance is refused. */
  unsettledMostCentipoints?: number | null | undefined;
  /** The digits with which every card number of this village begins. */
  cardPrefix: string;
  cards: readonly AwardCard[];
}

interface AwardRule extends CappedRule {
  code: string;
  version: number;
  name: string;
  capPer: CapPer;
  /** Of points that are given: how many of them one earned point sets free. */
  match?: number | null | undefined;
}

interface DeductionTerms {
  reminderDays: number;
  isSafety: boolean;
  standing: ReadonlyMap<string, { seq: number; due: string }>;
}

interface AwardCard {
  number: string;
  accountId: number;
  pseudonym: string;
  headName: string;
  status: AccountStatus;
  balanceCentipoints: number;
  /** The account's last entry when `used` was counted. */
  lastN: number;
  /** Left out where nothing limits the rule. */
  used?: CapUsage | undefined;
  /** Who was named and lives there. */
  members?: readonly AwardMember[] | undefined;
}

interface AwardMember {
  memberId: number;
  name: string;
  pseudonym: string;
  /** Where the cap is each person's. */
  used?: CapUsage | undefined;
}

/** Whose line it is, where each person of a household has one. */
type Whose = { member?: { memberId: number; name: string } | undefined };

export interface AwardLine extends Whose {
  number: string;
  amountCentipoints: number;
  /** Who has to agree before it counts; nobody: at once. Until then the balance stays as it is. */
  needs: readonly ClaimStep[];
  balanceAfterCentipoints: number;
  /** Of a deduction: what lies beyond how far a household may stay behind, and is taken from nobody. */
  beyondCentipoints?: number;
}

/** One act for each line, all or none: what counts at once is an award, what somebody has to agree to a claim. */
export function decideAwards(
  request: AwardRequest,
  basis: AwardBasis,
): AwardRefusal | { acts: ActDraft[]; lines: AwardLine[]; claims: AddedClaim[] } {
  const rule = decideRule(request, basis);
  if ('refused' in rule) return rule;
  const twice = namedTwice(request);
  if (twice !== null) return { refused: 'duplicate_card', number: twice };
  const acts: ActDraft[] = [];
  const lines: AwardLine[] = [];
  const claims: AddedClaim[] = [];
  for (const decided of decideLines(request, rule, basis)) {
    if ('refusal' in decided) return decided.refusal;
    const { card, member, line, ground, taking } = decided;
    lines.push(line);
    const more = moreOf(rule, request);
    if (line.needs.length === 0) {
      acts.push(draftAct({ card, member }, rule, taking, { ...request, ground, more }));
    } else {
      const claim = basis.drawClaimId();
      acts.push(draftClaim({ card, member }, claim, { ...request, more }));
      claims.push({
        claim,
        account: card.accountId,
        rule: rule.code,
        version: rule.version,
        occurredOn: request.occurredOn,
        amount: line.amountCentipoints,
        needs: line.needs,
        passedBy: [],
        state: 'submitted',
        isByHousehold: false,
        recordedBy: basis.recordedBy,
        ...(member && { member: member.pseudonym }),
        ...('reminder' in ground && { reminder: ground.reminder }),
        act: acts.length,
      });
    }
  }
  const stopped = refuseTotal(lines, basis);
  if (stopped) return stopped;
  const { confirmedCentipoints } = request;
  const totalCentipoints = totalOf(lines);
  if (confirmedCentipoints !== undefined && confirmedCentipoints !== totalCentipoints) {
    return { refused: 'total_changed', confirmedCentipoints, totalCentipoints };
  }
  return { acts, lines, claims };
}

export interface AwardPreviewDecided {
  rule: AwardRule;
  lines: AwardLine[];
  refusals: LineRefusal[];
}

export type LineRefusal = CardRefusal & Whose;

/** The same decision for every line by itself: who takes part, with the balance after, and who does not, with the reason. */
export function decideAwardPreview(request: AwardRequest, basis: AwardBasis): AwardRefusal | AwardPreviewDecided {
  const rule = decideRule(request, basis);
  if ('refused' in rule) return rule;
  const lines: AwardLine[] = [];
  const refusals: LineRefusal[] = [];
  for (const decided of decideLines(request, rule, basis)) {
    if ('refusal' in decided) refusals.push({ ...decided.refusal, ...decided.whose });
    else lines.push(decided.line);
  }
  return refuseTotal(lines, basis) ?? { rule, lines, refusals };
}

function totalOf(lines: readonly AwardLine[]): number {
  return lines.reduce((sum, { amountCentipoints }) => sum + amountCentipoints, 0);
}

function refuseTotal(lines: readonly AwardLine[], { stop }: AwardBasis): IssueRefusal | null {
  return stop ? refuseIssue(stop.figures, stop.terms, totalOf(lines)) : null;
}

function decideRule({ occurredOn, rule: code, times = 1 }: AwardRequest, basis: AwardBasis): AwardRefusal | AwardRule {
  if (occurredOn > basis.today) return { refused: 'date_in_future', occurredOn };
  const month = occurredOn.slice(0, 7);
  if (basis.closedMonths.has(month)) return { refused: 'month_published', month };
  const { rule, firstDay = null } = basis;
  if (!rule) return { refused: 'unknown_rule', rule: code };
  // Four meetings are four days; four kilograms are one act.
  if (times > 1 && rule.capMaxCount !== null) return { refused: 'counted_one_by_one' };
  if (firstDay !== null && occurredOn < firstDay && rule.pointsCentipoints > 0) {
    return { refused: 'too_late_for_points', occurredOn, firstDay };
  }
  return severalTimes(rule, times);
}

/** What an act says beside its rule: for how many of its units, what sets free what is given, and what shows that it happened. */
function moreOf({ match, pointsCentipoints }: AwardRule, { times = 1, photos = [] }: AwardRequest) {
  return {
    ...(times > 1 && { times }),
    ...(match && pointsCentipoints > 0 && { match }),
    ...(photos.length > 0 && { photos: photos.map(({ photo, sha256 }) => ({ photo, sha256 })) }),
  };
}

/** The first card that stands in the list twice, or of whose household somebody is named twice. */
function namedTwice({ cards, members = {} }: AwardRequest): string | null {
  const seen = new Set<string>();
  for (const number of cards) {
    const named = members[number] ?? [];
    if (seen.has(number) || new Set(named).size < named.length) return number;
    seen.add(number);
  }
  return null;
}

type DecidedLine =
  | { refusal: CardRefusal; whose: Whose }
  | { card: AwardCard; member: AwardMember | undefined; line: AwardLine; ground: DeductionGround; taking: Taken };

type Taken = Exclude<Taking, string>;

/** Of every card once, in their order; of a rule whose cap is each person's a line for each who is named. */
function decideLines(request: AwardRequest, rule: AwardRule, basis: AwardBasis): DecidedLine[] {
  const { occurredOn, members = {} } = request;
  const byNumber = new Map(basis.cards.map((card) => [card.number, card]));
  return [...new Set(request.cards)].flatMap((number) => {
    const card = byNumber.get(number);
    if (!card) return { refusal: strangerOf(number, basis), whose: {} };
    const named = members[number] ?? [];
    const refusal = refuseCard(card) ?? refuseMembers(card, rule, named);
    if (refusal) return { refusal, whose: {} };
    if (rule.capPer === 'person') return linesOfPersons(card, named, rule, { ...basis, occurredOn });
    // An act names one person at most: where several came, it is the household's alone.
    const member = named.length === 1 ? card.members?.find(({ memberId }) => memberId === named[0]) : undefined;
    return decideLine(card, { member, whose: {} }, rule, { ...basis, occurredOn });
  });
}

type LineBasis = AwardBasis & Pick<AwardRequest, 'occurredOn'>;

/** One after the other: what the first of a household gets is on its card, and counted, when the next one's turn comes. */
function linesOfPersons(card: AwardCard, named: readonly number[], rule: AwardRule, basis: LineBasis): DecidedLine[] {
  let { balanceCentipoints } = card;
  let { reminders } = basis;
  let givenCentipoints = 0;
  return named.map((memberId): DecidedLine => {
    const member = card.members?.find((one) => one.memberId === memberId);
    if (!member) return { refusal: { refused: 'unknown_member', number: card.number, name: card.headName }, whose: {} };
    const whose = { member: { memberId, name: member.name } };
    const used = member.used && withGiven(member.used, givenCentipoints);
    const decided = decideLine({ ...card, balanceCentipoints, used }, { member, whose }, rule, { ...basis, reminders });
    if ('refusal' in decided) return decided;
    balanceCentipoints = decided.line.balanceAfterCentipoints;
    if ('reminder' in decided.ground) reminders = withoutReminder(reminders, card);
    if (!rule.isOutsideLimits) givenCentipoints += Math.max(decided.line.amountCentipoints, 0);
    return decided;
  });
}

/** One reminder is for one deduction. */
function withoutReminder(reminders: DeductionTerms | undefined, { pseudonym }: AwardCard): DeductionTerms | undefined {
  if (!reminders) return reminders;
  return { ...reminders, standing: new Map([...reminders.standing].filter(([account]) => account !== pseudonym)) };
}

/** What the household got by the lines before, in its month and in its year. */
function withGiven(used: CapUsage, centipoints: number): CapUsage {
  return {
    ...used,
    monthCentipoints: used.monthCentipoints + centipoints,
    yearCentipoints: used.yearCentipoints + centipoints,
  };
}

function strangerOf(number: string, { cardPrefix }: Pick<AwardBasis, 'cardPrefix'>): CardRefusal {
  return { refused: number.startsWith(cardPrefix) ? 'unknown_card' : 'card_of_another_village', number };
}

function refuseCard({ number, status }: AwardCard): CardRefusal | null {
  if (status === 'registered') return { refused: 'card_not_open', number };
  if (status === 'frozen') return { refused: 'card_frozen', number };
  if (status === 'closed') return { refused: 'card_closed', number };
  return null;
}

function refuseMembers(
  { number, headName: name, members = [] }: AwardCard,
  { capPer }: AwardRule,
  named: readonly number[],
): CardRefusal | null {
  if (named.length === 0) return capPer === 'person' ? { refused: 'member_missing', number, name } : null;
  // Of several one may be right, and is asked about by itself.
  const isKnown = (memberId: number) => members.some((member) => member.memberId === memberId);
  const isRight = capPer === 'person' ? named.some(isKnown) : named.every(isKnown);
  return isRight ? null : { refused: 'unknown_member', number, name };
}

function decideLine(
  card: AwardCard,
  { member, whose }: { member: AwardMember | undefined; whose: Whose },
  rule: AwardRule,
  { limits, approval, reminders, occurredOn, unsettledMostCentipoints = null }: LineBasis,
): DecidedLine {
  const { number, balanceCentipoints, headName: name } = card;
  const refuse = (refusal: CardRefusal) => ({ refusal, whose });
  const ground = groundOf(card, rule, occurredOn, reminders);
  if ('refused' in ground) return refuse(ground);
  const amountCentipoints = decideCapped(rule, limits, card.used ?? UNUSED);
  if (amountCentipoints === 'rule_cap_reached') {
    return rule.capPer === 'person' && member
      ? refuse({ refused: 'person_cap_reached', number, name: member.name })
      : refuse({ refused: amountCentipoints, number, name });
  }
  if (typeof amountCentipoints === 'string') {
    const most = amountCentipoints === 'month_limit_reached' ? limits.monthMaxCentipoints : limits.yearMaxCentipoints;
    return refuse({ refused: amountCentipoints, number, name, mostCentipoints: most ?? 0 });
  }
  const taking = decideTaking(amountCentipoints, balanceCentipoints, unsettledMostCentipoints);
  if (typeof taking === 'string') {
    return refuse(refuseTaking(taking, { number, name, balanceCentipoints, amountCentipoints }));
  }
  const needs = decideNeeds(amountCentipoints, approval);
  // What waits is worth all of it: how much of it can be taken is for the day on which it counts.
  const waiting = { amountCentipoints, balanceAfterCentipoints: balanceCentipoints };
  const line = needs.length > 0 ? waiting : { ...takenOf(taking), balanceAfterCentipoints: taking.leftCentipoints };
  return { card, member, ground, taking, line: { number, ...whose, needs, ...line } };
}

function takenOf({ amountCentipoints, beyondCentipoints }: Taken) {
  return { amountCentipoints, ...(beyondCentipoints > 0 && { beyondCentipoints }) };
}

function groundOf(
  { number, headName: name, pseudonym }: AwardCard,
  { code, pointsCentipoints }: AwardRule,
  occurredOn: string,
  reminders: DeductionTerms | undefined,
): DeductionRefusal | DeductionGround {
  if (pointsCentipoints > 0 || !reminders) return {};
  const rule = { code, isSafety: reminders.isSafety };
  return decideGround(
    { number, name, rule, occurredOn, standing: reminders.standing.get(pseudonym) ?? null },
    reminders,
  );
}

type More = ReturnType<typeof moreOf>;

/** Whom a line is about. */
type Whom = { card: AwardCard; member: AwardMember | undefined };

function draftAct(
  { card, member }: Whom,
  rule: AwardRule,
  taking: Taken,
  { note, because, ground, more }: AwardRequest & { ground: DeductionGround; more: More },
): ActDraft {
  const { number, headName, accountId, pseudonym, lastN, used } = card;
  const { amountCentipoints, beyondCentipoints: beyond } = taking;
  return {
    type: rule.pointsCentipoints > 0 ? 'points.award' : 'points.deduct',
    facts: {
      rule: rule.code,
      version: rule.version,
      ...more,
      ...because,
      ...ground,
      ...(member && { member: member.pseudonym }),
      ...(beyond > 0 && { beyond }),
    },
    disclosed: { card: number, household: headName, member: member?.name, note },
    entry: {
      accountId,
      pseudonym,
      amountCentipoints,
      // Another award in the meantime would leave less room, and another deduction use up the reminder, so whatever the account got
      // since is looked at again.
      ...((used || 'reminder' in ground) && { expectedN: lastN }),
      ...takingTerms(taking, lastN),
    },
  };
}

/** What it is about stands in the record when it counts; until then the record says only that something waits. */
function draftClaim(
  { card, member }: Whom,
  claim: string,
  { note, because, more }: AwardRequest & { more: More },
): ActDraft {
  const { number, headName, accountId, pseudonym } = card;
  return {
    type: 'claim.submit',
    facts: { claim, ...more, ...because },
    disclosed: { card: number, household: headName, member: member?.name, note },
    account: { accountId, pseudonym },
  };
}

/** What would stand against any new point at all: said before somebody fills in a form. */
export function decideStop(stop: AwardBasis['stop']): IssueRefusal | null {
  return stop ? refuseIssue(stop.figures, stop.terms, 1) : null;
}
