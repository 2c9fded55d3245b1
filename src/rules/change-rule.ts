import {
  type CarryOutRefusal,
  carryOut,
  type Decided,
  type PostedOperation,
  type PostingAnswer,
  type WriteOperation,
} from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { textSearchKeys } from '../platform/search-keys.ts';
import { villageSettings } from '../settings/index.ts';
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

/** 改细则: what the village's meeting decided becomes a version and an act of the public record, together (change_rules.sql). */
export async function changeRule(
  db: Db,
  { villageId, idempotencyKey, recordedBy, today, change }: RuleChangeInput,
): Promise<PostedOperation | RuleChangeRefusal | CarryOutRefusal> {
  const request = { villageId, kind: 'rule', idempotencyKey, request: withoutGaps(change), recordedBy } as const;
  return carryOut<RuleChangeRefusal>(db, request, async () => {
    const decided = await previewRuleChange(db.sql, villageId, change, today);
    return 'refused' in decided ? decided : recordVersions([decided], today);
  });
}

/** What writes decided versions, one act for each. */
export function recordVersions(versions: readonly DecidedVersion[], today: string): Decided {
  return {
    occurredOn: today,
    acts: versions.map((decided) => ({
      type: 'rule.change',
      facts: {
        rule: decided.code,
        version: decided.version,
        points: decided.isEnded ? 0 : decided.pointsCentipoints,
        effective: decided.effectiveFrom,
        contentHash: hashRuleContent(decided),
        ...(decided.capPer === 'person' && !decided.isEnded && { cap: personCap(decided) }),
      },
    })),
    // It counts from its effective day on; today may lie in a month whose record is out already.
    isCorrection: true,
    write: writeVersions(versions),
  };
}

/** A cap that is each person's stands in the leaf, so that anybody can count by the drawn names of those who got points. */
function personCap({ capPeriod, capMaxCount, capMaxCentipoints }: DecidedVersion) {
  return {
    per: 'person',
    period: capPeriod,
    ...(capMaxCount !== null && { count: capMaxCount }),
    ...(capMaxCentipoints !== null && { points: Math.abs(capMaxCentipoints) }),
  };
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
  const [versions, terms, nextPosition, settings] = await Promise.all([
    code === null ? [] : ruleVersions(sql, villageId, code),
    ruleTerms(sql, villageId),
    positionAfterAll(sql, villageId),
    villageSettings(sql, villageId),
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
    stepCentipoints: settings.ruleStepCentipoints,
  };
}

/** What was left out is no part of the request: two that say the same are the same. */
export function withoutGaps(change: RuleChange) {
  return Object.fromEntries(
    Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function codeOf(change: RuleChange): string | null {
  return change.kind === 'new' ? null : change.code;
}

export async function positionAfterAll(sql: Reader, villageId: number): Promise<number> {
  const [row] = await sql<{ position: number }[]>`
    select coalesce(max(position) + 1, 0) as position
      from rule_version
     where village_id = ${villageId}`;
  return row?.position ?? 0;
}

function writeVersions(versions: readonly DecidedVersion[]): WriteOperation {
  const parameter = JSON.stringify(versions.map((version) => ({ ...version, ...textSearchKeys(version.name) })));
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select change_rules(${villageId}, ${operation}::text::jsonb, ${parameter}::text::jsonb) as answer`;
}
