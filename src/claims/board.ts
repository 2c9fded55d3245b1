import { nameSetting, showName } from '../cards/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { type Claim, sheetClaims } from './claims.ts';
import { type Objection, objectionsOf } from './objections.ts';

/** A line as everybody sees it: a deduction bears no name. */
export interface BoardLine {
  claimId: string;
  name: string | null;
  groupName: string | null;
  rule: string;
  ruleName: string;
  /** It is about one person of the household, so another line may be about another. */
  isOfPerson: boolean;
  /** What the rule is proved by, and how many photos were sent along. */
  evidence: string;
  photoCount: number;
  occurredOn: string;
  amountCentipoints: number;
  firstReviewer: string;
  secondReviewer: string;
  state: 'posted' | 'objected' | 'cleared' | 'upheld';
  clearsOn: string;
  objectableUntil: string;
  answers: { outcome: 'upheld' | 'dismissed'; answer: string; witness: string; answeredOn: string }[];
}

export interface BoardSheet {
  sheet: number;
  postedOn: string;
  lines: BoardLine[];
  /** Public ids: of the board itself. */
  photos: string[];
}

/** The latest sheets first. */
export async function boardSheets(
  sql: Reader,
  villageId: number,
  { before = 2_147_483_647, limit }: { before?: number | undefined; limit: number },
): Promise<BoardSheet[]> {
  const [rows, { level }] = await Promise.all([
    sql<Omit<BoardSheet, 'lines'>[]>`
      select sheet,
             min(posted_on) as "postedOn",
             array(
               select photo ->> 'photo'
                 from act
                cross join jsonb_array_elements(act.facts -> 'photos') as photo
                where act.village_id = ${villageId}
                  and act.facts ? 'photos'
                  and act.type = 'claim.post'
                  and (act.facts ->> 'sheet')::integer = claim.sheet
             ) as photos
        from claim
       where village_id = ${villageId}
         and sheet < ${before}
         and state in ('posted', 'objected', 'cleared', 'upheld')
       group by sheet
       order by sheet desc
       limit ${limit}`,
    nameSetting(sql, villageId),
  ]);
  return Promise.all(
    rows.map(async ({ sheet, postedOn, photos }) => {
      const claims = await sheetClaims(sql, villageId, sheet);
      const objections = await objectionsOf(
        sql,
        villageId,
        claims.map(({ claimId }) => claimId),
      );
      const shown = (claim: Claim) => publicName(claim, level);
      return { sheet, postedOn, photos, lines: claims.map((claim) => lineOf(claim, shown(claim), objections)) };
    }),
  );
}

export function publicName(
  { headName, number, amountCentipoints }: Pick<Claim, 'headName' | 'number' | 'amountCentipoints'>,
  level: Parameters<typeof showName>[1],
): string | null {
  return amountCentipoints > 0 ? showName(headName, level, number.slice(-4)) : null;
}

function lineOf(claim: Claim, name: string | null, objections: readonly Objection[]): BoardLine {
  const { claimId, groupName, rule, ruleName, evidence, photos, occurredOn, amountCentipoints, passedByNames } = claim;
  return {
    claimId,
    name,
    groupName: name === null ? null : groupName,
    rule,
    ruleName,
    isOfPerson: claim.member !== null,
    evidence,
    photoCount: photos.length,
    occurredOn,
    amountCentipoints,
    firstReviewer: passedByNames[0] ?? '',
    secondReviewer: passedByNames[1] ?? '',
    state: claim.state as BoardLine['state'],
    clearsOn: claim.clearsOn ?? '',
    objectableUntil: claim.objectableUntil ?? '',
    answers: objections.flatMap(({ claimId: about, outcome, answer, witness, answeredOn }) =>
      about === claimId && outcome !== null
        ? [{ outcome, answer: answer ?? '', witness: witness ?? '', answeredOn: answeredOn ?? '' }]
        : [],
    ),
  };
}
