import { logSize } from '../auditlog/index.ts';
import { cardByNumber } from '../cards/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db } from '../platform/database/db.ts';
import { ruleOn } from '../rules/index.ts';
import {
  type NominationRefusal,
  type OpeningRefusal,
  type RoundRefusal,
  refuseEnding,
  refuseNomination,
  refuseOpening,
} from './decide-honour.ts';
import { type HonourKind, isOfPerson } from './honour-kinds.ts';
import { isHonourRule } from './honour-rules.ts';
import { rounds } from './rounds.ts';

/** Who asks for it, when, and in which village. */
export interface HonourInput {
  villageId: number;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

export interface OpeningInput extends HonourInput {
  kind: HonourKind;
  /** By which the honoured households get their points. */
  rule: string;
  /** The last day for nominations. */
  closes: string;
}

/** 开始评选. */
export async function openRound(
  db: Db,
  { villageId, kind, rule, closes, idempotencyKey, recordedBy, today }: OpeningInput,
): Promise<PostedOperation | OpeningRefusal | CarryOutRefusal> {
  const request = { open: kind, rule, closes };
  return carryOut<OpeningRefusal>(db, { villageId, kind: 'honor', idempotencyKey, request, recordedBy }, async () => {
    const known = await ruleOn(db.sql, villageId, rule, today);
    const refusal = refuseOpening({ closes }, { today, isHonourRule: known !== null && isHonourRule(known) });
    if (refusal) return refusal;
    const facts = { honor: kind, rule, closes };
    return { occurredOn: today, acts: [{ type: 'honor.open', facts }], isCorrection: true };
  });
}

export interface NominationInput extends HonourInput {
  /** The act that opened the round. */
  round: number;
  /** The household's card number. */
  number: string;
  /** Whom of the household, where the honour is a person's. */
  member: string;
  reason: string;
}

/** 提名: a household, once in each round. Whom of it and why are digests in the public record. */
export async function nominate(
  db: Db,
  { villageId, round: seq, number, member, reason, idempotencyKey, recordedBy, today }: NominationInput,
): Promise<PostedOperation | NominationRefusal | CarryOutRefusal> {
  const request = { nominate: seq, number, member, reason };
  return carryOut<NominationRefusal>(
    db,
    { villageId, kind: 'honor', idempotencyKey, request, recordedBy },
    async () => {
      const expectedSize = await logSize(db.sql, villageId);
      const [all, card] = await Promise.all([rounds(db.sql, villageId), cardByNumber(db.sql, villageId, number)]);
      const round = all.find((one) => one.seq === seq) ?? null;
      const refusal = refuseNomination(
        { number, member },
        {
          today,
          round: round && { ...round, isOfPerson: isOfPerson(round.kind) },
          card: card && {
            headName: card.headName,
            isActive: card.status === 'active',
            isNominated: round?.nominations.some(({ pseudonym }) => pseudonym === card.pseudonym) ?? false,
          },
        },
      );
      if (refusal || !card) return refusal ?? { refused: 'unknown_card', number };
      const { accountId, pseudonym, headName } = card;
      return {
        occurredOn: today,
        acts: [
          {
            type: 'honor.nominate',
            facts: { round: seq },
            disclosed: { card: number, household: headName, member, reason },
            account: { accountId, pseudonym },
          },
        ],
        expectedSize,
        isCorrection: true,
      };
    },
  );
}

export interface EndingInput extends HonourInput {
  round: number;
  reason: string;
}

/** 不评了: a round that ends without anybody being honoured. */
export async function abandonRound(
  db: Db,
  { villageId, round: seq, reason, idempotencyKey, recordedBy, today }: EndingInput,
): Promise<PostedOperation | RoundRefusal | CarryOutRefusal> {
  const request = { abandon: seq, reason };
  return carryOut<RoundRefusal>(db, { villageId, kind: 'honor', idempotencyKey, request, recordedBy }, async () => {
    const expectedSize = await logSize(db.sql, villageId);
    const round = (await rounds(db.sql, villageId)).find((one) => one.seq === seq) ?? null;
    const refusal = refuseEnding(round);
    if (refusal || !round) return refusal ?? { refused: 'unknown_round' };
    const facts = { round: seq, honor: round.kind, outcome: 'abandoned', awards: 0, points: 0 };
    return {
      occurredOn: today,
      acts: [{ type: 'honor.close', facts, disclosed: { meeting: reason } }],
      expectedSize,
      isCorrection: true,
    };
  });
}
