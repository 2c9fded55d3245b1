import { addVillagerGroups } from '../cards/index.ts';
import { adoptCatalogue } from '../goods/index.ts';
import { type FoundingTerms, openLedger } from '../ledger/index.ts';
import { addRegion } from '../people/index.ts';
import type { Tx } from '../platform/database/db.ts';
import { adoptTemplate, type RuleTerms } from '../rules/index.ts';

export interface VillageDraft {
  /** Twelve digits. */
  code: string;
  name: string;
  townshipId: number;
  isMadeUp: boolean;
  /** Names of the villager groups in their order, at least one. */
  groups: readonly string[];
  terms: FoundingTerms;
  /** Limits of the rule table, where they are not the usual ones. */
  ruleTerms?: Partial<RuleTerms> | undefined;
  recordedBy: number;
  foundedOn: string;
}

/** In order of precedence. */
export type FoundingRefusal = { refused: 'region_code_taken'; region: string };

/** A new village with the county's rule table and list of goods, an empty shelf, and a public log with its founding act. */
export async function foundVillage(tx: Tx, draft: VillageDraft): Promise<{ villageId: number } | FoundingRefusal> {
  const { code, name, townshipId, isMadeUp, groups, terms, ruleTerms, recordedBy, foundedOn } = draft;
  const added = await addRegion(tx, { code, level: 'village', name, parentId: townshipId, isMadeUp });
  if (!added) return { refused: 'region_code_taken', region: code };
  const villageId = added.regionId;
  await addVillagerGroups(tx, villageId, groups);
  await adoptTemplate(tx, villageId, { effectiveFrom: foundedOn, terms: ruleTerms });
  await adoptCatalogue(tx, villageId, terms.fenPerPoint);
  await openLedger(tx, { villageId, terms, recordedBy, occurredOn: foundedOn });
  return { villageId };
}
