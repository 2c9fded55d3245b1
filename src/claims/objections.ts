import type { Reader } from '../platform/database/db.ts';

/** One objection with the line that it is about. */
export interface Objection {
  objectionId: string;
  claimId: string;
  filedOn: string;
  answerBy: string;
  outcome: 'upheld' | 'dismissed' | null;
  answeredOn: string | null;
  /** The words of whoever objects; for those who answer alone. */
  reason: string | null;
  /** Public. */
  answer: string | null;
  witness: string | null;
  filedSeq: number;
  answeredSeq: number | null;
}

export async function objectionsOf(sql: Reader, villageId: number, claimIds: readonly string[]): Promise<Objection[]> {
  return sql<Objection[]>`
    select objection_id as "objectionId",
           claim_id as "claimId",
           filed_on as "filedOn",
           answer_by as "answerBy",
           outcome,
           to_char(answered.recorded_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "answeredOn",
           ${said(sql, 'filed_seq', 'reason')} as reason,
           ${said(sql, 'answered_seq', 'answer')} as answer,
           ${said(sql, 'answered_seq', 'witness')} as witness,
           filed_seq as "filedSeq",
           answered_seq as "answeredSeq"
      from objection
      left join act as answered
        on answered.village_id = objection.village_id
       and answered.seq = objection.answered_seq
     where objection.village_id = ${villageId}
       and objection.claim_id = any(${[...claimIds]}::text[])
     order by filed_seq`;
}

/** How many wait for an answer, and by which day the first one. */
export async function openObjections(
  sql: Reader,
  villageId: number,
): Promise<{ count: number; firstAnswerBy: string | null }> {
  const [found] = await sql<{ count: number; firstAnswerBy: string | null }[]>`
    select count(*)::integer as count,
           min(answer_by) as "firstAnswerBy"
      from objection
     where village_id = ${villageId}
       and outcome is null`;
  return found ?? { count: 0, firstAnswerBy: null };
}

function said(sql: Reader, seq: 'filed_seq' | 'answered_seq', name: string) {
  return sql`(
    select opening ->> 2
      from disclosure
     cross join jsonb_array_elements(disclosure.openings) as opening
     where disclosure.village_id = objection.village_id
       and disclosure.seq = objection.${sql(seq)}
       and opening ->> 1 = ${name}
     limit 1
  )`;
}
