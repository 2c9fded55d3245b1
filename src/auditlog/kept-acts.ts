import type { PendingQuery, Row } from 'postgres';
import type { Reader } from '../platform/database/db.ts';
import type { CanonicalValue } from './canonical-json.ts';

/** An act with what it discloses to those who may read the village, for parts that are kept as acts alone. */
export interface KeptAct {
  seq: number;
  type: string;
  occurredOn: string;
  recordedBy: number;
  recorder: string;
  facts: Readonly<Record<string, CanonicalValue>>;
  /** What was personal in it, by name; what was erased is gone from here. */
  disclosed: Readonly<Record<string, string>>;
}

/**
 * Acts of some types in their order. `which` names the types as literals (`act.type in ('problem.find', …)`), so that the index on
 * them serves.
 */
export async function keptActs(sql: Reader, villageId: number, which: PendingQuery<Row[]>): Promise<KeptAct[]> {
  return sql<KeptAct[]>`
    select act.seq,
           act.type,
           act.occurred_on as "occurredOn",
           act.recorded_by as "recordedBy",
           coalesce(person.display_name, '') as recorder,
           act.facts,
           coalesce((
             select jsonb_object_agg(opening ->> 1, opening ->> 2)
               from jsonb_array_elements(disclosure.openings) as opening
           ), '{}') as disclosed
      from act
      left join person
        on person.person_id = act.recorded_by
      left join disclosure
        on disclosure.village_id = act.village_id
       and disclosure.seq = act.seq
     where act.village_id = ${villageId}
       and ${which}
     order by act.seq`;
}

/** A fact that is a text; null where there is none. */
export function textFact({ facts }: Pick<KeptAct, 'facts'>, name: string): string | null {
  const value = facts[name];
  return typeof value === 'string' ? value : null;
}

/** Public ids of the photos that an act names. */
export function photosOf({ facts }: { facts: Readonly<Record<string, unknown>> }): string[] {
  const photos = (facts['photos'] as { photo: string }[] | undefined) ?? [];
  return photos.map(({ photo }) => photo);
}

/** How many acts a village has recorded: what is decided on all of them is posted only while it stays so. */
export async function logSize(sql: Reader, villageId: number): Promise<number> {
  const [head] = await sql<{ size: number }[]>`
    select size
      from log_head
     where village_id = ${villageId}`;
  return head?.size ?? 0;
}
