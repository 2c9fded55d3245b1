import type { Reader } from '../platform/database/db.ts';
import { countProblems, type ProblemCounts } from './count-problems.ts';
import type { ProblemState } from './decide-problem.ts';

export interface VillageProblems {
  villageId: number;
  code: string;
  name: string;
  counts: ProblemCounts;
}

/** What each village below a region, or the village itself, has found and closed; a village without problems is there with zeros. */
export async function countProblemsBelow(
  sql: Reader,
  { regionId, today }: { regionId: number; today: string },
): Promise<VillageProblems[]> {
  const rows = await sql<
    (Omit<VillageProblems, 'counts'> & { problems: { state: ProblemState; due: string | null }[] })[]
  >`
    select village.region_id as "villageId",
           village.code,
           village.name,
           coalesce(jsonb_agg(jsonb_build_object('state', newest.state, 'due', newest.due)) filter (where newest.state is not null), '[]')
             as problems
      from region as village
      left join region as township
        on township.region_id = village.parent_id
      left join lateral (
        select distinct on (coalesce((act.facts ->> 'problem')::bigint, act.seq))
               case act.type
                 when 'problem.find' then 'found'
                 when 'problem.assign' then 'assigned'
                 when 'problem.fix' then 'fixed'
                 when 'problem.check' then case act.facts ->> 'outcome' when 'good' then 'checked' else 'assigned' end
                 when 'problem.close' then 'closed'
                 else 'long_term'
               end as state,
               case when act.type <> 'problem.find' then (
                 select coalesce(told.facts ->> 'due', told.facts ->> 'review')
                   from act as told
                  where told.village_id = act.village_id
                    and told.type in ('problem.assign', 'problem.defer')
                    and told.facts ->> 'problem' = act.facts ->> 'problem'
                  order by told.seq desc
                  limit 1
               ) end as due
          from act
         where act.village_id = village.region_id
           and act.type in ('problem.find', 'problem.assign', 'problem.fix', 'problem.check', 'problem.close', 'problem.defer')
         order by coalesce((act.facts ->> 'problem')::bigint, act.seq), act.seq desc
      ) as newest on true
     where village.level = 'village'
       and ${regionId} in (village.region_id, village.parent_id, township.parent_id)
     group by village.region_id, village.code, village.name
     order by village.code`;
  return rows
    .map(({ problems, ...village }) => ({ ...village, counts: countProblems(problems, today) }))
    .sort((one, other) => other.counts.overdue - one.counts.overdue || other.counts.open - one.counts.open);
}
