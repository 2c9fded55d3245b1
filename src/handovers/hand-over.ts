import {
  type CarryOutRefusal,
  carryOut,
  type PostedOperation,
  type PostingAnswer,
  type WriteOperation,
} from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { type OpenRefusal, openStocktake } from '../stocktakes/index.ts';
import {
  decideOpening,
  decideSigning,
  type HandoverStateRefusal,
  isOneOf,
  nextState,
  type OpeningRefusal,
  type ShopRole,
  type SigningRefusal,
} from './decide-handover.ts';
import { type Handover, handoverById, handovers } from './handovers.ts';
import { openItems } from './open-items.ts';
import { shopPosts } from './shop-posts.ts';

interface Asker {
  villageId: number;
  personId: number;
}

interface One extends Asker {
  handoverId: number;
}

export interface OpeningInput extends Asker {
  role: ShopRole;
  fromPersonId: number;
  toPersonId: number;
  today: string;
}

/** 开始移交: by one of the two. Nothing of it is in the record until both have signed. */
export async function openHandover(
  sql: Reader,
  { villageId, personId, role, fromPersonId, toPersonId, today }: OpeningInput,
): Promise<{ handoverId: number } | OpeningRefusal> {
  const [{ posts, hasEverHadGoods }, newest] = await Promise.all([
    shopPosts(sql, { villageId, today }),
    handovers(sql, villageId, { limit: 10 }),
  ]);
  const decided = decideOpening(
    {
      fromHolds: posts.some((post) => post.personId === fromPersonId && post.role === role),
      toHolds: posts.some((post) => post.personId === toPersonId && !post.isGone),
      hasEverHadGoods,
      isUnderWay: newest.some((one) => one.role === role && isUnderWay(one)),
    },
    { fromPersonId, toPersonId },
    personId,
  );
  if ('refused' in decided) return decided;
  const [opened] = await sql<{ handoverId: number }[]>`
    insert into handover (village_id, role, state, from_person_id, to_person_id, opened_by, opened_at)
    values (${villageId}, ${role}, 'opened', ${fromPersonId}, ${toPersonId}, ${personId}, now())
        on conflict do nothing
    returning handover_id as "handoverId"`;
  return opened ?? { refused: 'handover_open_already' };
}

function isUnderWay({ state }: Pick<Handover, 'state'>): boolean {
  return state === 'opened' || state === 'counted' || state === 'listed';
}

type StepRefusal = { refused: 'unknown_handover' } | HandoverStateRefusal | { refused: 'not_your_handover' };

/** 移交盘点: a blind count by the two, like any other count; whoever of them begins it, the other one counts along. */
export async function countForHandover(
  sql: Reader,
  one: One,
): Promise<{ stocktakeId: number } | StepRefusal | OpenRefusal> {
  const found = await ownHandover(sql, one);
  if ('refused' in found) return found;
  const next = nextState(found.state, 'count');
  if ('refused' in next) return next;
  if (found.stocktakeId !== null) return { stocktakeId: found.stocktakeId };
  const secondCounter = one.personId === found.fromPersonId ? (found.toName ?? '') : found.fromName;
  return openStocktake(sql, { villageId: one.villageId, personId: one.personId, kind: 'handover', secondCounter });
}

/** 列未了事项: what is open now, as both will sign it; listed again, both sign again. */
export async function listOpenItems(sql: Reader, one: One): Promise<{ handoverId: number } | StepRefusal> {
  const { villageId, handoverId } = one;
  const found = await ownHandover(sql, one);
  if ('refused' in found) return found;
  const next = nextState(found.state, 'list');
  if ('refused' in next) return next;
  const items = await openItems(sql, villageId);
  const [listed] = await sql<{ handoverId: number }[]>`
    update handover
       set state = 'listed',
           stocktake_id = ${found.stocktakeId},
           open_items = ${JSON.stringify(items)}::text::jsonb,
           listed_at = date_trunc('milliseconds', clock_timestamp()),
           from_signed_at = null,
           to_signed_at = null
     where village_id = ${villageId}
       and handover_id = ${handoverId}
       and state in ('opened', 'listed')
    returning handover_id as "handoverId"`;
  return listed ?? { refused: 'handover_not_so_far', state: found.state };
}

