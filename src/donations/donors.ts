import type { Reader } from '../platform/database/db.ts';
import { newPublicId } from '../platform/ids.ts';
import { nameSearchKeys } from '../platform/search-keys.ts';

export interface Donor {
  publicId: string;
  kind: 'enterprise' | 'person' | 'department';
  name: string;
  appears: 'named' | 'kind' | 'initials';
  initials: string;
  contact: string | null;
  /** Whose account sees the gifts. */
  username: string | null;
}

export type DonorDraft = Pick<Donor, 'kind' | 'name' | 'appears' | 'contact' | 'username'>;

export type DonorRefusal = { refused: 'unknown_donor' } | { refused: 'no_such_donor_account'; username: string };

const COLUMNS = (sql: Reader) => sql`
  donor.public_id as "publicId",
  donor.kind,
  donor.name,
  donor.appears,
  donor.initials,
  donor.contact,
  person.username`;

export async function donors(sql: Reader, villageId: number): Promise<Donor[]> {
  return sql<Donor[]>`
    select ${COLUMNS(sql)}
      from donor
      left join person using (person_id)
     where donor.village_id = ${villageId}
     order by donor.donor_id desc`;
}

export async function donorByPublicId(sql: Reader, villageId: number, publicId: string): Promise<Donor | null> {
  const [found] = await sql<Donor[]>`
    select ${COLUMNS(sql)}
      from donor
      left join person using (person_id)
     where donor.village_id = ${villageId}
       and donor.public_id = ${publicId}`;
  return found ?? null;
}

/** A row of the village's own list; the public record knows of a donor from the first gift on. */
export async function keepDonor(
  sql: Reader,
  villageId: number,
  { publicId = newPublicId(), today, ...draft }: DonorDraft & { publicId?: string | undefined; today: string },
): Promise<{ publicId: string } | DonorRefusal> {
  const { kind, name, appears, contact, username } = draft;
  const personId = username === null ? null : await donorAccount(sql, villageId, { username, publicId, today });
  if (username !== null && personId === null) return { refused: 'no_such_donor_account', username };
  const initials = nameSearchKeys(name).initials.toUpperCase().slice(0, 4);
  await sql`
    insert into donor (village_id, public_id, kind, name, appears, initials, contact, person_id)
    values (${villageId}, ${publicId}, ${kind}, ${name}, ${appears}, ${initials}, ${contact}, ${personId})
        on conflict on constraint donor_public_id_unique do update
       set kind = excluded.kind,
           name = excluded.name,
           appears = excluded.appears,
           initials = excluded.initials,
           contact = excluded.contact,
           person_id = excluded.person_id
     where donor.village_id = excluded.village_id`;
  return { publicId };
}

/** Somebody who is appointed a donor here, or above, and is nobody else's account. */
async function donorAccount(
  sql: Reader,
  villageId: number,
  { username, publicId, today }: { username: string; publicId: string; today: string },
): Promise<number | null> {
  const [found] = await sql<{ personId: number }[]>`
    select person.person_id as "personId"
      from person
     where person.username = lower(${username})
       and exists (
         select
           from appointment
          where appointment.person_id = person.person_id
            and appointment.role = 'donor'
            and appointment.region_id in (
              select village.region_id from region as village where village.region_id = ${villageId}
              union all
              select township.parent_id
                from region as village
                join region as township
                  on township.region_id = village.parent_id
               where village.region_id = ${villageId}
            )
            and (appointment.ends_on is null or appointment.ends_on > ${today})
       )
       and not exists (
         select
           from donor
          where donor.village_id = ${villageId}
            and donor.person_id = person.person_id
            and donor.public_id <> ${publicId}
       )`;
  return found?.personId ?? null;
}

/** The donor that a signed-in person is in a village, as long as he has given or promised something there. */
export async function donorOfPerson(
  sql: Reader,
  { villageId, personId }: { villageId: number; personId: number },
): Promise<string | null> {
  const [found] = await sql<{ publicId: string }[]>`
    select public_id as "publicId"
      from donor
     where village_id = ${villageId}
       and person_id = ${personId}`;
  return found?.publicId ?? null;
}

/** With his first promise, as 爱心人士 until he chooses otherwise. */
export async function becomeDonor(
  sql: Reader,
  { villageId, personId, displayName }: { villageId: number; personId: number; displayName: string },
): Promise<string> {
  const initials = nameSearchKeys(displayName).initials.toUpperCase().slice(0, 4);
  await sql`
    insert into donor (village_id, public_id, kind, name, appears, initials, person_id)
    values (${villageId}, ${newPublicId()}, 'person', ${displayName}, 'kind', ${initials}, ${personId})
        on conflict on constraint donor_person_unique do nothing`;
  const publicId = await donorOfPerson(sql, { villageId, personId });
  if (publicId === null) throw new Error('a donor was made for the person');
  return publicId;
}

/** In which villages a person is a donor, or may become one, with the names to head a list. */
export async function donorshipsOf(
  sql: Reader,
  { personId, today }: { personId: number; today: string },
): Promise<{ villageId: number; villageCode: string; villageName: string; donor: string | null }[]> {
  return sql`
    select region.region_id as "villageId",
           region.code as "villageCode",
           region.name as "villageName",
           donor.public_id as donor
      from region
      left join donor
        on donor.village_id = region.region_id
       and donor.person_id = ${personId}
     where region.level = 'village'
       and (
         donor.public_id is not null
         or region.region_id in (
           select appointment.region_id
             from appointment
            where appointment.person_id = ${personId}
              and appointment.role = 'donor'
              and appointment.starts_on <= ${today}
              and (appointment.ends_on is null or appointment.ends_on > ${today})
         )
       )
     order by region.code`;
}
