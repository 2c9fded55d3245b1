import type { Reader } from '../platform/database/db.ts';
import type { SecurityEventKind } from './security-events.ts';

export interface LoggedEvent {
  eventId: number;
  recordedAt: Date;
  kind: SecurityEventKind;
  isRefused: boolean;
  /** Null where nobody is known, as with a wrong name at the sign-in. */
  personName: string | null;
  subjectName: string | null;
  regionName: string | null;
  /** The whole address, or its network after 180 days. */
  address: string;
  details: Record<string, string | number>;
}

export interface SecurityQuestion {
  regionId: number;
  kind?: SecurityEventKind | undefined;
  /** Part of a name or username of who did it or whom it is about. */
  who?: string | undefined;
  isRefused?: boolean | undefined;
  /** Older than this event. */
  beforeId?: number | undefined;
  limit: number;
}

/** The security log of a region and everything below it, with what belongs to no region, the newest first. */
export async function securityLog(sql: Reader, question: SecurityQuestion): Promise<LoggedEvent[]> {
  const { regionId, kind = null, who = null, isRefused = null, beforeId = null, limit } = question;
  return sql<LoggedEvent[]>`
    select event.event_id as "eventId",
           event.recorded_at as "recordedAt",
           event.kind,
           event.is_refused as "isRefused",
           person.display_name as "personName",
           subject.display_name as "subjectName",
           region.name as "regionName",
           coalesce(whole.address, event.place) as address,
           event.details
      from security_event as event
      left join person
        on person.person_id = event.person_id
      left join person as subject
        on subject.person_id = event.subject_id
      left join region
        on region.region_id = event.region_id
      left join region as parent
        on parent.region_id = region.parent_id
      left join security_event_address as whole
        on whole.event_id = event.event_id
     where (event.region_id is null or ${regionId} in (region.region_id, parent.region_id, parent.parent_id))
       and (${kind}::text is null or event.kind = ${kind})
       and (${isRefused}::boolean is null or event.is_refused = ${isRefused})
       and (${beforeId}::bigint is null or event.event_id < ${beforeId})
       and (
         ${who}::text is null
         or strpos(lower(concat_ws(' ', person.display_name, person.username, subject.display_name, subject.username)),
                   lower(${who})) > 0
       )
     order by event.event_id desc
     limit ${limit}`;
}
