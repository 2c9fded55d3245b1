import type { Cause } from '../goods/index.ts';
import {
  type CarryOutRefusal,
  carryOut,
  type PostedOperation,
  type PostingAnswer,
  type WriteOperation,
} from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { openProblem } from '../problems/index.ts';
import {
  decidePosting,
  nextState,
  type PostRefusal,
  type StateRefusal,
  type StocktakeEvent,
  uncounted,
} from './decide-stocktake.ts';
import { countLines, postingBasis, type StocktakeKind, stocktakes } from './stocktake.ts';

interface Asker {
  villageId: number;
  personId: number;
}

/** In order of precedence. */
export type OpenRefusal =
  | { refused: 'second_counter_needed' }
  | { refused: 'second_counter_is_you' }
  | { refused: 'stocktake_open_already' };

/** 开始盘点: keeps the place in the record. Nobody counts alone, and a village has one count at a time. */
export async function openStocktake(
  sql: Reader,
  { villageId, personId, kind, secondCounter }: Asker & { kind: StocktakeKind; secondCounter: string },
): Promise<{ stocktakeId: number } | OpenRefusal> {
  const name = secondCounter.replace(/\s+/g, '');
  if (name === '') return { refused: 'second_counter_needed' };
  const [opened] = await sql<{ stocktakeId: number | null; isSelf: boolean }[]>`
    with asker as (
      select replace(display_name, ' ', '') = ${name} as is_self
        from person
       where person_id = ${personId}
    ),
    opened as (
      insert into stocktake (village_id, kind, state, opened_by, opened_at, cursor, second_counter)
      select ${villageId}, ${kind}, 'counting', ${personId}, now(), log_head.size, ${secondCounter.trim()}
        from log_head, asker
       where log_head.village_id = ${villageId}
         and not asker.is_self
          on conflict do nothing
      returning stocktake_id
    )
    select (select stocktake_id from opened) as "stocktakeId",
           is_self as "isSelf"
      from asker`;
  if (opened?.isSelf) return { refused: 'second_counter_is_you' };
  return opened?.stocktakeId ? { stocktakeId: opened.stocktakeId } : { refused: 'stocktake_open_already' };
}

interface One extends Asker {
  stocktakeId: number;
}

export type CountRefusal = { refused: 'unknown_stocktake' } | StateRefusal;

export interface CountInput extends One {
  /** By the goods' codes; a code that is not there is passed over. */
  counts: readonly { code: string; counted: number }[];
  /** When it was counted, where it was written on paper first. */
  countedAt?: Date | undefined;
}

/** 记数: what is there, without what should be there. A count may be corrected until it is reviewed. */
export async function saveCounts(
  sql: Reader,
  { villageId, personId, stocktakeId, counts, countedAt }: CountInput,
): Promise<{ saved: number } | CountRefusal> {
  const refusal = await refuseEvent(sql, { villageId, stocktakeId }, 'count');
  if (refusal) return refusal;
  const [saved] = await sql<{ isOpen: boolean; saved: number }[]>`
    with open as (
      select stocktake_id, cursor
        from stocktake
       where village_id = ${villageId}
         and stocktake_id = ${stocktakeId}
         and state = 'counting'
         for update
    ),
    place as (
      select greatest(
               open.cursor,
               case when ${countedAt ?? null}::timestamptz is null
                    then (select size from log_head where village_id = ${villageId})
                    else (
                      select coalesce(max(seq) + 1, 0)
                        from act
                       where village_id = ${villageId}
                         and recorded_at <= ${countedAt ?? null}::timestamptz
                    )
               end
             ) as cursor
        from open
    ),
    written as (
      insert into stocktake_line (village_id, stocktake_id, goods_id, counted, cursor, counted_by)
      select ${villageId}, ${stocktakeId}, goods.goods_id, counts.counted, place.cursor, ${personId}
        from place,
             jsonb_to_recordset(${JSON.stringify(counts)}::text::jsonb) as counts(code text, counted integer)
        join goods
          on goods.village_id = ${villageId}
         and goods.code = counts.code
          on conflict on constraint stocktake_line_pk do update
         set counted = excluded.counted,
             cursor = excluded.cursor,
             counted_by = excluded.counted_by,
             cause = null
       where stocktake_line.counted <> excluded.counted
      returning goods_id
    )
    select exists (select from open) as "isOpen",
           (select count(*)::integer from written) as saved`;
  return saved?.isOpen ? { saved: saved.saved } : { refused: 'stocktake_not_so_far', state: 'reviewing' };
}

