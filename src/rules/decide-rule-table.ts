/**
 * 细则表一次记上: what becomes of each row of a table, decided one after the other as if each were recorded before the next. So a
 * sixth rule of the village's own finds five, and a rule that is ended makes room for another.
 */
import {
  type DecidedVersion,
  decideRuleChange,
  type RuleChange,
  type RuleChangeRefusal,
} from './decide-rule-change.ts';
import type { RuleVersion } from './village-rules.ts';

export interface RuleTableBasis {
  today: string;
  /** The last version of every rule, those to come and ended ones included. */
  last: readonly RuleVersion[];
  countyCentipoints: (code: string) => number | null;
  isOwn: (code: string) => boolean;
  ownPrefix: string;
  nextPosition: number;
  ownRulesMax: number;
  ownPointsMaxCentipoints: number;
  stepCentipoints?: number | undefined;
}

export type DecidedRow =
  | { outcome: 'new' | 'change' | 'end'; after: DecidedVersion; before: RuleVersion | null }
  | { outcome: 'same' }
  | { outcome: 'problem'; refusal: RuleChangeRefusal | { refused: 'rule_twice' } };

/** As each is asked for. */
export function* decideRuleTable(changes: readonly RuleChange[], basis: RuleTableBasis): Generator<DecidedRow> {
  const { today, ownPrefix, ownRulesMax, ownPointsMaxCentipoints, stepCentipoints } = basis;
  const known = new Map(basis.last.map((rule) => [rule.code, rule]));
  const own = new Map(basis.last.filter(({ code }) => basis.isOwn(code)).map(({ code, isEnded }) => [code, isEnded]));
  const seen = new Set<string>();
  let { nextPosition } = basis;
  const decide = (change: RuleChange): DecidedRow => {
    const named = change.kind === 'new' ? `new ${change.name}` : change.code;
    if (seen.has(named)) return { outcome: 'problem', refusal: { refused: 'rule_twice' } };
    seen.add(named);
    const code = change.kind === 'new' ? null : change.code;
    const before = (code !== null && known.get(code)) || null;
    const after = decideRuleChange(change, {
      today,
      last: before,
      countyCentipoints: code === null ? null : basis.countyCentipoints(code),
      ownRules: [...own].map(([ownCode, isEnded]) => ({ code: ownCode, isEnded })),
      ownPrefix,
      nextPosition,
      ownRulesMax,
      ownPointsMaxCentipoints,
      stepCentipoints,
    });
    if ('refused' in after) {
      // A rule that is ended already, or stands as it is written, needs nothing.
      const isSame = after.refused === 'rule_unchanged' || (after.refused === 'rule_ended' && change.kind === 'end');
      return isSame ? { outcome: 'same' } : { outcome: 'problem', refusal: after };
    }
    if (change.kind === 'new') nextPosition += 1;
    if (basis.isOwn(after.code)) own.set(after.code, after.isEnded);
    return { outcome: change.kind, after, before };
  };
  for (const change of changes) yield decide(change);
}
