import { logSize } from '../auditlog/index.ts';
import { type AwardRefusal, draftAwards } from '../awards/index.ts';
import { relationsOf, waivedDuties } from '../claims/index.ts';
import {
  type ActDraft,
  type CarryOutRefusal,
  carryOut,
  type HonorAccount,
  openHonorAccounts,
  type PostedOperation,
} from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { ruleOn } from '../rules/index.ts';
import { type DecidingPerson, type ResultRefusal, refuseResult } from './decide-honour.ts';
import { type Nomination, type Round, rounds } from './rounds.ts';
import type { HonourInput } from './run-round.ts';

/** Whose word it is. */
export interface DecidingInput extends HonourInput {
  mayHandOut: boolean;
}

export interface ResultInput extends DecidingInput {
  /** The act that opened the round. */
  round: number;
  /** The acts that nominated those who are honoured. */
  chosen: readonly number[];
  /** The meeting that decided, in words; a digest in the public record. */
  meeting: string;
}

type Outcome = ResultRefusal | AwardRefusal;

/**
 * 评选结果: who is honoured, with honour points on an account of their own and the rule's points as an ordinary award, in one call. As
 * many honour points as the rule gives; what limits or approvals make of the award leaves them as they are.
 */
export async function closeRound(
  db: Db,
  { villageId, round: seq, chosen, meeting, mayHandOut, idempotencyKey, recordedBy, today }: ResultInput,
): Promise<PostedOperation | Outcome | CarryOutRefusal> {
  const wanted = [...new Set(chosen)].sort((one, other) => one - other);
  const request = {
    villageId,
    kind: 'honor',
    idempotencyKey,
    request: { close: seq, wanted, meeting },
    recordedBy,
  } as const;
  return carryOut<Outcome>(db, request, async () => {
    const expectedSize = await logSize(db.sql, villageId);
    const [all, relations, actor] = await Promise.all([
      rounds(db.sql, villageId),
      relationsOf(db.sql, villageId, recordedBy),
      decidingPerson(db.sql, { villageId, recordedBy, mayHandOut, today }),
    ]);
    const round = all.find((one) => one.seq === seq) ?? null;
    const named = wanted.map((number) => round?.nominations.find((nomination) => nomination.seq === number) ?? null);
    const refusal = refuseResult({
      today,
      round,
      chosen: named.map((nomination) => nomination && namedHousehold(nomination, relations)),
      actor,
    });
    if (refusal) return refusal;
    if (!round) throw new Error('what is decided has a round');
    const honoured = named.flatMap((nomination) => nomination ?? []);
    const rule = await ruleOn(db.sql, villageId, round.rule, today);
    if (!rule) return { refused: 'unknown_rule', rule: round.rule };
    const accounts = await openHonorAccounts(
      db.sql,
      villageId,
      honoured.flatMap(({ household }) => household?.accountId ?? []),
    );
    const drafted = await draftAwards(
      db.sql,
      {
        villageId,
        recordedBy,
        today,
        rule: round.rule,
        occurredOn: today,
        cards: honoured.flatMap(({ household }) => household?.card ?? []),
        because: { round: seq },
      },
      resultActs(round, { honoured, accounts, meeting, honourCentipoints: rule.pointsCentipoints }),
    );
    return 'refused' in drafted ? drafted : { ...drafted, occurredOn: today, expectedSize };
  });
}

/** What the decision has to know of who makes it. */
export async function decidingPerson(
  sql: Reader,
  {
    villageId,
    recordedBy,
    mayHandOut,
    today,
  }: Pick<DecidingInput, 'villageId' | 'recordedBy' | 'mayHandOut' | 'today'>,
): Promise<DecidingPerson> {
  return { personId: recordedBy, mayHandOut, waived: await waivedDuties(sql, villageId, today) };
}

export function namedHousehold({ household, byId }: Nomination, relations: ReadonlyMap<number, 'own' | 'relative'>) {
  return {
    name: household?.name ?? '',
    nominatedBy: byId,
    relation: relations.get(household?.householdId ?? 0) ?? null,
  };
}

interface Result {
  honoured: readonly Nomination[];
  accounts: ReadonlyMap<number, HonorAccount>;
  meeting: string;
  honourCentipoints: number;
}

function resultActs({ seq, kind }: Round, { honoured, accounts, meeting, honourCentipoints }: Result): ActDraft[] {
  return [
    {
      type: 'honor.close',
      facts: { round: seq, honor: kind, outcome: 'decided', awards: honoured.length, points: honourCentipoints },
      disclosed: { meeting },
    },
    ...honoured.map(({ seq: nomination, household, member }): ActDraft => {
      const account = accounts.get(household?.accountId ?? 0);
      if (!household || !account) throw new Error('who is honoured has an account for it');
      return {
        type: 'honor.award',
        facts: { round: seq, nomination, honor: kind },
        disclosed: { card: household.card, household: household.name, member },
        entry: {
          accountId: account.accountId,
          pseudonym: account.pseudonym,
          amountCentipoints: honourCentipoints,
        },
      };
    }),
  ];
}
