import { z } from 'zod';
import { translate } from '../../views/shared/dictionary.ts';
import { undoableOperation } from '../cards/index.ts';
import { reverseActs } from '../ledger/index.ts';
import { viewerOf, villageOf } from '../people/index.ts';
import { lastOf } from '../platform/http/form-fields.ts';
import type { Routes } from '../platform/http/route-services.ts';

const undoing = z.object({
  operation: z.preprocess(lastOf, z.string().regex(/^[A-Z2-9]{16}$/)),
  idempotencyKey: z.preprocess(lastOf, z.string().min(1).max(200)),
});

/**
 * Takes back at once what the same person recorded minutes ago. Nobody proves anew who they are for it: it can only make undone what
 * this person has just done. Where more is to be said, the page for reversals says it.
 */
export const undoRoutes: Routes = async (app, { db }) => {
  app.post('/villages/:village/undoings', { config: { access: 'act.reverse' } }, async (request, reply) => {
    const { villageId, code } = villageOf(request);
    const form = undoing.safeParse(request.body);
    if (!form.success) return reply.refuse({ refused: 'unknown_act' });
    const { operation: operationId, idempotencyKey } = form.data;
    const { personId } = viewerOf(request);
    const lines = await undoableOperation(db.sql, { villageId, operationId, personId });
    const reason = translate(request.locale)('journal.reversal.reason.undo');
    const by = { villageId, idempotencyKey, recordedBy: personId, which: { operationId }, reason };
    // A second press finds it undone: its key still leads to what the first one did.
    const isRepeat = lines === null && (await isUndone(villageId, idempotencyKey));
    const outcome = lines || isRepeat ? await reverseActs(db, by) : { refused: 'not_undoable' };
    return reply.redirect(
      'refused' in outcome
        ? `/villages/${code}/reversals/new?operation=${operationId}`
        : `/villages/${code}/reversals/${outcome.operationId}`,
      303,
    );
  });

  async function isUndone(villageId: number, idempotencyKey: string): Promise<boolean> {
    const found = await db.sql`
      select
        from operation
       where village_id = ${villageId}
         and idempotency_key = ${idempotencyKey}
         and kind = 'reversal'`;
    return found.length > 0;
  }
};
