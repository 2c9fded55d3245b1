import { logSize } from '../auditlog/index.ts';
import { relationsOf } from '../claims/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { type Backfill, backfills } from './backfills.ts';
import { type DecidingInput, decidingPerson, namedHousehold } from './close-round.ts';
import { refuseWithdrawal, type WithdrawalRefusal } from './decide-honour.ts';
import type { HonourKind } from './honour-kinds.ts';
import { rounds } from './rounds.ts';

export interface WithdrawalInput extends DecidingInput {
  /** The act that gave it. */
  honour: number;
  /** Who decided, and why; a digest in the public record. */
  reason: string;
}

/**
 * 撤销荣誉: a new act that takes the honour points back, from wherever they stand after mergers. The award that came with the honour is an
 * ordinary one and is corrected as such, if the village wants it.
 */
export async function withdrawHonour(
  db: Db,
  { villageId, honour: seq, reason, mayHandOut, idempotencyKey, recordedBy, today }: WithdrawalInput,
): Promise<PostedOperation | WithdrawalRefusal | CarryOutRefusal> {
  const request = { withdraw: seq, reason };
  return carryOut<WithdrawalRefusal>(
    db,
    { villageId, kind: 'honor', idempotencyKey, request, recordedBy },
    async () => {
      const expectedSize = await logSize(db.sql, villageId);
      const [given, relations, actor] = await Promise.all([
        givenHonour(db.sql, villageId, seq),
        relationsOf(db.sql, villageId, recordedBy),
        decidingPerson(db.sql, { villageId, recordedBy, mayHandOut, today }),
      ]);
      const refusal = refuseWithdrawal(
        given && { ...namedHousehold({ ...given, byId: 0 }, relations), isWithdrawn: given.isWithdrawn },
        actor,
      );
      if (refusal) return refusal;
      if (!given) throw new Error('what is withdrawn was given');
      const { household } = given;
      return {
        occurredOn: today,
        acts: [
          {
            type: 'honor.withdraw',
            facts: { award: seq, honor: given.kind },
            disclosed: { card: household?.card, household: household?.name, reason },
            entry: { ...(await holderOf(db.sql, villageId, seq)), amountCentipoints: -given.honourCentipoints },
          },
        ],
        expectedSize,
        isCorrection: true,
      };
    },
  );
}

interface WithdrawableHonour extends Pick<Backfill, 'household' | 'honourCentipoints'> {
  kind: HonourKind;
  isWithdrawn: boolean;
}

/** Of a round, or of what was entered too late for points. */
async function givenHonour(sql: Reader, villageId: number, seq: number): Promise<WithdrawableHonour | null> {
  const [all, late] = await Promise.all([rounds(sql, villageId), backfills(sql, villageId)]);
  for (const { kind, nominations } of all) {
    const found = nominations.find(({ honour }) => honour?.seq === seq);
    if (!found?.honour) continue;
    const { honourCentipoints, withdrawn } = found.honour;
    return { kind, household: found.household, honourCentipoints, isWithdrawn: withdrawn !== null };
  }
  const backfill = late.find((one) => one.seq === seq);
  return backfill ? { ...backfill, kind: 'other', isWithdrawn: backfill.withdrawn !== null } : null;
}

/** On which account the points of an honour stand now: each merger since took all that there was along. */
async function holderOf(
  sql: Reader,
  villageId: number,
  seq: number,
): Promise<{ accountId: number; pseudonym: string }> {
  const [holder] = await sql<{ accountId: number; pseudonym: string }[]>`
    with recursive held as (
      select account_id, seq
        from entry
       where village_id = ${villageId}
         and seq = ${seq}
       union all
      select came.account_id, came.seq
        from held
       cross join lateral (
              select entry.seq
                from entry
                join act
                  on act.village_id = entry.village_id
                 and act.seq = entry.seq
                 and act.type = 'honor.move'
               where entry.village_id = ${villageId}
                 and entry.account_id = held.account_id
                 and entry.seq > held.seq
                 and entry.amount_centipoints < 0
               order by entry.seq
               limit 1
             ) as went
        join entry as came
          on came.village_id = ${villageId}
         and came.seq = went.seq + 1
    )
    select account.account_id as "accountId",
           account.pseudonym
      from held
      join account
        on account.village_id = ${villageId}
       and account.account_id = held.account_id
     order by held.seq desc
     limit 1`;
  if (!holder) throw new Error(`act ${seq} gave no honour`);
  return holder;
}
