import { hasPin, householdOfEntry } from '../cards/index.ts';
import { isHolding } from '../ledger/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type ReservationState, stateOf } from './decide-reservation.ts';

/** One reservation, folded out of the acts: the one that took, the one that gave back, and the exchange. */
export interface Reservation {
  /** The act that keeps the goods; its number names the reservation. */
  seq: number;
  state: ReservationState;
  reservedOn: string;
  until: string;
  accountId: number;
  pseudonym: string;
  cardNumber: string;
  headName: string;
  groupName: string;
  hasPin: boolean;
  isActive: boolean;
  centipoints: number;
  lines: ReservedLine[];
  /** Out of which lots, as they were taken and as they come back. */
  moves: { lotId: number; quantity: number; unitPriceCentipoints: number }[];
  recordedBy: number;
  /** Null where the household did it itself. */
  recordedByName: string | null;
  /** Some of it is no longer handed out in the village. */
  isRestricted: boolean;
  /** The exchange, once it was fetched. */
  redemption: { seq: number; operationId: string; on: string } | null;
}

export interface ReservedLine {
  code: string;
  name: string;
  spec: string;
  unit: string;
  quantity: number;
  priceCentipoints: number;
}

type Row = Omit<Reservation, 'state'> & { cause: 'cancelled' | 'lapsed' | 'fetched' | null };

export interface ReservationFilter {
  seq?: number | undefined;
  accountId?: number | undefined;
  heldOnly?: boolean | undefined;
  beforeSeq?: number | undefined;
  limit: number;
}

/** The newest first. */
export async function reservations(
  sql: Reader,
  { villageId, today }: { villageId: number; today: string },
  { seq, accountId, heldOnly = false, beforeSeq, limit }: ReservationFilter,
): Promise<Reservation[]> {
  const rows = await sql<Row[]>`
    select act.seq,
           act.occurred_on as "reservedOn",
           act.facts ->> 'until' as until,
           account.account_id as "accountId",
           account.pseudonym,
           account.status = 'active' as "isActive",
           card.number as "cardNumber",
           household.head_name as "headName",
           villager_group.name as "groupName",
           ${hasPin(sql)} as "hasPin",
           -entry.amount_centipoints as centipoints,
           listed.lines,
           listed.is_restricted as "isRestricted",
           (
             select jsonb_agg(
                      jsonb_build_object(
                        'lotId', lot_id, 'quantity', quantity, 'unitPriceCentipoints', unit_price_centipoints
                      ) order by lot_id
                    )
               from stock_move
              where stock_move.village_id = act.village_id
                and stock_move.seq = act.seq
           ) as moves,
           act.recorded_by as "recordedBy",
           person.display_name as "recordedByName",
           release.facts ->> 'cause' as cause,
           case when fetching.seq is not null then jsonb_build_object(
             'seq', fetching.seq, 'operationId', fetching.operation_id, 'on', fetching.occurred_on
           ) end as redemption
      from act
      left join person
        on person.person_id = act.recorded_by
      join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
           ${householdOfEntry(sql)}
      left join act as release
        on release.village_id = act.village_id
       and release.reverses_seq = act.seq
      left join act as fetching
        on fetching.village_id = act.village_id
       and fetching.seq = release.seq + 1
       and release.facts ->> 'cause' = 'fetched'
     cross join lateral (
        select jsonb_agg(
                 jsonb_build_object(
                   'code', goods.code,
                   'name', goods.name,
                   'spec', goods.spec,
                   'unit', goods.unit,
                   'quantity', (line ->> 'quantity')::integer,
                   'priceCentipoints', (line ->> 'price')::integer
                 ) order by position
               ) as lines,
               bool_or(exists (
                 select
                   from act as restricting
                  where restricting.village_id = act.village_id
                    and restricting.type = 'goods.restrict'
                    and restricting.facts ->> 'item' = goods.code
               )) as is_restricted
          from jsonb_array_elements(act.facts -> 'goods') with ordinality as listed(line, position)
          join goods
            on goods.village_id = act.village_id
           and goods.code = line ->> 'code'
      ) as listed
     where act.village_id = ${villageId}
       and act.type = 'points.hold'
           ${seq === undefined ? sql`` : sql`and act.seq = ${seq}`}
           ${accountId === undefined ? sql`` : sql`and entry.account_id = ${accountId}`}
           ${heldOnly ? sql`and ${isHolding(sql)}` : sql``}
           ${beforeSeq === undefined ? sql`` : sql`and act.seq < ${beforeSeq}`}
     order by act.seq desc
     limit ${limit}`;
  return rows.map(({ cause, ...row }) => ({
    ...row,
    state: stateOf({ cause, fetchedOn: row.redemption?.on ?? null }, today),
  }));
}

export async function reservationBySeq(
  sql: Reader,
  village: { villageId: number; today: string },
  seq: number,
): Promise<Reservation | null> {
  const [found] = await reservations(sql, village, { seq, limit: 1 });
  return found ?? null;
}