/** 作废这次移交: what was counted stays counted, nothing else happened. */
export async function cancelHandover(sql: Reader, one: One): Promise<{ handoverId: number } | StepRefusal> {
  const found = await ownHandover(sql, one);
  if ('refused' in found) return found;
  const next = nextState(found.state, 'cancel');
  if ('refused' in next) return next;
  const [cancelled] = await sql<{ handoverId: number }[]>`
    update handover
       set state = 'cancelled',
           closed_at = now()
     where village_id = ${one.villageId}
       and handover_id = ${one.handoverId}
       and state in ('opened', 'listed')
    returning handover_id as "handoverId"`;
  return cancelled ?? { refused: 'handover_not_so_far', state: found.state };
}

/**
 * 签字: by one of the two, in a session of his own, under the list that he has read. With the second signature it is complete, as an
 * act of the public record. Should the program end between the two, whoever signs again completes it.
 */
export async function signHandover(
  db: Db,
  one: One & { seenListedAt: string; today: string },
): Promise<{ handoverId: number } | PostedOperation | StepRefusal | SigningRefusal | CarryOutRefusal> {
  const { villageId, personId, handoverId, seenListedAt } = one;
  const decide = async () => {
    const found = await handoverById(db.sql, villageId, handoverId);
    return found ? decideSigning(found, personId, seenListedAt) : ({ refused: 'unknown_handover' } as const);
  };
  const decided = await decide();
  if ('refused' in decided) return decided;
  const [signed] = await db.sql<{ isSignedByBoth: boolean }[]>`
    update handover
       set from_signed_at = case when from_person_id = ${personId} then coalesce(from_signed_at, now()) else from_signed_at end,
           to_signed_at = case when to_person_id = ${personId} then coalesce(to_signed_at, now()) else to_signed_at end
     where village_id = ${villageId}
       and handover_id = ${handoverId}
       and state = 'listed'
       and listed_at = ${seenListedAt}::timestamptz
    returning from_signed_at is not null and to_signed_at is not null as "isSignedByBoth"`;
  if (!signed) {
    // It has changed since it was read, so the reason is what it is now.
    const anew = await decide();
    return 'refused' in anew ? anew : { refused: 'handover_list_changed' };
  }
  return signed.isSignedByBoth ? completeHandover(db, one) : { handoverId };
}

async function completeHandover(
  db: Db,
  { villageId, personId, handoverId, today }: One & { today: string },
): Promise<PostedOperation | StepRefusal | CarryOutRefusal> {
  const request = {
    villageId,
    kind: 'handover',
    // It is complete once, however many press.
    idempotencyKey: `handover-${handoverId}-${personId}`,
    request: { handoverId },
    recordedBy: personId,
  } as const;
  return carryOut<StepRefusal>(db, request, async () => {
    const found = await handoverById(db.sql, villageId, handoverId);
    if (!found) return { refused: 'unknown_handover' };
    const next = nextState(found.state, 'complete');
    if ('refused' in next) return next;
    const { role, stocktakeSeq, openItems: items, fromName, toName } = found;
    if (stocktakeSeq === null || !items) throw new Error('what was listed has a posted count');
    return {
      acts: [
        {
          type: 'handover',
          facts: { role, stocktake: stocktakeSeq, open: items.length },
          disclosed: {
            from: fromName,
            to: toName ?? '',
            items: items.map(({ kind, seq, since }) => `${kind} ${seq ?? ''} ${since}`).join('\n'),
          },
        },
      ],
      occurredOn: today,
      // It is about no day of any record.
      isCorrection: true,
      write: completing(handoverId),
    };
  });
}

async function ownHandover(sql: Reader, { villageId, personId, handoverId }: One): Promise<Handover | StepRefusal> {
  const found = await handoverById(sql, villageId, handoverId);
  if (!found) return { refused: 'unknown_handover' };
  return isOneOf(found, personId) ? found : { refused: 'not_your_handover' };
}

/** See complete_handover.sql. */
function completing(handoverId: number): WriteOperation {
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select complete_handover(${villageId}, ${operation}::text::jsonb, ${handoverId}) as answer`;
}
