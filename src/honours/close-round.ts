import { type AwardRefusal, draftAwards } from '../awards/index.ts';
import { relationsOf, waivedDuties } from '../claims/index.ts';
import {
  type ActDraft,
  atOneSize,
  type CarryOutRefusal,
  carryOut,
  type Decided,
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
export async function closeRound(db: Db, input: ResultInput): Promise<PostedOperation | Outcome | CarryOutRefusal> {
  const { villageId, round, chosen, meeting, idempotencyKey, recordedBy } = input;
  const wanted = [...new Set(chosen)].sort((one, other) => one - other);
  const request = { close: round, wanted, meeting };
  return carryOut<Outcome>(db, { villageId, kind: 'honor', idempotencyKey, request, recordedBy }, () =>
    atOneSize(db.sql, villageId, (expectedSize) => decideResult(db.sql, { ...input, chosen: wanted }, expectedSize)),
  );
}

async function decideResult(
  sql: Reader,
  { villageId, round: seq, chosen, meeting, mayHandOut, recordedBy, today }: ResultInput,
  expectedSize: number,
): Promise<Outcome | Decided> {
  const [all, relations, actor] = await Promise.all([
    rounds(sql, villageId),
    relationsOf(sql, villageId, recordedBy),
    decidingPerson(sql, { villageId, recordedBy, mayHandOut, today }),
  ]);
  const round = all.find((one) => one.seq === seq) ?? null;
  const named = chosen.map((number) => knownNomination(round, number));
  const refusal = refuseResult({
    today,
    round,
    chosen: named.map((nomination) => nomination && namedHousehold(nomination, relations)),
    actor,
  });
  if (refusal) return refusal;
  if (!round) throw new Error('what is decided has a round');
  const honoured = named.flatMap((nomination) => nomination ?? []);
  const rule = await ruleOn(sql, villageId, round.rule, today);
  if (!rule) return { refused: 'unknown_rule', rule: round.rule };
  const accounts = await openHonorAccounts(
    sql,
    villageId,
    honoured.map(({ household }) => household.accountId),
  );
  const drafted = await draftAwards(
    sql,
    {
      villageId,
      recordedBy,
      today,
      rule: round.rule,
      occurredOn: today,
      cards: honoured.map(({ household }) => household.card),
      because: { round: seq },
    },
    resultActs(round, { honoured, accounts, meeting, honourCentipoints: rule.pointsCentipoints }),
  );
  if ('refused' in drafted) return drafted;
  // Who decides posts nothing: the award is recorded for whoever nominated, as with claims.
  const first = drafted.acts.length - honoured.length;
  const acts = drafted.acts.map((act, place) => {
    const nominatedBy = honoured[place - first]?.byId;
    return nominatedBy === undefined ? act : { ...act, recordedBy: nominatedBy };
  });
  return { ...drafted, acts, occurredOn: today, expectedSize };
}

type KnownNomination = Nomination & { household: NonNullable<Nomination['household']> };

/** Null also where the household was erased since. */
function knownNomination(round: Round | null, seq: number): KnownNomination | null {
  const found = round?.nominations.find((nomination) => nomination.seq === seq);
  return found?.household ? { ...found, household: found.household } : null;
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

export function namedHousehold(
  { household, byId }: Pick<Nomination, 'household' | 'byId'>,
  relations: ReadonlyMap<number, 'own' | 'relative'>,
) {
  return {
    name: household?.name ?? '',
    nominatedBy: byId,
    relation: relations.get(household?.householdId ?? 0) ?? null,
  };
}

interface Result {
  honoured: readonly KnownNomination[];
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
      const account = accounts.get(household.accountId);
      if (!account) throw new Error('who is honoured has an account for it');
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
