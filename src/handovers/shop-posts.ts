import type { Reader } from '../platform/database/db.ts';
import type { ShopRole } from './decide-handover.ts';

/** Somebody who holds the shop, or helps to. */
export interface ShopPost {
  role: ShopRole;
  personId: number;
  name: string;
  startsOn: string;
  /** The account was closed: the post has not ended, but nobody will come back to it. */
  isGone: boolean;
  /** Handed over, or waived, since it began. */
  isSettled: boolean;
  /** Who came into the same post later, the last one. */
  successor: { personId: number; name: string; startsOn: string } | null;
}

/** Who holds a post in the shop today. A shop that never had goods has nothing to hand over, so there nothing is demanded. */
export async function shopPosts(
  sql: Reader,
  { villageId, today }: { villageId: number; today: string },
): Promise<{ posts: ShopPost[]; hasEverHadGoods: boolean; logSize: number }> {
  const [found] = await sql<{ posts: ShopPost[]; hasEverHadGoods: boolean; logSize: number }[]>`
    with held as (
      select appointment.appointment_id,
             appointment.role,
             appointment.person_id,
             appointment.starts_on,
             person.display_name,
             person.disabled_at is not null as is_gone
        from appointment
        join person
          on person.person_id = appointment.person_id
       where appointment.region_id = ${villageId}
         and appointment.role in ('manager', 'storekeeper')
         and appointment.starts_on <= ${today}
         and (appointment.ends_on is null or appointment.ends_on > ${today})
    )
    select (select size from log_head where village_id = ${villageId}) as "logSize",
           exists (select from stock_lot where village_id = ${villageId}) as "hasEverHadGoods",
           coalesce((
             select jsonb_agg(
                      jsonb_build_object(
                        'role', held.role,
                        'personId', held.person_id,
                        'name', held.display_name,
                        'startsOn', held.starts_on,
                        'isGone', held.is_gone,
                        'isSettled', exists (
                          select
                            from handover
                           where handover.village_id = ${villageId}
                             and handover.role = held.role
                             and handover.from_person_id = held.person_id
                             and handover.state in ('complete', 'waived')
                             and (handover.closed_at at time zone 'Asia/Shanghai')::date >= held.starts_on
                        ),
                        'successor', (
                          select jsonb_build_object(
                                   'personId', later.person_id, 'name', later.display_name, 'startsOn', later.starts_on
                                 )
                            from held as later
                           where later.role = held.role
                             and later.person_id <> held.person_id
                             and not later.is_gone
                             and (later.starts_on, later.appointment_id) > (held.starts_on, held.appointment_id)
                           order by later.starts_on desc, later.appointment_id desc
                           limit 1
                        )
                      ) order by held.starts_on, held.appointment_id
                    )
               from held
           ), '[]') as posts`;
  if (!found) throw new Error('a query without a table answers one row');
  return found;
}

export interface DueHandover {
  role: ShopRole;
  fromPersonId: number;
  fromName: string;
  toName: string;
  /** Since when there is a successor. */
  since: string;
}

/** 该移交还没移交: a successor was appointed, and the shop was neither handed over nor did the township let it be. */
export async function dueHandovers(sql: Reader, village: { villageId: number; today: string }): Promise<DueHandover[]> {
  const { posts, hasEverHadGoods } = await shopPosts(sql, village);
  if (!hasEverHadGoods) return [];
  return posts.flatMap(({ role, personId, name, isSettled, successor }) =>
    successor && !isSettled
      ? [{ role, fromPersonId: personId, fromName: name, toName: successor.name, since: successor.startsOn }]
      : [],
  );
}

/** Whether somebody may not simply leave this post: the shop is still in these hands. */
export async function mustHandOver(
  sql: Reader,
  { villageId, role, personId, today }: { villageId: number; role: string; personId: number; today: string },
): Promise<boolean> {
  const { posts, hasEverHadGoods } = await shopPosts(sql, { villageId, today });
  const isUnsettled = posts.some((post) => post.personId === personId && post.role === role && !post.isSettled);
  return hasEverHadGoods && isUnsettled && (await hasEverRecorded(sql, villageId, personId));
}

/** An appointment by mistake ends as it began: nothing ever passed through these hands. */
async function hasEverRecorded(sql: Reader, villageId: number, personId: number): Promise<boolean> {
  const [found] = await sql`
    select
      from operation
     where village_id = ${villageId}
       and recorded_by = ${personId}
     limit 1`;
  return found !== undefined;
}
