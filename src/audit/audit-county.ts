/**
 * The log of a county and every village log in it: the county's entries are checkpoints, and each must be a beginning of the
 * village's log as it stands now. A village that was rewritten after the county had seen it is found here, whoever signs it.
 */
import type { AuditReport } from './audit-log.ts';
import type { Finding } from './finding.ts';
import { followLog } from './follow-log.ts';
import type { FetchPublication } from './publications.ts';
import type { Fetch } from './served-log.ts';

export interface CountyAuditInput {
  /** The village logs of the county's log that was audited. */
  county: AuditReport;
  /** Reads the log with this code beside the county's. */
  fetchOf: (code: string) => Fetch;
  fetchPublication?: FetchPublication | undefined;
  onLog?: (origin: string) => void;
}

export interface CountyAuditReport {
  logs: AuditReport[];
}

export type CountyFinding = Finding & { origin: string };

export async function auditVillages({
  county,
  fetchOf,
  fetchPublication,
  onLog,
}: CountyAuditInput): Promise<CountyAuditReport | { finding: CountyFinding }> {
  const logs: AuditReport[] = [];
  for (const { code, vkey, heads } of county.registered) {
    const origin = heads[0]?.origin ?? code;
    onLog?.(origin);
    const known = heads.map(({ entry, ...head }) => ({ ...head, knownFrom: `number ${entry} of the county's log` }));
    const outcome = await followLog({ fetchOf, name: code, vkey, known, fetchPublication, samples: 3 });
    if ('finding' in outcome) return { finding: { ...outcome.finding, origin } };
    logs.push(outcome);
  }
  return { logs };
}
