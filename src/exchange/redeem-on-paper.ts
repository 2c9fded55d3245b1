import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { decidePaperSlip, type PaperSlip, type PaperSlipRefusal } from './decide-paper-slip.ts';
import { decideRedemption, type RedemptionRefusal, type RedemptionRequest } from './decide-redemption.ts';
import { paperSlipBasis } from './paper-slips.ts';
import { redemptionBasis } from './redemption-basis.ts';

export interface PaperRedemption extends RedemptionRequest {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
  paper: PaperSlip;
}

/**
 * 补录纸条: the act says on which slip it was written and counts for that day, with the prices of that day; the balance and the stock
 * that it takes from are those of now. Two people signed the paper, so digits are not asked for. Posted only at the size of the record
 * at which the number was free.
 */
export async function redeemOnPaper(
  db: Db,
  input: PaperRedemption,
): Promise<PostedOperation | RedemptionRefusal | PaperSlipRefusal | CarryOutRefusal> {
  const { villageId, idempotencyKey, recordedBy, card, paper } = input;
  const lines = input.lines.map(({ code, quantity }) => ({ code, quantity }));
  const content = { card, lines, paper: { ...paper } };
  const request = { villageId, kind: 'redemption', idempotencyKey, request: content, recordedBy } as const;
  return carryOut<RedemptionRefusal | PaperSlipRefusal>(db, request, async () => {
    const previewed = await previewPaper(db, input);
    if ('refused' in previewed) return previewed;
    return {
      acts: [previewed.act],
      occurredOn: paper.day,
      isCorrection: true,
      expectedSize: previewed.logSize,
    };
  });
}

/** What the press would do. */
export async function previewPaper(db: Db, input: Omit<PaperRedemption, 'idempotencyKey' | 'recordedBy'>) {
  const { villageId, today, paper } = input;
  const { logSize, ...basis } = await paperSlipBasis(db.sql, villageId, paper.slip);
  const slip = decidePaperSlip(paper, { today, ...basis });
  if ('refused' in slip) return slip;
  const decided = decideRedemption(input, await redemptionBasis(db, { ...input, today: paper.day }));
  if ('refused' in decided) return decided;
  const { acts, spentCentipoints, balanceAfterCentipoints } = decided;
  const [act] = acts;
  return {
    act: { ...act, facts: { ...act.facts, ...slip.facts }, disclosed: { ...act.disclosed, ...slip.disclosed } },
    spentCentipoints,
    balanceAfterCentipoints,
    logSize,
  };
}
