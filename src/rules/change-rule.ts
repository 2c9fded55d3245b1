import {
  type CarryOutRefusal,
  carryOut,
  type PostedOperation,
  type PostingAnswer,
  type WriteOperation,
} from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { textSearchKeys } from '../platform/search-keys.ts';
import { countyCentipoints } from './adopt-template.ts';
import {
  type DecidedVersion,
  decideRuleChange,
  type RuleChange,
  type RuleChangeBasis,
  type RuleChangeRefusal,
} from './decide-rule-change.ts';
import { hashRuleContent } from './rule-content.ts';
import { ruleTerms } from './rule-terms.ts';
import { OWN_RULE_PREFIX, ownRules, ruleVersions } from './village-rules.ts';

export interface RuleChangeInput {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
  change: RuleChange;
}

/** 改细则: what the village's meeting decided becomes a version and an act of the public record, together (change_rule.sql). */
export async function changeRule(
  db: Db,
  { villageId, idempotencyKey, recordedBy, today, change }: RuleChangeInput,
): Promise<PostedOperation | RuleChangeRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'rule', idempotencyKey, request: withoutGaps(change), recordedBy } as const;
  return carryOut<RuleChangeRefusal>(db, request, async () => {
    const decided = await previewRuleChange(db.sql, villageId, change, today);
    if ('refused' in decided) return decided;
    const { code, version, effectiveFrom, isEnded, pointsCentipoints } = decided;
    return {
      occurredOn: today,
      acts: [
        {
          type: 'rule.change',
          facts: {
            rule: code,
            version,
            points: isEnded ? 0 : pointsCentipoints,
            effective: effectiveFrom,
            contentHash: hashRuleContent(decided),
          },
        },
      ],
      // It counts from its effective day on; today may lie in a month whose record is out already.
      isCorrection: true,
      write: writeVersion(decided),
    };
  });
}

/** The same decision without the posting: the version that would come, or what stands against it. */
export async function previewRuleChange(
  sql: Reader,
  villageId: number,
  change: RuleChange,
  today: string,
): Promise<RuleChangeRefusal | DecidedVersion> {
  return decideRuleChange(change, await ruleChangeBasis(sql, villageId, codeOf(change), today));
}

export async function ruleChangeBasis(
  sql: Reader,
  villageId: number,
  code: string | null,
  today: string,
): Promise<RuleChangeBasis> {
  // Before the place in the table: a rule that comes in between then takes the code as well, and everything is read again.
  const own = await ownRules(sql, villageId);
  const [versions, terms, nextPosition] = await Promise.all([
    code === null ? [] : ruleVersions(sql, villageId, code),
    ruleTerms(sql, villageId),
    positionAfterAll(sql, villageId),
  ]);
  return {
    today,
    last: versions[0] ?? null,
    countyCentipoints: code === null ? null : countyCentipoints(code),
    ownRules: own,
    ownPrefix: OWN_RULE_PREFIX,
    nextPosition,
    ownRulesMax: terms.ownRulesMax,
    ownPointsMaxCentipoints: terms.ownPointsMaxCentipoints,
  };
}

/** What was left out is no part of the request: two that say the same are the same. */
function withoutGaps(change: RuleChange) {
  return Object.fromEntries(
    Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function codeOf(change: RuleChange): string | null {
  return change.kind === 'new' ? null : change.code;
}

async function positionAfterAll(sql: Reader, villageId: number): Promise<number> {
  const [row] = await sql<{ position: number }[]>`
    select coalesce(max(position) + 1, 0) as position
      from rule_version
     where village_id = ${villageId}`;
  return row?.position ?? 0;
}

function writeVersion(version: DecidedVersion): WriteOperation {
  const parameter = JSON.stringify({ ...version, ...textSearchKeys(version.name) });
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select change_rule(${villageId}, ${operation}::text::jsonb, ${parameter}::text::jsonb) as answer`;
}
