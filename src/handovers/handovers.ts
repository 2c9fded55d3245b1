import type { Reader } from '../platform/database/db.ts';
import type { HandoverState, ShopRole } from './decide-handover.ts';
import type { OpenItem } from './open-items.ts';

export interface Handover {
  handoverId: number;
  role: ShopRole;
  state: HandoverState;
  fromPersonId: number;
  fromName: string;
  toPersonId: number | null;
  toName: string | null;
  openedOn: string;
  /** The count that belongs to it, as soon as somebody has begun one. */
  stocktakeId: number | null;
  stocktakeState: 'counting' | 'reviewing' | 'posted' | null;
  stocktakeSeq: number | null;
  openItems: OpenItem[] | null;
  /** ISO 8601; names the list that is signed. */
  listedAt: string | null;
  fromSignedAt: Date | null;
  toSignedAt: Date | null;
  reason: string | null;
  closedOn: string | null;
  /** The act that says what came of it. */
  seq: number | null;
}

/** The newest first; one alone where it is asked for. Counted is what is opened and has a posted count of the two. */
export async function handovers(
  sql: Reader,
  villageId: number,
  { handoverId, beforeId, limit }: { handoverId?: number | undefined; beforeId?: number | undefined; limit: number },
): Promise<Handover[]> {
  return sql<Handover[]>`
    select handover.handover_id as "handoverId",
           handover.role,
           case when handover.state = 'opened' and counted.state = 'posted' then 'counted' else handover.state end as state,
           handover.from_person_id as "fromPersonId",
           leaving.display_name as "fromName",
           handover.to_person_id as "toPersonId",
           coming.display_name as "toName",
           to_char(handover.opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "openedOn",
           counted.stocktake_id as "stocktakeId",
           counted.state as "stocktakeState",
           counting.seq as "stocktakeSeq",
           handover.open_items as "openItems",
           to_char(handover.listed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "listedAt",
           handover.from_signed_at as "fromSignedAt",
           handover.to_signed_at as "toSignedAt",
           handover.reason,
           to_char(handover.closed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "closedOn",
           act.seq
      from handover
      join person as leaving
        on leaving.person_id = handover.from_person_id
      left join person as coming
        on coming.person_id = handover.to_person_id
      left join lateral (
        select stocktake_id, state, operation_id
          from stocktake
         where stocktake.village_id = handover.village_id
           and stocktake.kind = 'handover'
           and stocktake.state <> 'abandoned'
           and case when handover.stocktake_id is not null then stocktake_id = handover.stocktake_id
                    else stocktake.opened_at >= handover.opened_at
                     and stocktake.opened_at <= coalesce(handover.closed_at, stocktake.opened_at)
                     and (
                       (stocktake.opened_by = handover.from_person_id and stocktake.second_counter = coming.display_name)
                       or (stocktake.opened_by = handover.to_person_id and stocktake.second_counter = leaving.display_name)
                     )
               end
         order by stocktake_id desc
         limit 1
      ) as counted on true
      left join operation as counted_by
        on counted_by.village_id = handover.village_id
       and counted_by.operation_id = counted.operation_id
      left join act as counting
        on counting.village_id = counted_by.village_id
       and counting.seq = counted_by.first_seq
      left join operation
        on operation.village_id = handover.village_id
       and operation.operation_id = handover.operation_id
      left join act
        on act.village_id = operation.village_id
       and act.seq = operation.first_seq
     where handover.village_id = ${villageId}
           ${handoverId === undefined ? sql`` : sql`and handover.handover_id = ${handoverId}`}
           ${beforeId === undefined ? sql`` : sql`and handover.handover_id < ${beforeId}`}
     order by handover.handover_id desc
     limit ${limit}`;
}

export async function handoverById(sql: Reader, villageId: number, handoverId: number): Promise<Handover | null> {
  const [found] = await handovers(sql, villageId, { handoverId, limit: 1 });
  return found ?? null;
}
