import type { Reader } from '../platform/database/db.ts';
import type { RecordContent, RecordTotals } from './record-schema.ts';

/** A published version without its content. */
export interface PublicationSummary {
  month: string;
  version: number;
  /** Of its act in the public record. */
  seq: number;
  publishedAt: Date;
  publishedBy: string;
  totals: RecordTotals;
  changeCount: number;
}

export interface Publication extends Omit<PublicationSummary, 'totals' | 'changeCount'> {
  content: RecordContent;
  contentHash: Buffer;
  /** The newest version of the same month. */
  latestVersion: number;
}

/** All versions of all months, newest month first, newest version first. */
export async function publications(sql: Reader, villageId: number): Promise<PublicationSummary[]> {
  return sql<PublicationSummary[]>`
    select month,
           version,
           seq,
           published_at as "publishedAt",
           person.display_name as "publishedBy",
           content -> 'record' -> 'totals' as totals,
           jsonb_array_length(content -> 'changes') as "changeCount"
      from publication
      join person
        on person.person_id = publication.published_by
     where village_id = ${villageId}
     order by month desc, version desc`;
}

export async function publicationOf(
  sql: Reader,
  villageId: number,
  month: string,
  version: number,
): Promise<Publication | null> {
  const [found] = await selectPublications(sql, villageId, sql`month = ${month} and version = ${version}`);
  return found ?? null;
}

/** The version that an act of the public record published. */
export async function publicationBySeq(sql: Reader, villageId: number, seq: number): Promise<Publication | null> {
  const [found] = await selectPublications(sql, villageId, sql`seq = ${seq}`);
  return found ?? null;
}

function selectPublications(sql: Reader, villageId: number, condition: ReturnType<Reader>) {
  return sql<Publication[]>`
    select month,
           version,
           seq,
           published_at as "publishedAt",
           person.display_name as "publishedBy",
           content,
           content_hash as "contentHash",
           (
             select max(other.version)
               from publication as other
              where other.village_id = publication.village_id
                and other.month = publication.month
           ) as "latestVersion"
      from publication
      join person
        on person.person_id = publication.published_by
     where village_id = ${villageId}
       and ${condition}`;
}

/** A month of the village's life, as the supervisor sees it. */
export interface PublicationMonth {
  month: string;
  /** Acts of the month, reversals included. */
  actCount: number;
  latestVersion: number | null;
  /** Acts recorded since the latest version. */
  newActCount: number;
}

/** Every month from the founding to this one, newest first: also a quiet one is published. */
export async function publicationMonths(sql: Reader, villageId: number, today: string): Promise<PublicationMonth[]> {
  return sql<PublicationMonth[]>`
    with lived as (
           select to_char(month, 'YYYY-MM') as month
             from act
            cross join generate_series(date_trunc('month', act.occurred_on::timestamp), ${today}::timestamp, '1 month')
               as months(month)
            where act.village_id = ${villageId}
              and act.seq = 0
         ),
         latest as (
           select month, max(version) as version, max(through_seq) as through_seq
             from publication
            where village_id = ${villageId}
            group by month
         ),
         acts as (
           select to_char(occurred_on, 'YYYY-MM') as month, seq
             from act
            where village_id = ${villageId}
              and type not in ('village.open', 'publication')
         )
    select lived.month,
           count(acts.seq) as "actCount",
           latest.version as "latestVersion",
           count(acts.seq) filter (where acts.seq > latest.through_seq) as "newActCount"
      from lived
      left join latest
        on latest.month = lived.month
      left join acts
        on acts.month = lived.month
     group by lived.month, latest.version
     order by lived.month desc`;
}

/** Who kept the shop and who watched over it on a day: the names under a notice. */
export async function officersOn(
  sql: Reader,
  villageId: number,
  day: string,
): Promise<{ managers: string[]; supervisors: string[] }> {
  const rows = await sql<{ role: string; name: string }[]>`
    select appointment.role, person.display_name as name
      from appointment
      join person
        on person.person_id = appointment.person_id
     where appointment.region_id = ${villageId}
       and appointment.role in ('manager', 'supervisor')
       and appointment.starts_on <= ${day}
       and (appointment.ends_on is null or appointment.ends_on >= ${day})
     order by appointment.appointment_id`;
  const names = (role: string) => rows.filter((row) => row.role === role).map(({ name }) => name);
  return { managers: names('manager'), supervisors: names('supervisor') };
}