export type MoveOnRefusal = CountRefusal | { refused: 'not_all_counted'; count: number };

/** To the review, back to the counting, or to nothing at all. */
export async function moveOn(
  sql: Reader,
  { villageId, personId, stocktakeId }: One,
  event: 'review' | 'recount' | 'abandon',
): Promise<{ stocktakeId: number } | MoveOnRefusal> {
  const [found] = await stocktakes(sql, villageId, { stocktakeId, limit: 1 });
  if (!found) return { refused: 'unknown_stocktake' };
  const next = nextState(found.state, event);
  if ('refused' in next) return next;
  if (event === 'review') {
    const left = uncounted(await countLines(sql, villageId, found));
    if (left > 0) return { refused: 'not_all_counted', count: left };
  }
  const isEnd = next.state === 'abandoned';
  const [moved] = await sql<{ stocktakeId: number }[]>`
    update stocktake
       set state = ${next.state},
           reviewed_by = case when ${event} = 'review' then ${personId}::integer else reviewed_by end,
           closed_by = case when ${isEnd} then ${personId}::integer end,
           closed_at = case when ${isEnd} then now() end
     where village_id = ${villageId}
       and stocktake_id = ${stocktakeId}
       and state = ${found.state}
    returning stocktake_id as "stocktakeId"`;
  return moved ?? { refused: 'stocktake_not_so_far', state: next.state };
}

/** Why there is more or less: a press for each difference. */
export async function nameCauses(
  sql: Reader,
  { villageId, stocktakeId, causes }: Omit<One, 'personId'> & { causes: readonly { code: string; cause: Cause }[] },
): Promise<{ stocktakeId: number } | CountRefusal> {
  const refusal = await refuseEvent(sql, { villageId, stocktakeId }, 'post');
  if (refusal) return refusal;
  await sql`
    with open as (
      select stocktake_id
        from stocktake
       where village_id = ${villageId}
         and stocktake_id = ${stocktakeId}
         and state = 'reviewing'
         for update
    )
    update stocktake_line
       set cause = named.cause
      from open,
           jsonb_to_recordset(${JSON.stringify(causes)}::text::jsonb) as named(code text, cause text)
      join goods
        on goods.village_id = ${villageId}
       and goods.code = named.code
     where stocktake_line.village_id = ${villageId}
       and stocktake_line.stocktake_id = open.stocktake_id
       and stocktake_line.goods_id = goods.goods_id`;
  return { stocktakeId };
}

/** 记账: the count and each of its differences become acts of the record; what somebody has to look into is a problem with them. */
export async function postStocktake(
  db: Db,
  { villageId, personId, stocktakeId, today }: One & { today: string },
): Promise<PostedOperation | { refused: 'unknown_stocktake' } | PostRefusal | CarryOutRefusal> {
  const request = {
    villageId,
    kind: 'stocktake',
    // A count is posted once, however many press; who comes second is told that it is.
    idempotencyKey: `stocktake-${stocktakeId}-${personId}`,
    request: { stocktakeId },
    recordedBy: personId,
  } as const;
  return carryOut<{ refused: 'unknown_stocktake' } | PostRefusal>(db, request, async () => {
    const basis = await postingBasis(db.sql, villageId, stocktakeId);
    if (!basis) return { refused: 'unknown_stocktake' };
    const decided = decidePosting(basis, personId);
    if ('refused' in decided) return decided;
    const { acts, finding } = decided;
    return {
      acts:
        finding === null ? acts : [...acts, openProblem({ origin: 'stocktake', what: finding, act: basis.logSize })],
      occurredOn: today,
      isCorrection: true,
      // The adjustments and the problem name the count's own number.
      expectedSize: basis.logSize,
      write: posting(stocktakeId, basis.linesSeen),
    };
  });
}

async function refuseEvent(
  sql: Reader,
  { villageId, stocktakeId }: { villageId: number; stocktakeId: number },
  event: StocktakeEvent,
): Promise<CountRefusal | null> {
  const [found] = await stocktakes(sql, villageId, { stocktakeId, limit: 1 });
  if (!found) return { refused: 'unknown_stocktake' };
  const next = nextState(found.state, event);
  return 'refused' in next ? next : null;
}

/** See post_stocktake.sql. */
function posting(stocktakeId: number, linesSeen: string): WriteOperation {
  return (sql, villageId, operation) => sql<{ answer: PostingAnswer }[]>`
    select post_stocktake(${villageId}, ${operation}::text::jsonb, ${stocktakeId}, ${linesSeen}) as answer`;
}
