/** What is held about a household beside its acts, in the words of whoever wrote it: for the household's own copy. */
import { type Activity, type Attendance, activities } from '../activities/index.ts';
import type { ClaimState } from '../claims/index.ts';
import { type VisitPlan, type VisitResult, type VisitState, visits } from '../inspections/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type Problem, problems } from '../problems/index.ts';
import { readWishes, type Wish } from '../wishes/index.ts';
import { type ActsAbout, type PhotoAbout, photosAbout } from './acts-about.ts';

export interface CopiedMatters {
  /** The first comes first, here and below. */
  claims: CopiedClaim[];
  wishes: CopiedWish[];
  /** Of its home. */
  visits: { state: VisitState; plan: VisitPlan; results: VisitResult[] } | null;
  problems: CopiedProblem[];
  /** What the village did together and it came to. */
  activities: CopiedAttendance[];
  kin: CopiedKin[];
  photos: PhotoAbout[];
}

export interface CopiedClaim {
  claimId: string;
  state: ClaimState;
  rule: string;
  version: number;
  ruleName: string;
  occurredOn: string;
  amountCentipoints: number;
  needs: string[];
  passedBy: string[];
  isByHousehold: boolean;
  submittedSeq: number;
  sheet: number | null;
  postedOn: string | null;
  clearsOn: string | null;
  objections: {
    filedOn: string;
    answerBy: string;
    reason: string | null;
    outcome: 'upheld' | 'dismissed' | null;
    answer: string | null;
    witness: string | null;
  }[];
}

export interface CopiedWish extends Pick<Wish, 'wishId' | 'kind' | 'now' | 'filedOn' | 'reason'> {
  /** As it was filed. */
  words: string;
  contact: string | null;
  /** On the wall. */
  wallWords: string | null;
  thanks: string | null;
}

export type CopiedProblem = Pick<Problem, 'n' | 'seq' | 'state' | 'foundOn' | 'what' | 'steps'>;

/** The list of who came names accounts alone, so that it is found by the account. */
export type CopiedAttendance = Pick<Activity, 'seq' | 'kind' | 'occurredOn' | 'name' | 'place'> &
  Pick<Attendance, 'members' | 'award'>;

/** Somebody who has a say in the village declared it as the own or a relative's household. */
export interface CopiedKin {
  person: string;
  relation: 'own' | 'relative';
}

export async function copiedMatters(sql: Reader, about: ActsAbout, today: string): Promise<CopiedMatters> {
  const { villageId, householdId } = about;
  const [claims, wishes, visited, found, held, pseudonyms, kin, photos] = await Promise.all([
    copiedClaims(sql, about),
    copiedWishes(sql, about, today),
    visits(sql, villageId),
    problems(sql, villageId),
    activities(sql, villageId),
    sql<{ pseudonym: string }[]>`
      select pseudonym
        from account
       where village_id = ${villageId}
         and holder_id = ${householdId}`,
    sql<CopiedKin[]>`
      select person.display_name as person,
             kinship.relation
        from kinship
        join person using (person_id)
       where kinship.village_id = ${villageId}
         and kinship.household_id = ${householdId}
       order by kinship.seq`,
    photosAbout(sql, about),
  ]);
  const own = new Set(pseudonyms.map(({ pseudonym }) => pseudonym));
  const home = visited.find(({ card }) => card.householdId === householdId);
  return {
    claims,
    wishes,
    visits: home?.plan ? { state: home.state, plan: home.plan, results: home.results } : null,
    problems: found
      .filter(({ pseudonym }) => pseudonym !== null && own.has(pseudonym))
      .map(({ n, seq, state, foundOn, what, steps }) => ({ n, seq, state, foundOn, what, steps })),
    activities: held.flatMap(({ seq, kind, occurredOn, name, place, attendance }) =>
      attendance
        .filter(({ pseudonym }) => own.has(pseudonym))
        .map(({ members, award }) => ({ seq, kind, occurredOn, name, place, members, award })),
    ),
    kin,
    photos,
  };
}

function copiedClaims(sql: Reader, { villageId, householdId }: ActsAbout): Promise<CopiedClaim[]> {
  const said = (seq: 'filed_seq' | 'answered_seq', name: string) => sql`(
    select opening ->> 2
      from disclosure
     cross join jsonb_array_elements(disclosure.openings) as opening
     where disclosure.village_id = objection.village_id
       and disclosure.seq = objection.${sql(seq)}
       and opening ->> 1 = ${name}
     limit 1
  )`;
  return sql<CopiedClaim[]>`
    select claim.claim_id as "claimId",
           claim.state,
           claim.rule,
           claim.version,
           coalesce(rule_version.name, claim.rule) as "ruleName",
           claim.occurred_on as "occurredOn",
           claim.amount_centipoints as "amountCentipoints",
           claim.needs,
           array(
             select person.display_name
               from unnest(claim.passed_by) with ordinality as agreed(person_id, step)
               join person using (person_id)
              order by step
           ) as "passedBy",
           claim.is_by_household as "isByHousehold",
           claim.submitted_seq as "submittedSeq",
           claim.sheet,
           claim.posted_on as "postedOn",
           claim.clears_on as "clearsOn",
           coalesce((
             select jsonb_agg(
                      jsonb_build_object(
                        'filedOn', objection.filed_on,
                        'answerBy', objection.answer_by,
                        'reason', ${said('filed_seq', 'reason')},
                        'outcome', objection.outcome,
                        'answer', ${said('answered_seq', 'answer')},
                        'witness', ${said('answered_seq', 'witness')}
                      ) order by objection.filed_seq
                    )
               from objection
              where objection.village_id = claim.village_id
                and objection.claim_id = claim.claim_id
           ), '[]') as objections
      from claim
      join account
        on account.village_id = claim.village_id
       and account.account_id = claim.account_id
      left join rule_version
        on rule_version.village_id = claim.village_id
       and rule_version.code = claim.rule
       and rule_version.version = claim.version
     where claim.village_id = ${villageId}
       and account.holder_id = ${householdId}
     order by claim.submitted_seq`;
}

async function copiedWishes(sql: Reader, { villageId, householdId }: ActsAbout, today: string): Promise<CopiedWish[]> {
  const [rows, { wishes }] = await Promise.all([
    sql<{ wishId: string; words: string; contact: string | null }[]>`
      select wish_id as "wishId",
             words,
             contact
        from wish
       where village_id = ${villageId}
         and household_id = ${householdId}`,
    readWishes(sql, villageId, today),
  ]);
  const own = new Map(rows.map((row) => [row.wishId, row]));
  return wishes.flatMap(({ wishId, kind, now, filedOn, reason, words, echo }) => {
    const row = own.get(wishId);
    if (!row) return [];
    return [{ ...row, kind, now, filedOn, reason, wallWords: words, thanks: echo?.words ?? null }];
  });
}
