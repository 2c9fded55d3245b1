import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { decideLocked, type GivenOrEarned } from './decide-gift-points.ts';

interface Line {
  seq: number;
  accountId: number;
  n: number;
  type: string;
  occurredOn: string;
  amountCentipoints: number;
  left: number;
  match: number | null;
  reversesSeq: number | null;
  /** An exchange, recorded while the village said that gifts are matched and no minute after it said so. */
  isHeld: boolean;
  rateSeq: number;
  earnedMonths: number | null;
}

interface Book {
  awards: (GivenOrEarned & { seq: number })[];
  clearings: { seq: number; day: string }[];
}

/** 赠予积分: no exchange took given points that what the household earned had not set free; of accounts that were given any. */
export async function verifyGiftPoints(sql: Reader, villageId: number): Promise<BadRow | null> {
  const books = new Map<number, Book>();
  for (const line of await linesOf(sql, villageId)) {
    const book = books.get(line.accountId) ?? { awards: [], clearings: [] };
    books.set(line.accountId, book);
    const locked = line.isHeld ? lockedIn(book, line) : 0;
    if (line.left < locked) {
      const sentence = `an exchange leaves ${line.left}, but ${locked} were given and not matched`;
      return { table: 'entry', row: `account ${line.accountId}, n ${line.n}`, sentence };
    }
    enter(book, line);
  }
  return null;
}

function lockedIn({ awards, clearings }: Book, { rateSeq, earnedMonths, occurredOn }: Line): number {
  const cleared = clearings.findLast(({ seq }) => seq > rateSeq);
  const clearedThrough = earnedMonths === null ? (cleared?.day ?? null) : null;
  const since = awards.filter(({ seq }) => seq > rateSeq);
  return decideLocked(since, { earnedMonths, clearedThrough }, occurredOn).lockedCentipoints;
}

function enter(book: Book, { seq, type, occurredOn, amountCentipoints, match, reversesSeq }: Line): void {
  if (type === 'points.award') book.awards.push({ seq, amountCentipoints, occurredOn, match });
  if (type === 'points.expire' && occurredOn.endsWith('-12-31')) book.clearings.push({ seq, day: occurredOn });
  if (reversesSeq === null) return;
  book.awards = book.awards.filter((award) => award.seq !== reversesSeq);
  book.clearings = book.clearings.filter((clearing) => clearing.seq !== reversesSeq);
}

function linesOf(sql: Reader, villageId: number): Promise<Line[]> {
  return sql<Line[]>`
    with said as (
      select seq,
             recorded_at,
             jsonb_typeof(facts -> 'values' -> 'giftMatch') = 'number' as matches,
             lead(seq) over (order by seq) as until_seq
        from act
       where village_id = ${villageId}
         and type = 'settings.change'
         and facts -> 'values' ? 'giftMatch'
    )
    select act.seq,
           entry.account_id as "accountId",
           entry.n,
           act.type,
           entry.occurred_on as "occurredOn",
           entry.amount_centipoints as "amountCentipoints",
           entry.balance_after_centipoints as left,
           (act.facts ->> 'match')::integer as match,
           act.reverses_seq as "reversesSeq",
           act.type in ('points.redeem', 'points.hold')
             and not act.facts ? 'hold'
             and exists (
               select
                 from said
                where said.matches
                  and act.seq > said.seq
                  and act.seq < coalesce(said.until_seq, ${Number.MAX_SAFE_INTEGER})
                  and act.recorded_at > said.recorded_at + interval '1 minute'
             ) as "isHeld",
           coalesce((
             select max(changed.seq)
               from act as changed
              where changed.village_id = ${villageId}
                and changed.type = 'rate.change'
                and changed.seq < act.seq
           ), -1) as "rateSeq",
           village_terms.earned_months as "earnedMonths"
      from entry
      join act
        on act.village_id = entry.village_id
       and act.seq = entry.seq
      join village_terms
        on village_terms.village_id = entry.village_id
     where entry.village_id = ${villageId}
       and entry.account_id in (
         select given.account_id
           from act as gave
           join entry as given
             on given.village_id = gave.village_id
            and given.seq = gave.seq
          where gave.village_id = ${villageId}
            and gave.type = 'points.award'
            and gave.facts ? 'match'
       )
     order by act.seq`;
}
