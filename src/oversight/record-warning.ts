import { logSize } from '../auditlog/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { openProblem, type Problem, problems } from '../problems/index.ts';
import type { Warning } from './decide-warnings.ts';

/** What makes two warnings the same finding: their code, and the goods that they are about. */
export interface WarningName {
  code: string;
  item: string | null;
}

export function nameOf(warning: Warning): WarningName {
  return { code: warning.code, item: 'goods' in warning ? warning.goods : null };
}

/** The problem that stands for a warning, as long as nobody has closed it. */
export function openProblemOf(all: readonly Problem[], { code, item }: WarningName): Problem | null {
  return (
    all.find(({ state, warning }) => state !== 'closed' && warning?.code === code && warning.item === item) ?? null
  );
}

export interface WarningRecordInput {
  villageId: number;
  warning: WarningName;
  /** What it says, in words. */
  what: string;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

export type WarningRecordRefusal = { refused: 'warning_gone' } | { refused: 'warning_on_ledger'; n: number };

/** 记入台账: a warning becomes a problem with an owner and a day; of one finding there is at most one that is open. */
export async function recordWarning(
  db: Db,
  { villageId, warning, what, idempotencyKey, recordedBy, today }: WarningRecordInput,
): Promise<PostedOperation | WarningRecordRefusal | CarryOutRefusal> {
  const request = {
    villageId,
    kind: 'problem',
    idempotencyKey,
    request: { warning: { ...warning } },
    recordedBy,
  } as const;
  return carryOut<WarningRecordRefusal>(db, request, async () => {
    // Read first: another press in between makes the posting stale, and finds the problem there.
    const expectedSize = await logSize(db.sql, villageId);
    const known = openProblemOf(await problems(db.sql, villageId), warning);
    if (known) return { refused: 'warning_on_ledger', n: known.n };
    return {
      occurredOn: today,
      acts: [openProblem({ origin: 'warning', what, warning })],
      expectedSize,
      isCorrection: true,
    };
  });
}
