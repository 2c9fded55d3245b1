/**
 * What a village may decide about its rules. No rule touches a red line, the county's rules stay within so many points of what
 * the county gives, a village's own rules are few and small, and nothing counts for days that have passed.
 */
import { type AvoidCode, forbiddenLine, type ReviewCode, reviewLine } from './decide-red-lines.ts';
import type { ApprovalPath, CapPer, CapPeriod, RuleVersion } from './village-rules.ts';

/** In order of precedence. */
export type RuleChangeRefusal =
  | { refused: 'unknown_rule'; rule: string }
  | { refused: 'rule_ended'; rule: string }
  | { refused: 'rule_effective_in_past'; today: string }
  | { refused: 'rule_effective_before_last'; day: string }
  | { refused: `red_line_${AvoidCode}`; words: string }
  | { refused: 'decision_missing'; words: string; line: ReviewCode }
  | { refused: 'too_many_own_rules'; most: number }
  | { refused: 'rule_step'; stepCentipoints: number }
  | { refused: 'rule_points_out_of_bounds'; lowestCentipoints: number; highestCentipoints: number }
  | { refused: 'rule_unchanged' };

/** What people decide about a rule. */
export interface RuleWording {
  name: string;
  pointsCentipoints: number;
  unit: string;
  capPeriod: CapPeriod | null;
  capMaxCount: number | null;
  capMaxCentipoints: number | null;
  /** Left out it stays as it is, and of a new rule it is the household's. */
  capPer?: CapPer | undefined;
  evidence: string;
  /** Left out it stays as it is. */
  approvalPath?: ApprovalPath | undefined;
}

interface Decision {
  /** A day, not in the past. */
  effectiveFrom: string;
  /** Date and number of the meeting. */
  meeting: string;
  /** Who allowed it, where the rule is about what needs a named decision. */
  decidedBy?: string | undefined;
}

export type RuleChange =
  | ({ kind: 'new'; category: string } & RuleWording & Decision)
  | ({ kind: 'change'; code: string } & RuleWording & Decision)
  | ({ kind: 'end'; code: string } & Decision);

export interface RuleChangeBasis {
  today: string;
  /** The last version of the rule that is changed. */
  last: RuleVersion | null;
  /** What the county's table gives for it; null for a rule of the village's own. */
  countyCentipoints: number | null;
  /** The village's own rules, ended ones included. */
  ownRules: readonly { code: string; isEnded: boolean }[];
  ownPrefix: string;
  /** Place in the printed table of a new rule: after all others. */
  nextPosition: number;
  ownRulesMax: number;
  ownPointsMaxCentipoints: number;
  /** In which steps the village's rules move. */
  stepCentipoints?: number | undefined;
}

export type DecidedVersion = Omit<RuleVersion, 'pinyin' | 'initials' | 'seq'>;

/** Rule values move in steps of half a point, where a village says nothing else; never in smaller ones than a tenth. */
const STEP_CENTIPOINTS = 50;
export const SMALLEST_STEP_CENTIPOINTS = 10;

/** A rule that the village makes for itself is passed like any other: the group, then the committee. */
export const OWN_APPROVAL: ApprovalPath = 'GROUP_THEN_COMMITTEE_THEN_PUBLICITY';

