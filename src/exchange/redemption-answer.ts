import { z } from 'zod';
import type { PostedOperation } from '../ledger/index.ts';
import { centipoints } from '../platform/http/api-schemas.ts';

/** What a program is told of an exchange. */
export const redemptionAnswer = z.object({
  seq: z.int().meta({ description: "number in the village's public record" }),
  operation: z.string(),
  card: z.string(),
  spentCentipoints: centipoints,
  balanceAfterCentipoints: centipoints,
  recordedAt: z.iso.datetime(),
});

export function redemptionAnswerOf({ acts: [act], operationId, recordedAt }: PostedOperation, card: string) {
  return {
    seq: act?.seq ?? 0,
    operation: operationId,
    card,
    spentCentipoints: -(act?.amountCentipoints ?? 0),
    balanceAfterCentipoints: act?.balanceAfterCentipoints ?? 0,
    recordedAt,
  };
}
