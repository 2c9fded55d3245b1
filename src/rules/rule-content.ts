import { createHash } from 'node:crypto';
import { canonicalJson } from '../auditlog/index.ts';
import type { RuleVersion } from './village-rules.ts';

/** What a version says: everything but how it is found and where it stands. */
export type RuleContent = Omit<RuleVersion, 'pinyin' | 'initials' | 'position' | 'seq'>;

/** SHA-256 of the version's canonical JSON, hexadecimal: what its act in the public record holds. */
export function hashRuleContent(rule: RuleContent): string {
  const content = {
    form: formOf(rule),
    code: rule.code,
    version: rule.version,
    category: rule.category,
    name: rule.name,
    pointsCentipoints: rule.pointsCentipoints,
    unit: rule.unit,
    capPeriod: rule.capPeriod,
    capMaxCount: rule.capMaxCount,
    capMaxCentipoints: rule.capMaxCentipoints,
    evidence: rule.evidence,
    approvalPath: rule.approvalPath,
    effectiveFrom: rule.effectiveFrom,
    isEnded: rule.isEnded,
    meeting: rule.meeting,
    ...(rule.decidedBy !== '' && { decidedBy: rule.decidedBy }),
    ...(rule.capPer === 'person' && { capPer: rule.capPer }),
  };
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** The second form came with the name of who decided, the third with caps for each person; what was recorded without keeps its hash. */
function formOf({ capPer, decidedBy }: RuleContent): string {
  if (capPer === 'person') return 'rule-version/3';
  return decidedBy === '' ? 'rule-version/1' : 'rule-version/2';
}
