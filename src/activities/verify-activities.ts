/**
 * Activities checked from inside: as many households stand on the list as the act says, and points for an activity went to households
 * that came.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { activities } from './activities.ts';

export async function verifyActivities(sql: Reader, villageId: number): Promise<BadRow | null> {
  const all = await activities(sql, villageId);
  for (const { seq, attended, attendance } of all) {
    // One whose list was erased says nothing more.
    if (attendance.length === attended || attendance.length === 0) continue;
    const sentence = `${attended} households came, but ${attendance.length} stand on its list`;
    return { table: 'disclosure', row: `seq ${seq}`, sentence };
  }
  const came = new Map(all.map(({ seq, attendance }) => [seq, new Set(attendance.map(({ pseudonym }) => pseudonym))]));
  const paid = await sql<{ seq: number; activity: number; pseudonym: string | null }[]>`
    select act.seq,
           (act.facts ->> 'activity')::bigint as activity,
           account.pseudonym
      from act
      left join entry
        on entry.village_id = act.village_id
       and entry.seq = act.seq
      left join claim
        on claim.village_id = act.village_id
       and claim.claim_id = act.facts ->> 'claim'
      left join account
        on account.village_id = act.village_id
       and account.account_id = coalesce(entry.account_id, claim.account_id)
     where act.village_id = ${villageId}
       and act.facts ? 'activity'
       and act.type in ('points.award', 'claim.submit')
     order by act.seq`;
  const wrong = paid.find(({ activity, pseudonym }) => {
    const list = came.get(activity);
    return pseudonym === null || !list || (list.size > 0 && !list.has(pseudonym));
  });
  if (!wrong) return null;
  const sentence = `it gives points for activity ${wrong.activity} to a household that did not come`;
  return { table: 'act', row: `seq ${wrong.seq}`, sentence };
}