export function decideRuleChange(change: RuleChange, basis: RuleChangeBasis): RuleChangeRefusal | DecidedVersion {
  const { today, last } = basis;
  if (change.kind !== 'new' && !last) return { refused: 'unknown_rule', rule: change.code };
  // The county's rules can be taken up again, for they stand in its table; a rule of one's own is simply made anew.
  if (last?.isEnded && (change.kind === 'end' || basis.countyCentipoints === null)) {
    return { refused: 'rule_ended', rule: last.code };
  }
  if (change.effectiveFrom < today) return { refused: 'rule_effective_in_past', today };
  if (last && change.effectiveFrom < last.effectiveFrom) {
    return { refused: 'rule_effective_before_last', day: last.effectiveFrom };
  }
  const { effectiveFrom, meeting, decidedBy = '' } = change;
  if (change.kind === 'end') {
    if (!last) throw new Error('the rule was found');
    return { ...withoutPlace(last), version: last.version + 1, effectiveFrom, meeting, decidedBy, isEnded: true };
  }
  const touched = touchedLine(change);
  if (touched) return touched;
  if (change.kind === 'new' && basis.ownRules.filter(({ isEnded }) => !isEnded).length >= basis.ownRulesMax) {
    return { refused: 'too_many_own_rules', most: basis.ownRulesMax };
  }
  const { pointsCentipoints } = change;
  const { stepCentipoints = STEP_CENTIPOINTS } = basis;
  if (pointsCentipoints % stepCentipoints !== 0) return { refused: 'rule_step', stepCentipoints };
  const [lowestCentipoints, highestCentipoints] = pointsBounds(basis);
  if (pointsCentipoints < lowestCentipoints || pointsCentipoints > highestCentipoints) {
    return { refused: 'rule_points_out_of_bounds', lowestCentipoints, highestCentipoints };
  }
  const wording = wordingOf(change, last ?? { approvalPath: OWN_APPROVAL, capPer: 'household' });
  if (!last) {
    if (change.kind !== 'new') throw new Error('the rule was found');
    const { category } = change;
    const code = nextOwnCode(basis);
    const place = { code, version: 1, category, position: basis.nextPosition };
    return { ...place, ...wording, effectiveFrom, meeting, decidedBy, isEnded: false };
  }
  if (!last.isEnded && isSame(wordingOf(last, last), wording)) return { refused: 'rule_unchanged' };
  const version = last.version + 1;
  return { ...withoutPlace(last), ...wording, version, effectiveFrom, meeting, decidedBy, isEnded: false };
}

/** Red lines bind whatever the meeting says; what needs a named decision counts with the name of who made it. */
function touchedLine(change: RuleWording & Decision): RuleChangeRefusal | null {
  const forbidden = forbiddenLine(change);
  if (forbidden) return { refused: `red_line_${forbidden.line}`, words: forbidden.words };
  const review = reviewLine(change);
  return review && !change.decidedBy ? { refused: 'decision_missing', ...review } : null;
}

/** From the fewest to the most points that the village may set; what adds stays adding, what takes stays taking. */
export function pointsBounds({
  last,
  countyCentipoints,
  ownPointsMaxCentipoints: most,
  stepCentipoints: step = STEP_CENTIPOINTS,
}: Pick<RuleChangeBasis, 'last' | 'countyCentipoints' | 'ownPointsMaxCentipoints' | 'stepCentipoints'>): [
  number,
  number,
] {
  const middle = countyCentipoints ?? 0;
  const sign = Math.sign(last?.pointsCentipoints ?? 0);
  return [
    sign > 0 ? Math.max(step, middle - most) : middle - most,
    sign < 0 ? Math.min(-step, middle + most) : middle + most,
  ];
}

function nextOwnCode({ ownRules, ownPrefix }: RuleChangeBasis): string {
  const highest = Math.max(0, ...ownRules.map(({ code }) => Number(code.slice(ownPrefix.length))));
  return `${ownPrefix}${String(highest + 1).padStart(2, '0')}`;
}

function wordingOf(rule: RuleWording, usual: Pick<RuleVersion, 'approvalPath' | 'capPer'>) {
  const { name, pointsCentipoints, unit, capPeriod, capMaxCount, capMaxCentipoints, evidence } = rule;
  const { approvalPath = usual.approvalPath } = rule;
  // Without a cap there is nothing that could be each person's.
  const capPer = capPeriod === null ? 'household' : (rule.capPer ?? usual.capPer);
  return { name, pointsCentipoints, unit, capPeriod, capMaxCount, capMaxCentipoints, capPer, evidence, approvalPath };
}

function isSame(one: RuleWording, other: RuleWording): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function withoutPlace({ pinyin: _pinyin, initials: _initials, seq: _seq, ...version }: RuleVersion): DecidedVersion {
  return version;
}
